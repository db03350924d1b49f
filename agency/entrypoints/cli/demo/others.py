"""The other clients, each in another stage of the work, and what is there today."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

from agency.attached.promises import operations as promises
from agency.entrypoints.cli.demo.days import Days, read
from agency.entrypoints.cli.demo.morning import briefs as morning
from agency.entrypoints.cli.demo.morning import smetas as sums
from agency.entrypoints.cli.demo.morning import tasks as work
from agency.entrypoints.cli.demo.people import Company
from agency.flow.briefs import division
from agency.flow.briefs import operations as briefs
from agency.flow.briefs.models import Brief
from agency.flow.projects import operations as projects
from agency.flow.projects import stages
from agency.flow.projects.models import Project
from agency.flow.reports import operations as reports
from agency.flow.requests import operations as requests
from agency.flow.smetas import operations as smetas
from agency.flow.smetas.models import Smeta
from agency.flow.tasks import plans
from agency.kit import clock
from agency.kit.queue import SYSTEM
from agency.people.accounts.identity import NOBODY


def play(company: Company, days: Days, morning_project: Project) -> None:
    """Everything beside the case of the morning."""
    cases = read("others.toml")
    told = {key: days.told(cases[key]) for key in ("otter", "tea", "badger", "dragon")}
    badger(company, days, told["badger"])
    tea(company, days, told["tea"])
    otter(company, days, told["otter"])
    dragon(company, days, told["dragon"])
    today(company, days.told(cases["today"]), morning_project)


def otter(company: Company, days: Days, case: dict[str, Any]) -> None:
    """The brief lies with the client."""
    project = _open(company, days, "otter", case)
    _brief(company, days, case, project)


def tea(company: Company, days: Days, case: dict[str, Any]) -> None:
    """The smeta is beyond the manager's limits and waits for the director."""
    project = _open(company, days, "tea", case)
    _brief(company, days, case, project)
    smeta = _smeta(company, days, case, project)
    with days.at(case["smeta"]["submitted_at"]):
        smetas.submit(smeta, by=company.by(case["lead"]))


def badger(company: Company, days: Days, case: dict[str, Any]) -> None:
    """The work goes on: a task is late, a version waits for its check, a head has a brief to read."""
    project, lead = _open(company, days, "badger", case), case["lead"]
    brief = _brief(company, days, case, project)
    with days.at("2026-12-01 11:00"):
        media = division.split(brief, by=company.by(lead), departments=("media",))[0]
    smeta, said = _smeta(company, days, case, project), case["smeta"]
    with days.at(said["sent_at"]):
        smetas.send(smeta, by=company.by(lead))
    with days.at(said["approved_at"]):
        smetas.approve(smeta, by=company.by("jan"), seen=smeta.content_hash, typed_name=case["brief"]["name"])
        plans.split(smeta, by=SYSTEM)
        stages.finish(project.stages[0], by=company.by(lead))
        stages.start(project.stages[1], by=company.by(lead))
    made = work.plan(company, days, project, said["lines"], case["tasks"]["opened_at"])
    work.work(company, days, case["tasks"]["log"], made)
    with days.at("2026-12-17 16:00"):
        morning.fill(media, case["media"], company.by(lead))
        briefs.issue(media, by=company.by(lead))
    said = case["addition"]
    with days.at(said["at"]):
        addition = smetas.additional(smeta, by=company.by(lead))
        terms = {"basis": said["basis"], "valid_until": said["valid_until"]}
        smetas.write(addition, sums.rows(said["lines"]), by=company.by(lead), **terms)
        reports.begin(project, by=company.by(lead))


def dragon(company: Company, days: Days, case: dict[str, Any]) -> None:
    """A fresh project whose brief is being written."""
    project, said = _open(company, days, "dragon", case), case["brief"]
    with days.at(said["at"]):
        brief = briefs.open_for(project, by=company.by(case["lead"]))
        morning.fill(brief, said["answers"], company.by(case["lead"]))


def _open(company: Company, days: Days, key: str, case: dict[str, Any]) -> Project:
    said, card, client, lead = case["request"], case["project"], company.client(key), case["lead"]
    contact = company.person(said["contact"])
    with days.at(said["at"]):
        request = requests.receive(
            said["words"], by=NOBODY, language=client.language, company=client.name, contact_name=contact.name,
            email=contact.email or "", budget_words=said["budget"], deadline_words=said["deadline"],
        )
        requests.take(request, by=company.by(lead))
    with days.at(card["opened_at"]):
        rows = [(name, day) for name, day in card["stages"]] if "stages" in card else None
        project = projects.open_from(request, projects.Plan(
            client=client, name=card["name"], manager=company.person(lead), contact=contact,
            deputy=company.person("vera" if lead == "oleg" else "oleg"), starts_on=card["starts_on"],
            ends_on=card["ends_on"], budget=card["budget"], budget_has_vat=card.get("budget_has_vat", True),
            stages=rows, preset=card.get("preset", "campaign"), requirements=card["requirements"],
            billing_entity=client.billing_entities[0],
        ), by=company.by(lead))
        projects.start(project, by=company.by(lead))
    return project


def _brief(company: Company, days: Days, case: dict[str, Any], project: Project) -> Brief:
    said, lead, contact = case["brief"], case["lead"], case["request"]["contact"]
    with days.at(said["sent_at"]):
        brief = briefs.open_for(project, by=company.by(lead))
        morning.fill(brief, said["answers"], company.by(lead))
        morning.link(brief, "deliverables", [1, 2, 3], company.by(lead))
        morning.link(brief, "budget", [4], company.by(lead))
        briefs.send(brief, by=company.by(lead))
    if "approved_at" in said:
        with days.at(said["approved_at"]):
            briefs.approve(brief, brief.content_hash, said["name"], by=company.by(contact))
    return brief


def _smeta(company: Company, days: Days, case: dict[str, Any], project: Project) -> Smeta:
    said = case["smeta"]
    with days.at(said["made_at"]):
        return smetas.create_from_rows(
            project, sums.rows(said["lines"]), by=company.by(case["lead"]), payments=sums.exact(said["payments"]),
            discount_percent=Decimal(said["discount_percent"]), vat_mode=said.get("vat_mode", "on_top"),
            valid_until=said["valid_until"], note=said.get("note", ""),
        )


def today(company: Company, told: dict[str, Any], project: Project) -> None:
    """A request whose clock runs, one that waits for its client, and promises due this very day."""
    now = clock.now()
    for said in told["requests"]:
        with clock.at(now - timedelta(minutes=said["minutes"])):
            request = requests.receive(
                said["words"], by=NOBODY, company=said["company"], contact_name=said["name"], email=said["email"],
                phone=said["phone"],
            )
        if "question" in said:
            with clock.at(now - timedelta(minutes=said["minutes"] - 50)):
                requests.take(request, by=company.by(said["taken_by"]))
                requests.ask(request, said["question"], by=company.by(said["taken_by"]))
    call = told["captured"]
    with clock.at(now - timedelta(minutes=call["minutes"])):
        requests.take(requests.capture(call["words"], by=company.by(call["who"])), by=company.by(call["who"]))
    for said in told["promises"]:
        with clock.at(now - timedelta(days=1)):
            due, to = clock.local(now).date(), company.person(said["to"])
            promises.make(project, said["words"], due, by=company.by(said["who"]), to=to)

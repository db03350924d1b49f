"""A Czech and a Polish client with everything a client may receive, written in their own languages."""

from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal
from typing import Any

from agency.attached.comments import operations as comments
from agency.attached.promises import operations as promises
from agency.entrypoints.portal import emails as portal_emails
from agency.flow.briefs import emails as brief_emails
from agency.flow.briefs import operations as briefs
from agency.flow.briefs.models import Brief
from agency.flow.payments import operations as payments
from agency.flow.projects import operations as projects
from agency.flow.projects import presets, stages
from agency.flow.projects.models import Project
from agency.flow.reports import emails as report_emails
from agency.flow.reports import operations as reports
from agency.flow.reports.models import Report
from agency.flow.requests import emails as request_emails
from agency.flow.requests import operations as requests
from agency.flow.requests.models import Request
from agency.flow.smetas import editing
from agency.flow.smetas import emails as smeta_emails
from agency.flow.smetas import operations as smetas
from agency.flow.smetas.catalogue import BY_CODE
from agency.flow.smetas.models import Smeta
from agency.flow.tasks import operations as tasks
from agency.flow.tasks import plans
from agency.flow.tasks.models import Task
from agency.kit import clock
from agency.kit.mail import Letter
from agency.kit.words import using
from agency.people.accounts.identity import NOBODY
from agency.people.clients import operations as clients
from tests.cast import Cast
from tests.entrypoints.portal.spoken import Spoken
from tests.flow.briefs import cases

URL = "http://localhost/p/x"


@dataclass
class Abroad:
    """What stands of one client: the ids of its papers."""

    spoken: Spoken
    contact: str
    project: int = 0
    request: int = 0
    brief: int = 0
    first: int = 0
    smeta: int = 0
    more: int = 0
    done: int = 0
    task: int = 0
    report: int = 0
    letters: list[Letter] = field(default_factory=list)


def live(cast: Cast, spoken: Spoken) -> Abroad:
    """Everything that happens to the client, in the open unit; its contact joins the cast under its language."""
    vera = cast.actor("vera")
    client = clients.add(
        spoken.client, by=vera, manager=cast.person("vera"), code=spoken.code, country=spoken.country,
        language=spoken.language, currency=spoken.currency,
    )
    contact = clients.add_contact(client, spoken.contact, spoken.email, by=vera, is_approver=True)
    cast.persons[spoken.language] = contact.person_id
    stand = Abroad(spoken, spoken.language)
    asked = _ask(cast, stand, client)
    project = _open(cast, stand, client)
    stand.request, stand.project = asked.id, project.id
    brief = _brief(cast, stand, project)
    smeta = _estimates(cast, stand, project)
    task = _work(cast, stand, project)
    report = _tell(cast, stand, project)
    stand.letters += _letters(cast, stand, asked, brief, smeta, task, report)
    return stand


def _ask(cast: Cast, stand: Abroad, client: Any) -> Request:
    vera, said = cast.actor("vera"), stand.spoken
    asked = requests.receive(
        said.asked, by=NOBODY, client=client, language=said.language, email=said.email, contact_name=said.contact,
    )
    requests.take(asked, by=vera)
    requests.ask(asked, said.question, by=vera)
    return asked


def _open(cast: Cast, stand: Abroad, client: Any) -> Project:
    said, vera, today = stand.spoken, cast.actor("vera"), clock.today()
    asked = requests.receive(said.asked + " 2", by=NOBODY, client=client, language=said.language, email=said.email)
    requests.take(asked, by=vera)
    with using(said.language):
        names = presets.names("campaign")
    plan = projects.Plan(
        client, said.project, cast.person("vera"), today, today + timedelta(days=120),
        contact=cast.person(stand.contact), budget=said.budget, requirements=[said.requirement],
        stages=[(name, today + timedelta(days=14 * n)) for n, name in enumerate(names, 1)],
    )
    project = projects.open_from(asked, plan, by=vera)
    stages.move(project.stages[1], today + timedelta(days=33), said.moved, by=vera)
    projects.start(project, by=vera)
    return project


def _brief(cast: Cast, stand: Abroad, project: Project) -> Brief:
    vera, person = cast.actor("vera"), cast.actor(stand.contact)
    first = cases.fill(briefs.open_for(project, by=vera), stand.spoken.answers, vera)
    briefs.send(first, by=vera)
    brief = briefs.give_back(first, stand.spoken.remark, by=person, seen=first.content_hash, typed_name=person.name)
    briefs.send(brief, by=vera)
    briefs.approve(brief, brief.content_hash, stand.spoken.contact, by=person)
    stand.brief = brief.id
    return brief


def _rows(said: Spoken) -> list[dict[str, Any]]:
    with using(said.language):
        return [
            {"department": item.department, "title": str(item.title), "unit": str(item.unit), "quantity": Decimal(n),
             "price": Decimal(price), "cost": Decimal(price) / 2, "tax_rate": Decimal(rate), "kind": kind,
             "is_discountable": kind == "own", "client_accepts": kind == "own", "marks": [1]}
            for code, n, price, rate, kind in said.rows
            for item in [BY_CODE[code]]
        ]  # fmt: skip


def _estimates(cast: Cast, stand: Abroad, project: Project) -> Smeta:
    said, vera, person = stand.spoken, cast.actor("vera"), cast.actor(stand.contact)
    first = smetas.create_from_rows(
        project, _rows(said), by=vera, valid_until=clock.today() + timedelta(days=14), title=said.project,
        rounding="per_rate_total", discount_percent=said.discount, tax_rate=Decimal(said.rows[0][3]),
        payments=[{"percent": said.prepaid, "trigger": "date", "due_on": clock.today()}, {"trigger": "act"}],
    )
    quantity = first.lines[-1].quantity
    editing.change_line(first.lines[-1], {"quantity": quantity + 1}, by=vera)
    editing.recount(first, by=vera)
    smetas.send(first, by=vera)
    smetas.ask_changes(first, said.remark, by=person, seen=first.content_hash)
    agreed = smetas.new_version(first, by=vera)
    editing.change_line(agreed.lines[-1], {"quantity": quantity}, by=vera)
    editing.recount(agreed, by=vera)
    smetas.send(agreed, by=vera)
    smetas.approve(agreed, by=person, seen=agreed.content_hash, typed_name=said.contact)
    payments.receive(agreed.payments[0], by=cast.actor("finance"))
    more = smetas.additional(agreed, by=vera)
    smetas.write(more, _rows(said)[:2], by=vera, payments=[{"trigger": "milestone"}], rounding="per_rate_total")
    smetas.send(more, by=vera)
    stand.first, stand.smeta, stand.more = first.id, agreed.id, more.id
    return agreed


def _work(cast: Cast, stand: Abroad, project: Project) -> Task:
    said, vera, today = stand.spoken, cast.actor("vera"), clock.today()
    made = []
    for title in (said.work, said.work + " 2"):
        settled = plans.Settled(title, "creative", "", today, today + timedelta(days=9), 60, True)
        task = plans.make(project, settled, vera)
        tasks.release(task, by=vera)
        tasks.take(task, by=cast.actor("copywriter"))
        tasks.start(task, by=cast.actor("copywriter"))
        tasks.hand_in(task, cast.actor("copywriter"), note=said.note)
        tasks.pass_(task, by=cast.actor("head_creative"))
        made.append(task)
    accepted, waiting = made
    delivery = accepted.last_delivery
    assert delivery is not None
    tasks.accept(accepted, by=cast.actor(stand.contact), seen=delivery.content_hash, typed_name=said.contact)
    stand.done, stand.task = accepted.id, waiting.id
    return waiting


def _tell(cast: Cast, stand: Abroad, project: Project) -> Report:
    said, vera, today = stand.spoken, cast.actor("vera"), clock.today()
    promises.make(project, said.promise, today + timedelta(days=2), by=vera)
    kept = promises.make(project, said.promise + " 2", today, by=vera)
    promises.keep(kept, by=vera)
    moved = promises.make(project, said.promise + " 3", today, by=vera)
    promises.move(moved, today + timedelta(days=3), said.moved, by=vera)
    comments.write(project, said.question, cast.actor(stand.contact), "client")
    report = reports.begin(project, by=vera)
    reports.approve(report, by=cast.actor("owner"))
    reports.send(report, by=vera)
    stand.report = report.id
    return report


def _letters(
    cast: Cast, stand: Abroad, asked: Request, brief: Brief, smeta: Smeta, task: Task, report: Report,
) -> list[Letter]:
    said, to, vera = stand.spoken, cast.person(stand.contact), cast.person("vera")
    project = report.project
    remark = comments.write(project, said.note, cast.actor("vera"), "client")
    return [
        request_emails.received(asked, vera), request_emails.question(asked, URL, said.question, vera),
        request_emails.declined(asked, request_emails.kind_no(asked), vera),
        brief_emails.sent(brief, to, URL, True), brief_emails.sent(brief, to, URL, False),
        smeta_emails.sent(smeta, to, URL, None), smeta_emails.approved(smeta, to, None),
        report_emails.status(report, to.name, said.email, URL, None),
        portal_emails.answer(remark, project, to, URL), portal_emails.version(task, to, URL),
        portal_emails.fresh_link(project, to, URL),
    ]

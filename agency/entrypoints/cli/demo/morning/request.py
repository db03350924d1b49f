"""The letter comes in by the public page, is taken, and becomes the project."""

from typing import Any

from agency.entrypoints.cli.demo.days import Days
from agency.entrypoints.cli.demo.people import Company
from agency.flow.projects import operations as projects
from agency.flow.projects.models import Project
from agency.flow.requests import operations as requests
from agency.flow.requests.models import Request
from agency.kit import clock
from agency.people.accounts.identity import NOBODY
from agency.people.agency import numbering


def receive(company: Company, days: Days, case: dict[str, Any]) -> Request:
    """The request as Irina wrote it on her phone."""
    said, irina = days.told(case["request"]), company.person("irina")
    with days.at(said["at"]):
        return requests.receive(
            said["words"].strip(), by=NOBODY, goal=said["goal"], company=said["company"], contact_name=irina.name,
            email=irina.email or "", phone=irina.phone, budget_words=said["budget"], deadline_words=said["deadline"],
        )


def open_project(company: Company, days: Days, case: dict[str, Any], request: Request) -> Project:
    """Vera takes the request within an hour and opens project 014 the next day."""
    card, client = days.told(case["project"]), company.client("hedgehog")
    with days.at("2026-11-23 10:20"):
        requests.take(request, by=company.by("vera"))
    with days.at("2026-11-24 11:05"):
        numbering.start_at(f"project:{clock.today().year}", 13)
        plan = projects.Plan(
            client=client, name=card["name"], manager=company.person("vera"), deputy=company.person("oleg"),
            contact=company.person("irina"), brand=client.brands[-1], billing_entity=client.billing_entities[0],
            starts_on=card["starts_on"], ends_on=card["ends_on"], budget=card["budget"],
            team=[company.person(key) for key in card["team"]], requirements=card["requirements"],
            stages=[(name, day) for name, day in card["stages"]],
        )
        project = projects.open_from(request, plan, by=company.by("vera"))
        projects.change(project, by=company.by("vera"), launches_on=card["launches_on"])
        projects.start(project, by=company.by("vera"))
    return project

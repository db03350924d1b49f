"""The week after status no. 1: a warned move with something in return, an addition, and no. 2 as it drafts itself."""

from datetime import timedelta
from typing import Any

from agency.attached.promises import operations as promises
from agency.attached.promises import queries as ledger
from agency.entrypoints.cli.demo.days import Days, read
from agency.entrypoints.cli.demo.morning import smetas as sums
from agency.entrypoints.cli.demo.people import Company
from agency.flow.projects.models import Project
from agency.flow.reports import operations as reports
from agency.flow.smetas import operations as smetas
from agency.flow.smetas import queries as estimates
from agency.flow.tasks import plans
from agency.flow.tasks.models import Task
from agency.kit import clock
from agency.kit.db import db
from agency.kit.queue import SYSTEM

VALID = timedelta(days=7)


def told(days: Days) -> dict[str, Any]:
    """The words of the week, its days moved."""
    words: dict[str, Any] = days.told(read("morning/week.toml"))
    return words


def promise(company: Company, days: Days, shoot: Task) -> None:
    """When the work begins Vera promises the day of the shoot."""
    said = told(days)
    with days.at(said["promised_at"]):
        irina = company.person("irina")
        promises.make(shoot, said["promised"], said["promised_due"], by=company.by("vera"), to=irina)


def live(company: Company, days: Days, project: Project) -> None:
    """What happened since Friday; the draft is brought up to date when its Friday comes."""
    said, now = told(days), clock.now()
    with clock.at(now - timedelta(hours=2)):
        _move(company, said, project)
    with clock.at(now - timedelta(minutes=90)):
        _add(company, said["addition"], project)
    with clock.at(now - timedelta(minutes=1)):
        reports.begin(project, by=SYSTEM)


def _move(company: Company, said: dict[str, Any], project: Project) -> None:
    vera = company.by("vera")
    row = next(one for one in ledger.of_project(project.id) if one.words == said["promised"])
    offer = promises.Offer("bonus", said["offered"], said["worth"], project.currency)
    promises.move(row, said["moves_to"], said["because"], by=vera, offer=offer)
    plans.move_due(db.session.get_one(Task, row.subject_id), said["moves_to"], vera, said["because"])


def _add(company: Company, said: dict[str, Any], project: Project) -> None:
    vera, agreed = company.by("vera"), estimates.approved_base(project.id)
    if agreed is None:
        raise LookupError("the case has no agreed estimate")
    addition = smetas.additional(agreed, by=vera)
    valid = clock.today() + VALID
    smetas.write(addition, sums.rows(said["lines"]), by=vera, basis=said["basis"], valid_until=valid)
    smetas.send(addition, by=vera)

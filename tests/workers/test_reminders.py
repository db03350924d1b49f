"""Reminders go out on their days, once though the schedule runs twice, and never while a day is named."""

from collections.abc import Iterable
from datetime import date, datetime

from flask import Flask
from sqlalchemy import select

from agency.attached.notices.models import Notice
from agency.flow.payments import operations as payments
from agency.flow.payments import queries
from agency.flow.projects.models import Project
from agency.flow.reports import operations as reports
from agency.kit import clock
from agency.kit.db import db, unit
from agency.kit.journal import Fact
from agency.kit.mail import Mail
from agency.kit.queue import ask
from tests.cast import Cast
from tests.flow.reports import factory, second
from tests.flow.reports.factory import at
from workers.drain import drain


def ran(*names: str, on: datetime) -> None:
    """The calendar asks for jobs, twice, and all that follows is done."""
    db.session.rollback()
    with clock.at(on):
        for n in range(2):
            with unit():
                for name in names:
                    ask(name, key=f"{on} {n}")
            drain()
    db.session.rollback()


def facts(*verbs: str) -> list[str]:
    """The verbs that were written, in their order."""
    return list(db.session.scalars(select(Fact.verb).where(Fact.verb.in_(verbs)).order_by(Fact.id)))


def subjects(after: int = 0) -> list[str]:
    """The subjects of letters."""
    rows = select(Mail.subject).where(Mail.id > after, Mail.subject.startswith("«")).order_by(Mail.id)
    return [subject.replace("\xa0", " ") for subject in db.session.scalars(rows)]


def last_mail() -> int:
    """The newest letter there is."""
    return max(db.session.scalars(select(Mail.id)), default=0)


def told(names: Iterable[int], verb: str) -> set[int]:
    """Whose bell rang for a fact."""
    rows = select(Notice.person_id).join(Fact, Fact.id == Notice.fact_id).where(Fact.verb == verb)
    return set(db.session.scalars(rows)) & set(names)


def test_a_payment_is_asked_for_by_the_ladder_and_not_while_a_day_is_named(app: Flask, cast: Cast) -> None:
    jobs = ("payments.remind_due",)
    with app.app_context():
        with unit():
            row = factory.approved_smeta(factory.agreed(cast)).payments[1].id
        drain({})
        before = last_mail()
        ran(*jobs, on=at(1, 28, 10, 2027))
        assert subjects(before) == []
        ran(*jobs, on=at(1, 29, 10, 2027))
        assert subjects(before) == ["«Утро по подписке»: 1 февраля срок платежа"]
        with unit(), clock.at(at(2, 1, 12, 2027)):
            payments.expect(queries.row(row), date(2027, 2, 5), "обещала бухгалтерия", by=cast.actor("vera"))
        ran(*jobs, on=at(2, 2, 10, 2027))
        assert len(subjects(before)) == 1
        assert facts("payment.late") == ["payment.late"]
        assert cast.persons["vera"] in told(cast.persons.values(), "payment.late")
        ran(*jobs, on=at(2, 8, 10, 2027))
        ran(*jobs, on=at(2, 15, 10, 2027))
        assert subjects(before)[1:] == ["«Утро по подписке»: платёж ещё не пришёл"]
        assert facts("payment.very_late") == ["payment.very_late"]
        assert told(cast.persons.values(), "payment.very_late") == {cast.persons["owner"]}


def test_a_decision_is_asked_for_before_and_after_its_day_in_the_managers_name(app: Flask, cast: Cast) -> None:
    with app.app_context():
        with unit():
            second.lived(cast)
        drain({})
        before = last_mail()
        ran("reports.remind_due", on=at(1, 22, 10, 2027))
        assert subjects(before) == ["«Утро по подписке»: ждём ваш ответ до 25 января"]
        ran("reports.remind_due", on=at(1, 25, 10, 2027))
        ran("reports.remind_due", on=at(1, 26, 10, 2027))
        ran("reports.remind_due", on=at(1, 27, 10, 2027))
        ran("reports.remind_due", on=at(1, 28, 10, 2027))
        ran("reports.remind_due", on=at(1, 29, 10, 2027))
        assert len(subjects(before)) == 6
        with unit():
            said = [one for fact in db.session.scalars(select(Fact).where(Fact.verb == "client.reminded"))
                    for one in fact.details["asks"]]  # fmt: skip
        assert sorted((one["key"].split(":")[0], one["step"]) for one in said) == [
            ("smeta", "after"), ("smeta", "again"), ("smeta", "before"),
            ("task", "after"), ("task", "again"), ("task", "before"),
        ]  # fmt: skip


def test_a_report_that_is_due_is_said_to_the_manager_and_late_to_those_above(app: Flask, cast: Cast) -> None:
    with app.app_context():
        with unit():
            project_id = factory.worked(cast).id
        drain({})
        ran("reports.watch_late", on=at(12, 18, 10))
        assert facts("report.awaited", "report.late") == []
        ran("reports.watch_due", on=at(12, 18, 15))
        assert facts("report.awaited", "report.late") == ["report.awaited"]
        assert cast.persons["vera"] in told(cast.persons.values(), "report.awaited")
        ran("reports.watch_late", on=at(12, 21, 10))
        ran("reports.watch_late", on=at(12, 22, 10))
        assert facts("report.awaited", "report.late") == ["report.awaited", "report.late"]
        assert cast.persons["owner"] in told(cast.persons.values(), "report.late")
        with unit(), clock.at(at(12, 24, 12)):
            report = reports.begin(db.session.get(Project, project_id), date(2026, 12, 24), by=cast.actor("vera"))
            reports.approve(report, by=cast.actor("vera"))
            reports.send(report, by=cast.actor("vera"))
        ran("reports.watch_due", on=at(12, 25, 15))
        assert len(facts("report.awaited", "report.late")) == 2

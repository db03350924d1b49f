"""Drafts come on their day, letters once and only with their paper."""

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from agency.attached.documents import operations as papers
from agency.attached.documents import queries as documents
from agency.flow.reports import operations, queries
from agency.flow.reports.models import Report
from agency.kit import clock, mail
from agency.kit.db import db, unit
from agency.kit.mail import MailContent
from agency.kit.queue import SYSTEM, Later, ask
from tests.attached.papers import draw_all
from tests.cast import Cast
from tests.flow.reports import factory
from tests.flow.reports.factory import at
from workers import reports as jobs
from workers.drain import drain


def count() -> int:
    return db.session.scalar(select(func.count()).select_from(Report)) or 0


def test_drafts_come_by_themselves_on_the_day_of_reports_and_once(app: Flask, cast: Cast) -> None:
    with app.app_context():
        with unit():
            project_id = factory.worked(cast).id
        for month, day, hour, expected in ((12, 17, 8, 0), (12, 18, 8, 1), (12, 18, 9, 1)):
            with clock.at(at(month, day, hour)):
                with unit():
                    ask("reports.draft_due", key=f"{day} {hour}")
                drain()
                assert count() == expected
        with unit(), clock.at(at(12, 18, 10)):
            report = queries.open_of(project_id)
            assert report is not None
            assert report.author_id == cast.persons["vera"]
            operations.discard(report, by=cast.actor("vera"))
        with clock.at(at(12, 18, 11)):
            with unit():
                ask("reports.draft_due", key="again")
            drain()
            assert queries.open_of(project_id) is None


def test_a_day_off_drafts_nothing(app: Flask, cast: Cast) -> None:
    with app.app_context():
        with unit():
            factory.worked(cast)
        with clock.at(at(1, 1, 8, year=2027)):
            with unit():
                ask("reports.draft_due", key="holiday")
            drain()
        assert count() == 0


def sent(cast: Cast) -> int:
    with unit(), clock.at(at(12, 18, 16)):
        report = factory.first_report(cast)
        operations.approve(report, by=cast.actor("vera"))
        operations.send(report, by=cast.actor("vera"))
        return report.id


def letters(report_id: int) -> list[Any]:
    report = queries.get(report_id)
    assert report is not None
    return mail.of(report)


def test_the_letter_waits_for_its_paper_and_goes_once(app: Flask, cast: Cast) -> None:
    with app.app_context(), clock.at(at(12, 18, 17)):
        report_id = sent(cast)
        with unit(), pytest.raises(Later):
            jobs.mail_out(report_id)
        draw_all(app)
        for _time in range(2):
            with unit():
                jobs.mail_out(report_id)
        rows = letters(report_id)
        assert sorted(row.to_address for row in rows) == ["irina@tyoply-yozh.example", "timur@tyoply-yozh.example"]
        raw = db.session.get(MailContent, rows[0].id)
        assert raw is not None
        assert b"application/pdf" in raw.content
        assert b"/p/" in raw.content


def test_a_paper_that_failed_holds_the_letter_until_it_is_drawn_again(app: Flask, cast: Cast) -> None:
    with app.app_context(), clock.at(at(12, 18, 17)):
        report_id = sent(cast)
        with unit():
            paper = documents.latest(queries.get(report_id), "report", "client")
            assert paper is not None
            papers.fail(paper, "broken", "x", by=SYSTEM)
        with unit():
            jobs.mail_out(report_id)
        assert letters(report_id) == []
        with unit():
            paper = documents.latest(queries.get(report_id), "report", "client")
            assert paper is not None
            papers.again(paper, by=cast.actor("vera"))
        draw_all(app)
        drain()
        drain()
        assert len(letters(report_id)) == 2

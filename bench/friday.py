"""A Friday: reports are drawn by the one PDF worker and mailed, while people go on opening their pages."""

import time

from flask import Flask
from sqlalchemy import func, select

from agency.attached.documents import operations as documents
from agency.attached.documents.models import Document
from agency.flow.reports.models import Report
from agency.kit.db import db, db_reading, unit
from agency.kit.mail import Mail
from agency.kit.queue import SYSTEM, ask
from bench.cases import cases
from bench.load import Ask, Line, Times
from bench.sizes import Size

ALL = 2_000
PAGES = ("my day, manager", "own tasks, specialist", "project", "task", "client card")
CALM = 12
THINK = 0.2
PATIENCE = 3_700.0
Rows = list[tuple[str, str]]


def measure(app: Flask, size: Size, port: int, many: int) -> Rows:
    """So many reports from the wish for their paper to the last mail in the server's hands, and the pages meanwhile."""
    asks = [case.asks[0] for case in cases(app, size) if case.name in PAGES]
    line, calm, busy = Line(port), Times(), Times()
    for turn in range(-2, CALM):
        _look(line, asks, calm if turn >= 0 else None)
    began = time.monotonic()
    reports = _want(many)
    while (drawn := _drawn(reports)) < len(reports):
        _look(line, asks, busy)
        _in_time(began)
    spent = time.monotonic() - began
    while _mailed(reports) < len(reports):
        _look(line, asks, busy)
        _in_time(began)
    whole = time.monotonic() - began
    line.close()
    return _rows(drawn, spent, whole, calm, busy)


def _rows(drawn: int, spent: float, whole: float, calm: Times, busy: Times) -> Rows:
    said = "measured" if drawn >= ALL else f"{ALL:,} at this pace: {ALL * spent / (drawn or 1) / 60:.0f} min"
    ratios = [busy.part(part) / (calm.part(part) or 1) for part in (50, 95)]
    return [
        ("Friday reports, one PDF worker", f"{drawn} drawn in {spent:.0f} s, all mailed in {whole:.0f} s; {said}"),
        ("pages before", f"p50 {calm.part(50):.0f} ms, p95 {calm.part(95):.0f} ms"),
        ("pages meanwhile", f"p50 {busy.part(50):.0f} ms, p95 {busy.part(95):.0f} ms, {busy.wrong} wrong"),
        ("times as long", f"p50 {ratios[0]:.2f}, p95 {ratios[1]:.2f}"),
    ]


def _look(line: Line, asks: list[Ask], times: Times | None) -> None:
    """One person opens a page after another, with a thought between."""
    for one in asks:
        line.ask(one, times)
        time.sleep(THINK)


def _in_time(began: float) -> None:
    if time.monotonic() - began > PATIENCE:
        raise TimeoutError("the reports are not out in time")


def _want(many: int) -> list[int]:
    """Ask for the papers of sent reports that have none, as sending them does."""
    wanted: list[int] = []
    for begin in range(0, many, 100):
        with unit():
            drawn = select(Document.subject_id).where(Document.subject_kind == Report.KIND)
            rows = select(Report).where(Report.state == "sent", Report.id.not_in(drawn)).order_by(Report.id)
            for report in db.session.scalars(rows.limit(min(100, many - begin))):
                documents.want(report, "report", "ru", "client", SYSTEM)
                ask("reports.mail_out", report.id)
                wanted.append(report.id)
    return wanted


def _drawn(reports: list[int]) -> int:
    return _count(Document.subject_id, Document.subject_kind == Report.KIND, Document.state == "ready", among=reports)


def _mailed(reports: list[int]) -> int:
    fresh = Mail.id > _last_built()
    return _count(Mail.subject_id, Mail.subject_kind == Report.KIND, Mail.state == "sent", fresh, among=reports)


def _last_built() -> int:
    """The mails the builder wrote carry the name of the bench."""
    with db_reading():
        return db.session.scalar(select(func.max(Mail.id)).where(Mail.message_id.startswith("<bench-"))) or 0


def _count(column: object, *which: object, among: list[int]) -> int:
    found: set[int] = set()
    with db_reading():
        found.update(db.session.scalars(select(column).where(*which)))  # type: ignore[call-overload]
    return len(found.intersection(among))

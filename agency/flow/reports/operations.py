"""What is done to a report: begun from facts, brought up to date, written over, judged, approved, sent, discarded."""

from collections.abc import Collection, Mapping
from datetime import date, timedelta
from typing import Any

from sqlalchemy.exc import IntegrityError

from agency.attached.documents import operations as documents
from agency.attached.documents.frozen import fingerprint, freeze
from agency.flow.projects.models import Project
from agency.flow.reports import drafting, editing, lights, queries
from agency.flow.reports.gathering import gather, own_days, start_of
from agency.flow.reports.models import Report
from agency.flow.reports.moves import MOVES
from agency.kit import clock, journal, policy
from agency.kit.db import db
from agency.kit.states import Refused, WrongState
from agency.kit.words import lazy, using

MAX_VERDICT = 400


def begin(project: Project, until_on: date | None = None, *, by: Any) -> Report:
    """The project's open report, or a new one drafted from facts; a draft of an earlier day is brought up to date."""
    policy.demand(by, "report.begin", project)
    until_on = until_on or clock.today()
    open_ = queries.open_of(project.id)
    if open_ is not None:
        if open_.is_draft and until_on > open_.until_on:
            _gather(open_, until_on)
        return open_
    if not project.is_going:
        raise WrongState(lazy("The project is over, so there is nothing to report."))
    before = queries.last_sealed(project.id)
    report = Report(
        project_id=project.id,
        client_id=project.client_id,
        project=project,
        language=project.language,
        until_on=until_on,
        from_on=min(before.until_on + timedelta(days=1) if before else project.starts_on, until_on),
        state="draft",
        author_id=by.id or project.manager_id,
        gathered_at=clock.now(),
        words=editing.carried(before.words) if before else {},
    )
    _gather(report, until_on)
    return _keep(report, by)


def _keep(report: Report, by: Any) -> Report:
    """Write the new draft, or give back the one somebody began at the same moment."""
    try:
        with db.session.begin_nested():
            db.session.add(report)
    except IntegrityError:
        found = queries.open_of(report.project_id)
        if found is None:
            raise
        return found
    journal.fact("report.begun", about=report, by=by, until=report.until_on.isoformat())
    return report


def refresh(report: Report, *, by: Any, until_on: date | None = None) -> None:
    """Gather the facts anew; every word that was written stays."""
    _to_write(report, by)
    _gather(report, until_on or max(report.until_on, clock.today()))
    db.session.flush()
    journal.fact("report.refreshed", about=report, by=by)


def _gather(report: Report, until_on: date) -> None:
    before = queries.last_sealed(report.project_id)
    since = before.gathered_at if before else min(start_of(report.project.starts_on), report.project.created_at)
    with using(report.language):
        material = gather(report.project, until_on, since, queries.words_of(report))
        computed, judged = drafting.draft(material)
    kept = report.lights or {}
    report.computed, report.until_on, report.gathered_at = freeze(computed), until_on, clock.now()
    report.lights = {
        key: {
            **{name: value for name, value in kept.get(key, {}).items() if name in ("chosen", "comment")},
            "tone": light.tone,
            "reason": light.reason,
        }
        for key, light in judged.items()
    }


def write(report: Report, changes: Mapping[tuple[str, str, str], Any], *, by: Any) -> None:
    """Write over parts of lines, as (section, key, part) -> value; raises Refused for figures and dates of facts."""
    _to_write(report, by)
    words, computed = queries.words_of(report), queries.computed_of(report)
    for (section, key, name), value in changes.items():
        words = editing.written(words, computed, section, key, name, value)
    _put(report, words, by)


def say(report: Report, verdict: str, *, by: Any) -> None:
    """Write the first sentence; nothing, or the suggested one, lets it write itself again."""
    _to_write(report, by)
    said = " ".join(verdict.split())
    if len(said) > MAX_VERDICT:
        raise Refused(lazy("Two sentences are enough: it is the first line of the letter."), "verdict")
    words = {name: value for name, value in queries.words_of(report).items() if name != "verdict"}
    if said and said != queries.suggested_verdict(report):
        words["verdict"] = said
    _put(report, words, by)


def add_line(report: Report, section: str, parts: Mapping[str, Any] | None = None, *, by: Any) -> str:
    """Add a line of one's own to a section, with what it says; answers its key."""
    _to_write(report, by)
    words, key = editing.with_own(queries.words_of(report), section)
    for name, value in (parts or {}).items():
        words = editing.written(words, queries.computed_of(report), section, key, name, value)
    _put(report, words, by)
    return key


def remove_line(report: Report, section: str, key: str, *, by: Any) -> None:
    """Take away a line of one's own."""
    _to_write(report, by)
    _put(report, editing.without_own(queries.words_of(report), section, key), by)


def address(report: Report, person_ids: Collection[int], *, by: Any) -> None:
    """Choose whom of the client the report goes to."""
    _to_write(report, by)
    known = {row.person_id for row in queries.candidates(report)}
    _put(report, {**queries.words_of(report), "to": sorted(known & set(person_ids))}, by)


def judge(report: Report, dimension: str, tone: str, comment: str = "", *, by: Any) -> None:
    """Judge a light: worse at will, better only with a comment that the client reads."""
    _to_write(report, by)
    light = report.lights.get(dimension)
    if light is None or tone not in lights.TONES:
        raise Refused(lazy("Choose one of the lights."), f"lights/{dimension}/tone")
    comment = " ".join(comment.split())[: editing.LONGEST]
    if lights.improves(light["tone"], tone) and not comment:
        raise Refused(
            lazy("Say why it stands better than computed: the client reads it."), f"lights/{dimension}/comment"
        )
    chosen = None if tone == light["tone"] else tone
    if (chosen, comment) == (light.get("chosen"), light.get("comment", "")):
        return
    report.lights = {**report.lights, dimension: {**light, "chosen": chosen, "comment": comment}}
    db.session.flush()
    journal.fact(
        "report.light_changed",
        about=report,
        by=by,
        dimension=dimension,
        computed=light["tone"],
        chosen=tone,
        comment=comment,
    )


def approve(report: Report, *, by: Any) -> None:
    """Give the report its number, seal what it says, and have its PDF drawn; a red one only by the director."""
    n, tone = queries.next_number(report.project_id), queries.tone_of(report)
    MOVES.take(report, "approve", by=by, n=n, tone=tone)
    report.n, report.approved_by_id, report.approved_at = n, by.id, clock.now()
    report.content_hash = fingerprint(content=freeze(queries.content(report)))
    db.session.flush()
    documents.want(report, "report", report.language, "client", by, version=n)


def send(report: Report, *, by: Any) -> None:
    """Hand the approved report to the client's readers; from now on nothing of it changes."""
    readers = queries.readers(report)
    MOVES.take(report, "send", by=by, n=report.n)
    report.recipients = [
        {"person_id": reader.person_id, "name": reader.name, "email": reader.email} for reader in readers
    ]
    report.sent_at, report.sent_by_id = clock.now(), by.id
    db.session.flush()


def discard(report: Report, *, by: Any) -> None:
    """Throw a draft away; it never had a number."""
    MOVES.take(report, "discard", by=by)


def preview(report: Report, *, by: Any) -> Any:
    """Have the PDF of a draft drawn for the agency's eyes alone."""
    _to_write(report, by)
    return documents.want(report, "report", report.language, "inner", by)


def _to_write(report: Report, by: Any) -> None:
    policy.demand(by, "report.edit", report)
    if not report.is_draft:
        raise WrongState(lazy("This report is approved, so it stands still. What is new goes into the next one."))


def _put(report: Report, words: Mapping[str, Any], by: Any) -> None:
    was = own_days(queries.words_of(report))
    report.words, report.edited_by_id, report.edited_at = freeze(words), by.id, clock.now()
    if own_days(words) != was:
        # Whether the client is late is judged by these days too.
        _gather(report, report.until_on)
    db.session.flush()

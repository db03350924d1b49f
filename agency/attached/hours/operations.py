"""Logging time worked and correcting one's own entries."""

from datetime import date
from typing import Any

from agency.attached.hours.durations import DAY, UnclearTime, parse_minutes
from agency.attached.hours.models import TimeEntry
from agency.kit import clock, journal
from agency.kit.db import db
from agency.kit.states import Refused
from agency.kit.words import lazy

LONGEST_NOTE = 500


def log(about: Any, by: Any, minutes: int | str, day: date | None = None, note: str = "") -> TimeEntry:
    """Log time on a record, in minutes or as typed; raises Refused beside `minutes` or `day`."""
    day = day or clock.today()
    entry = TimeEntry(
        subject_kind=about.KIND, subject_id=about.id, client_id=about.client_id, project_id=about.project_id,
        person_id=by.id, day=_past(day), minutes=_clear(minutes), note=note.strip()[:LONGEST_NOTE],
    )
    db.session.add(entry)
    db.session.flush()
    journal.fact("hours.logged", about=entry, by=by, minutes=entry.minutes)
    return entry


def correct(entry: TimeEntry, by: Any, minutes: int | str, day: date, note: str = "") -> TimeEntry:
    """Correct an entry; what it was stays in the journal."""
    was = entry.minutes
    entry.minutes, entry.day, entry.note = _clear(minutes), _past(day), note.strip()[:LONGEST_NOTE]
    db.session.flush()
    journal.fact("hours.corrected", about=entry, by=by, was=was, minutes=entry.minutes)
    return entry


def _clear(minutes: int | str) -> int:
    if isinstance(minutes, int):
        if not 0 < minutes <= DAY:
            raise Refused(lazy("A day has 24 hours: write each day apart."), "minutes")
        return minutes
    try:
        return parse_minutes(minutes)
    except UnclearTime as unclear:
        raise Refused(unclear.sentence, "minutes") from None


def _past(day: date) -> date:
    if day > clock.today():
        raise Refused(lazy("This day has not come yet."), "day")
    return day

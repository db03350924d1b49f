"""When a task is due, as a person would say it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from babel.dates import get_day_names

from agency.kit import clock, words
from agency.kit.words import _, ngettext

# From the third day on a client's silence is worth a call (handbook: 3 to 5 working days).
PATIENCE = 2


@dataclass(frozen=True)
class Due:
    """Words for the day and their tone: late, soon or none."""

    words: str
    tone: str = ""


def due(task: Any, today: date | None = None) -> Due:
    """The day of a task, whole or a row of a list: how late it is, today, tomorrow, or the weekday with its date."""
    today = today or clock.today()
    if task.state == "client_review" and task.shown_at is not None:
        n = (today - clock.local(task.shown_at).date()).days + 1
        return Due(_("day %(n)s", n=n), "soon" if n > PATIENCE else "")
    if task.due_on is None:
        return Due(_("no date"))
    if task.is_late(today):
        n = (today - task.due_on).days
        return Due(ngettext("−%(num)s day", "−%(num)s days", n), "late")
    days = (task.due_on - today).days
    if days == 0 and task.is_active:
        return Due(_("today"), "soon")
    if days == 1 and task.is_active:
        return Due(_("tomorrow"))
    return Due(with_weekday(task.due_on))


def with_weekday(day: date) -> str:
    """A day for cards: Thu, 26 Nov."""
    return f"{_weekdays(words.locale())[day.weekday()]}, {words.day_short(day)}"


@cache
def _weekdays(language: str) -> Mapping[int, str]:
    names: Mapping[int, str] = get_day_names("abbreviated", "format", language)
    return names

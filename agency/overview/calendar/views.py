"""The pages of the calendar: a month or a week of what is due; on a phone the same days as an agenda."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from flask import request

from agency.flow.reports.awaited import next_day
from agency.kit import clock, words
from agency.kit.policy import may
from agency.kit.web import Room, actor, needs, page
from agency.overview.calendar import days, queries
from agency.overview.calendar.queries import RANKS, Choice, Item
from agency.people.agency import queries as agencies
from agency.people.agency.calendars import WorkingCalendar, holiday_name
from agency.people.departments.models import CODES

room = Room("calendar", __name__)

MOST = {"month": 6, "week": 40}
# Working days within which we ask for an answer when no day was agreed (as reports do).
ANSWER = 3


@room.get("/")
@needs("calendar.view")
def show() -> Any:
    """What is due in a month or a week, of everything this person may see."""
    choice, today = _choice(), clock.today()
    span = days.span("week" if request.args.get("view") == "week" else "month", _day(today))
    calendar = agencies.calendar()
    found = queries.between(actor(), *span.shown, choice, MOST[span.view])
    also = [*_waiting(calendar, choice), *_reports(calendar, choice, today)]
    shown = days.spread(_days(span, calendar), found, also, MOST[span.view])
    kept = {name: value for name, value in request.args.items() if name in ("whose", "department", "project") and value}
    return page(
        "calendar/show.html", span=span, days=shown, today=today, choice=choice, kept=kept,
        projects=queries.going(actor(), choice), departments=CODES, whose="mine" if choice.mine else "all",
        total=sum(len(day.items) + day.more for day in shown),
    )


def _choice() -> Choice:
    args, who = request.args, actor()
    own_first = who.has("account_manager", "specialist") and not who.has("owner")
    whose = args.get("whose") or ("mine" if own_first else "all")
    project = args.get("project", "")
    department = args.get("department", "")
    return Choice(
        whose == "mine", department if department in CODES else "",
        int(project) if project.isascii() and project.isdecimal() and len(project) <= 9 else 0,
    )


def _day(today: date) -> date:
    try:
        return clock.day_typed(request.args.get("on", ""))
    except ValueError:
        return today


def _days(span: days.Span, calendar: WorkingCalendar) -> list[days.Day]:
    first, last = span.shown
    every = (first + timedelta(days=at) for at in range((last - first).days + 1))
    return [
        days.Day(
            on, not span.first <= on <= span.last, not calendar.is_working(on),
            holiday_name(calendar.country, on, words.locale()),
        )
        for on in every
    ]


def _waiting(calendar: WorkingCalendar, choice: Choice) -> Iterable[Item]:
    """What the client has in hand, on the day by which we asked for an answer."""
    if not may(actor(), "brief.view"):
        return
    for one in queries.waiting(actor(), choice):
        due = calendar.add_working_days(clock.local(one.at).date(), ANSWER)
        yield Item(
            due, RANKS["decision"], one.kind, one.id, one.title, "sent", one.project_id, one.project, one.client,
        )


def _reports(calendar: WorkingCalendar, choice: Choice, today: date) -> Iterable[Item]:
    """The next report of each project that reports."""
    if choice.department or not may(actor(), "report.view"):
        return
    for project in queries.reporting(actor(), choice):
        due = next_day(project, calendar, today - timedelta(days=1))
        yield Item(due, RANKS["report"], "report", 0, "", "due", project.id, project.name, "")

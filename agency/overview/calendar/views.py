"""The pages of the calendar: a month, a week or a day of what is due; on a phone the same days as an agenda."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from flask import request, url_for

from agency.flow.reports.awaited import next_of
from agency.flow.reports.cadence import Rhythm
from agency.kit import clock, words
from agency.kit.policy import may
from agency.kit.web import Room, actor, needs, page
from agency.kit.words import _
from agency.overview.calendar import cells, days, own, queries
from agency.overview.calendar.choices import Choice
from agency.overview.calendar.kinds import RANKS
from agency.overview.calendar.queries import Item
from agency.people.agency import queries as agencies
from agency.people.agency.calendars import WorkingCalendar, holiday_name
from agency.people.departments.models import CODES

room = Room("calendar", __name__)

# The things of a day: the first few in a month and in a week, all of them, as good as, on its own page.
MOST = {"month": 4, "week": 12, "day": 200}
# Working days within which we ask for an answer when no day was agreed (as reports do).
ANSWER = 3
ONE = timedelta(days=1)
NOT_OVER = 0


@room.get("/")
@needs("calendar.view")
def show() -> Any:
    """What is due in a month, a week or a day, of everything this person may see."""
    choice, today = _choice(), clock.today()
    view = request.args.get("view", "")
    span = days.span(view if view in days.VIEWS else "month", _day(today))
    most, calendar = MOST[span.view], agencies.calendar()
    marks = own.marks(actor(), *span.shown, choice) if choice.mine else {}
    counts = own.counts(marks) if choice.mine else queries.counts(actor(), *span.shown, choice)
    # A month tells what is still to come or late; what is over is counted.
    counts, done = days.apart(counts) if span.view == "month" else (counts, {})
    also = _also(span, calendar, choice, today)
    seen = days.wanted(counts, also, most)
    if choice.mine:
        first = own.first(actor(), {due: marks[due] for due in counts}, seen, choice, most)
    else:
        first = queries.first(actor(), seen, choice, most, over=span.view != "month")
    shown = days.marked(days.spread(_days(span, calendar, done), counts, first, also, most), today)
    kept = {name: value for name, value in request.args.items() if name in ("whose", "department", "project") and value}
    at = url_for("calendar.show", **kept, view="day", on="")
    return page(
        "calendar/show.html", span=span, today=today, choice=choice, kept=kept,
        cells=cells.drawn(shown, today, at, is_alone=span.view == "day"),
        views=_views(span, today, kept),
        projects=queries.going(actor(), choice), departments=CODES, whose="mine" if choice.mine else "all",
        weekdays=[words.weekday_short(day.on) for day in shown[:7]],
        total=sum(len(day.items) + day.more + day.done for day in shown),
    )


def _also(span: days.Span, calendar: WorkingCalendar, choice: Choice, today: date) -> list[Item]:
    """What has no day of its own, where its day is one of the page."""
    first, last = span.shown
    every = (*_waiting(calendar, choice, first, last), *_reports(calendar, choice, today))
    return [item for item in every if first <= item.on <= last]


def _views(span: days.Span, today: date, kept: Mapping[str, str]) -> list[dict[str, Any]]:
    """The ways to look at these days: whoever looks at today stays with it."""
    here = today if span.first <= today <= span.last else span.first
    return [
        {"label": label, "url": url_for("calendar.show", view=view, on=here.isoformat(), **kept),
         "current": view == span.view}
        for view, label in (("month", _("Month")), ("week", _("Week")), ("day", _("Day")))
    ]  # fmt: skip


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


def _days(span: days.Span, calendar: WorkingCalendar, done: Mapping[date, int]) -> list[days.Day]:
    (first, last), language = span.shown, words.locale()
    every = (first + at * ONE for at in range((last - first).days + 1))
    return [
        days.Day(
            on, not span.first <= on <= span.last, not calendar.is_working(on),
            holiday_name(calendar.country, on, language), done=done.get(on, 0),
        )
        for on in every
    ]


def _waiting(calendar: WorkingCalendar, choice: Choice, first: date, last: date) -> Iterable[Item]:
    """What the client has in hand, on the day by which we asked for an answer, where it may be one of these."""
    if not may(actor(), "brief.view"):
        return
    # What went out before has its day before the first; a day more on both sides, for days begin with the time zone.
    since, until = calendar.add_working_days(first, -ANSWER - 1) - ONE, last + ONE
    known: dict[date, date] = {}
    for one in queries.waiting(actor(), choice, since, until):
        sent_on = clock.local(one.at).date()
        if sent_on not in known:
            known[sent_on] = calendar.add_working_days(sent_on, ANSWER)
        yield Item(
            known[sent_on], RANKS["decision"], one.kind, one.id, one.title, "sent", NOT_OVER, one.project_id,
            one.project, one.client,
        )


def _reports(calendar: WorkingCalendar, choice: Choice, today: date) -> Iterable[Item]:
    """The next report of each project that reports."""
    if choice.department or not may(actor(), "report.view"):
        return
    known: dict[Rhythm, date] = {}
    for id, name, rhythm in queries.reporting(actor(), choice, today):
        if rhythm not in known:
            known[rhythm] = next_of(rhythm, calendar, today - ONE)
        yield Item(known[rhythm], RANKS["report"], "report", 0, "", "due", NOT_OVER, id, name, "")

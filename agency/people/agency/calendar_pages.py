"""The page of the working calendar: hours, holidays of the country, own days off and moved days."""

from datetime import date, time
from typing import Any

from flask import request

from agency.kit import clock
from agency.kit.states import Refused
from agency.kit.web import Room, actor, changed_meanwhile, go, needs, page, refusals
from agency.kit.words import _, day_year
from agency.people.agency import calendars, queries, settling
from agency.people.agency.forms import COUNTRY_NAMES, DayForm, HoursForm

KEYS = ("working_hours", "working_country", "working_days")


def routes(room: Room) -> None:
    """Add the addresses of the calendar."""
    room.add_url_rule("/calendar", "calendar", calendar, methods=["GET", "POST"])
    room.add_url_rule("/calendar/days", "add_day", add_day, methods=["POST"])
    room.add_url_rule("/calendar/days/removal", "remove_day", remove_day, methods=["POST"])


@needs("settings.edit")
def calendar() -> Any:
    """When the agency works."""
    form, edition, shown = _hours_form()
    if request.method == "POST" and (stale := changed_meanwhile(form, edition, shown)):
        return stale
    if form.sent() and form.starts.data and form.ends.data:
        hours = {"starts": f"{form.starts.data:%H:%M}", "ends": f"{form.ends.data:%H:%M}"}
        becomes = {"working_hours": hours, "working_country": form.country.data}
        with refusals(form) as outcome:
            settling.put_all(becomes, by=actor(), since=form.since.data)
        if outcome.ok:
            return go("settings.calendar", said=_("The working hours are saved."))
    return _page(form, DayForm(prefix="day", heard=False), 422 if request.method == "POST" else 200)


def _hours_form(heard: bool = True) -> tuple[HoursForm, queries.Edition, dict[str, Any]]:
    found, edition = queries.values(*KEYS), queries.edition("working_hours", "working_country")
    hours = found["working_hours"]
    form = HoursForm(heard=heard, data={
        "version": edition.version, "country": found["working_country"],
        "starts": time.fromisoformat(hours["starts"]), "ends": time.fromisoformat(hours["ends"]),
    })  # fmt: skip
    return form, edition, hours


@needs("settings.edit")
def add_day() -> Any:
    """A day off, a working day, or a working day moved to another one."""
    form = DayForm(prefix="day")
    if form.sent() and form.day.data:
        with refusals(form) as outcome:
            _add(form)
        if outcome.ok:
            return go("settings.calendar", year=form.day.data.year, said=_("The calendar is changed."))
    return _page(_hours_form(heard=False)[0], form, 422)


def _add(form: DayForm) -> None:
    day, instead, works = form.day.data, form.instead.data, form.works.data == "yes"
    if instead is not None and (instead == day or works):
        raise Refused(_("Only a day off can be worked off, on another day."), "instead")
    becomes = dict(queries.value("working_days"))
    why = " ".join((form.why.data or "").split())
    becomes[day.isoformat()] = {"works": works, "why": why}
    if instead is not None:
        becomes[instead.isoformat()] = {"works": True, "why": why or _("instead of %(day)s", day=day_year(day))}
    settling.put("working_days", becomes, by=actor())


@needs("settings.edit")
def remove_day() -> Any:
    """A day goes back to the calendar of the country."""
    becomes = dict(queries.value("working_days"))
    taken = becomes.pop(request.form.get("day", ""), None)
    if taken is not None:
        settling.put("working_days", becomes, by=actor())
    return go("settings.calendar", year=request.form.get("day", "")[:4] or None, said=_("The calendar is changed."))


def _page(hours: HoursForm, day: DayForm, status: int) -> Any:
    year = request.args.get("year", clock.today().year, int)
    year = min(max(year, clock.today().year - 1), clock.today().year + 2)
    own, plan = queries.value("working_days"), queries.calendar()
    rows = [(found, own.get(found.isoformat()), plan.is_working(found)) for found in _unusual(plan, year)]
    return page(
        "settings/calendar.html", status, form=hours, day_form=day, year=year, rows=rows,
        country=COUNTRY_NAMES[plan.country], zone=plan.timezone, coming=queries.coming(*KEYS),
        years=[clock.today().year + step for step in (-1, 0, 1, 2)],
        worked=len(plan.working_days(date(year, 1, 1), date(year, 12, 31))),
    )


def _unusual(plan: calendars.WorkingCalendar, year: int) -> list[date]:
    """The days of a year that are not what their weekday says, and every day set by hand."""
    days = [date.fromordinal(at) for at in range(date(year, 1, 1).toordinal(), date(year + 1, 1, 1).toordinal())]
    return [day for day in days if day in plan.exceptions or plan.is_working(day) != (day.weekday() < 5)]

"""What happens after a request, with names and days, as the public page promises it."""

from datetime import datetime, timedelta

from agency.flow.requests import reply_clock
from agency.kit import clock
from agency.kit.words import Lazy, _, called, lazy
from agency.kit.words import clock as on_the_clock
from agency.kit.words import day as in_days
from agency.people.accounts import queries as persons
from agency.people.accounts.models import Person
from agency.people.agency import queries as agencies

BRIEF_DAYS, SMETA_DAYS = 3, 3
WEEKDAYS: tuple[Lazy, ...] = (
    lazy("on Mondays"), lazy("on Tuesdays"), lazy("on Wednesdays"), lazy("on Thursdays"), lazy("on Fridays"),
)
REPORT_WEEKDAY = 4


def receiver() -> Person | None:
    """Who answers requests of strangers: the person of the setting, else the first account manager."""
    chosen = agencies.value("requests.receiver")
    person = persons.get(chosen) if chosen else None
    return person if person and person.is_active else next(iter(persons.with_role("account_manager")), None)


def steps(manager: Person | None, due_at: datetime | None = None) -> list[tuple[str, str]]:
    """(when, what) of the four steps; the reply counts from now unless it is already due."""
    calendar, today = agencies.calendar(), clock.today()
    due_at = due_at or reply_clock.due(calendar, clock.now(), agencies.value("requests.reply_minutes"))
    brief = calendar.add_working_days(today, BRIEF_DAYS)
    smeta = calendar.add_working_days(brief, SMETA_DAYS)
    name = called(manager) if manager else _("A manager")
    return [
        (until(due_at), _("%(who)s answers and asks about what is unclear", who=name)),
        (_("By %(day)s", day=in_days(brief)), _("We send the brief, you check that we understood you")),
        (_("By %(day)s", day=in_days(smeta)), _("An estimate by departments, binding you to nothing")),
        (_("After your yes"), _("Work begins, with a report %(weekday)s", weekday=WEEKDAYS[REPORT_WEEKDAY])),
    ]


def answer_comes(manager: Person | None, due_at: datetime) -> str:
    """The first step as a sentence of its own."""
    who = called(manager) if manager else _("a manager")
    return _("%(until)s %(who)s answers and asks about what is unclear.", until=until(due_at), who=who)


def until(due_at: datetime) -> str:
    """ "Today by 12:40", "Tomorrow by 10:00", or the day and the time."""
    day = clock.local(due_at).date()
    if day == clock.today():
        return _("Today by %(time)s", time=on_the_clock(due_at))
    if day == clock.today() + timedelta(days=1):
        return _("Tomorrow by %(time)s", time=on_the_clock(due_at))
    return _("%(day)s by %(time)s", day=in_days(day), time=on_the_clock(due_at))

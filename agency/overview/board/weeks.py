"""How full the week of each person is: what is left of the tasks in their hands, and what they logged."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from itertools import chain
from typing import Any, NamedTuple

from sqlalchemy import (
    BigInteger,
    CompoundSelect,
    Date,
    Select,
    bindparam,
    case,
    cast,
    func,
    null,
    or_,
    select,
    union_all,
)

from agency.attached.hours.models import TimeEntry
from agency.flow.tasks.models import Task
from agency.flow.tasks.queries import LIVE
from agency.kit.db import Among, Greatest, ask, prepared
from agency.overview.board import load
from agency.overview.board.queries import Colleague
from agency.people.agency.calendars import WorkingCalendar

# Work that takes somebody's time: what lies with the client does not.
IN_HAND = tuple(state for state in LIVE if state != "client_review")


class Load(NamedTuple):
    """How full the week of one person is, in minutes."""

    person: Colleague
    busy: int
    capacity: int

    @property
    def hours(self) -> tuple[int, int]:
        """The same in whole hours."""
        return round(self.busy / 60), round(self.capacity / 60)

    @property
    def is_over(self) -> bool:
        """Whether more is planned than the week holds."""
        return self.busy > self.capacity


def loads(staff: Sequence[Colleague], today: date, calendar: WorkingCalendar) -> list[Load]:
    """The week of everybody, from all the tasks in their hands, seen by the actor or not, and the time they logged."""
    held, logged = _in_hand([person.id for person in staff], today)
    full, days = load.capacity(today, calendar), load.ahead(chain(*held.values()), today, calendar)
    return [
        Load(person, load.busy(held.get(person.id, ()), logged.get(person.id, 0), today, days), full)
        for person in staff
    ]


def _in_hand(person_ids: Collection[int], today: date) -> tuple[Mapping[int, list[load.Held]], Mapping[int, int]]:
    """By person, in one question: what is left of the tasks in somebody's hands, and the minutes logged this week.

    What lies with the client does not count. Tasks with the same days ahead of them come as one: what has begun begins
    today, what is late is due today. What begins after this week is no work of this week.
    """
    held: dict[int, list[load.Held]] = {}
    logged: dict[int, int] = {}
    monday, sunday = load.week_of(today)
    for person_id, starts_on, due_on, left, minutes in ask(
        _week(), persons=person_ids, today=today, monday=monday, sunday=sunday,
    ):  # fmt: skip
        if left is None:
            logged[person_id] = int(minutes)
        else:
            held.setdefault(person_id, []).append(load.Held(int(left), starts_on, due_on))
    return held, logged


@prepared
def _week() -> CompoundSelect[*tuple[Any, ...]]:
    return union_all(_held(), _logged())


def _held() -> Select[*tuple[Any, ...]]:
    today, rest = bindparam("today", type_=Date), func.coalesce(Task.estimate_minutes, 0) - Task.logged_minutes
    begins = case((Task.starts_on > today, Task.starts_on)).label("begins")
    ends = case((Task.due_on < today, today), else_=Task.due_on).label("ends")
    left = cast(func.sum(Greatest(rest, 0)), BigInteger).label("left_of")
    rows = select(Task.assignee_id, begins, ends, left, cast(null(), BigInteger).label("logged")).where(
        Task.assignee_id.in_(Among("persons")), Task.state.in_(IN_HAND),
        or_(Task.starts_on.is_(None), Task.starts_on <= bindparam("sunday", type_=Date)),
    )
    return rows.group_by(Task.assignee_id, begins, ends)


def _logged() -> Select[*tuple[Any, ...]]:
    """A week is short, a past is long: by the index of days, so that nothing older is read."""
    no_day, nothing_left = cast(null(), Date), cast(null(), BigInteger)
    minutes = cast(func.sum(TimeEntry.minutes), BigInteger)
    rows = select(TimeEntry.person_id, no_day.label("begins"), no_day.label("ends"), nothing_left, minutes).where(
        TimeEntry.subject_kind == Task.KIND, TimeEntry.day >= bindparam("monday", type_=Date),
        TimeEntry.person_id.in_(Among("persons")),
    )  # fmt: skip
    return rows.group_by(TimeEntry.person_id)

"""Questions about time worked; its answers are for the agency alone."""

from collections.abc import Collection
from datetime import date
from typing import Any

from sqlalchemy import Date, Select, bindparam, func, select

from agency.attached.hours.models import TimeEntry
from agency.kit.db import Among, ask, db, prepared
from agency.people.accounts.models import Person


def get(id: int) -> TimeEntry | None:
    """One entry."""
    return db.session.get(TimeEntry, id)


def of(record: Any) -> list[Any]:
    """Everything logged on a record, the newest day first: id, day, minutes, note, person_id and the person's name."""
    return list(ask(_of(), kind=record.KIND, id=record.id))


@prepared
def _of() -> Select[*tuple[Any, ...]]:
    entry = TimeEntry
    return (
        select(entry.id, entry.day, entry.minutes, entry.note, entry.person_id, Person.name)
        .join(Person, Person.id == entry.person_id)
        .where(entry.subject_kind == bindparam("kind"), entry.subject_id == bindparam("id"))
        .order_by(entry.day.desc(), entry.id.desc())
    )


def logged_on(kind: str, subject_ids: Collection[int]) -> dict[int, int]:
    """Minutes logged on each of many records of one kind, in one query; records without time are left out."""
    if not subject_ids:
        return {}
    found = ask(_logged_on(), kind=kind, ids=list(subject_ids))
    return {subject_id: int(minutes) for subject_id, minutes in found}


@prepared
def _logged_on() -> Select[int, int]:
    rows = select(TimeEntry.subject_id, func.sum(TimeEntry.minutes)).group_by(TimeEntry.subject_id)
    return rows.where(
        TimeEntry.subject_kind == bindparam("kind"), TimeEntry.subject_id.in_(Among("ids")),
    )


def of_person(person_id: int, first: date, last: date) -> int:
    """Minutes a person logged from one day to another, both included."""
    return int(ask(_of_person(), person=person_id, first=first, last=last).scalar() or 0)


@prepared
def _of_person() -> Select[int]:
    first, last = bindparam("first", type_=Date()), bindparam("last", type_=Date())
    rows = select(func.sum(TimeEntry.minutes)).where(TimeEntry.person_id == bindparam("person"))
    return rows.where(TimeEntry.day >= first, TimeEntry.day <= last)


def of_project(project_id: int, first: date | None = None, last: date | None = None) -> int:
    """Minutes logged on a project, within some days if they are given."""
    rows = select(func.sum(TimeEntry.minutes)).where(TimeEntry.project_id == project_id)
    if first is not None:
        rows = rows.where(TimeEntry.day >= first)
    if last is not None:
        rows = rows.where(TimeEntry.day <= last)
    return int(db.session.scalar(rows) or 0)

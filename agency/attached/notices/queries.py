"""Questions about notices, each of one person's own."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from agency.attached.notices.models import Notice, NoticeChoice
from agency.kit import clock
from agency.kit.db import db
from agency.people.accounts.models import Person

PAGE = 50


@dataclass(frozen=True)
class Choice:
    """How a person is told: chosen, or the defaults of a person who never chose."""

    way: str = "digest"
    digest_hour: int = 9
    quiet_from: int = 22
    quiet_until: int = 8

    def loud_at(self, now: datetime, zone: Any) -> datetime:
        """The first instant from `now` on that is not in the quiet hours of somebody's own clock."""
        local = now.astimezone(zone)
        if not self._is_quiet(local.hour):
            return now
        ends = local.replace(hour=self.quiet_until, minute=0, second=0, microsecond=0)
        return (ends if ends > local else ends + timedelta(days=1)).astimezone(now.tzinfo)

    def _is_quiet(self, hour: int) -> bool:
        if self.quiet_from <= self.quiet_until:
            return self.quiet_from <= hour < self.quiet_until
        return hour >= self.quiet_from or hour < self.quiet_until


def get(id: int) -> Notice | None:
    """A notice by id."""
    return db.session.get(Notice, id)


def page_for(person_id: int, unread: bool = False, before: int = 0) -> list[Notice]:
    """The newest notices of a person with their facts; one more than a page."""
    rows = select(Notice).where(Notice.person_id == person_id).options(joinedload(Notice.fact, innerjoin=True))
    if unread:
        rows = rows.where(Notice.read_at.is_(None))
    if before:
        rows = rows.where(Notice.id < before)
    return list(db.session.scalars(rows.order_by(Notice.id.desc()).limit(PAGE + 1)))


def unmailed(person_id: int) -> list[Notice]:
    """What a person has neither read nor been mailed, the oldest first."""
    rows = select(Notice).where(
        Notice.person_id == person_id, Notice.read_at.is_(None), Notice.mailed_at.is_(None),
    )
    return list(db.session.scalars(rows.options(joinedload(Notice.fact)).order_by(Notice.id)))


def choice_of(person_id: int) -> Choice:
    """How a person wants to be told."""
    return _choice(db.session.get(NoticeChoice, person_id))


def zone_of(person: Person) -> ZoneInfo:
    """The clock a person lives by: the own one, else the agency's."""
    return ZoneInfo(person.timezone) if person.timezone else clock.home_zone()


def digest_readers() -> list[tuple[Person, Choice]]:
    """Who has news neither read nor mailed and wants them once a day."""
    waiting = select(Notice.person_id).where(Notice.read_at.is_(None), Notice.mailed_at.is_(None))
    rows = (
        select(Person, NoticeChoice).outerjoin(NoticeChoice, NoticeChoice.person_id == Person.id)
        .where(Person.id.in_(waiting), Person.is_active, Person.kind == "staff", Person.email.is_not(None))
        .order_by(Person.id)
    )
    found = [(person, _choice(row)) for person, row in db.session.execute(rows)]
    return [(person, choice) for person, choice in found if choice.way == "digest"]


def _choice(row: NoticeChoice | None) -> Choice:
    return Choice(row.way, row.digest_hour, row.quiet_from, row.quiet_until) if row is not None else Choice()

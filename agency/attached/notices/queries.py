"""Questions about notices, each of one person's own."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy import Select, bindparam, select
from sqlalchemy.orm import joinedload

from agency.attached.notices.models import Notice, NoticeChoice
from agency.kit import clock
from agency.kit.db import ask, db, prepared
from agency.kit.journal import Fact
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


class News(NamedTuple):
    """A notice with what its fact says."""

    id: int
    at: datetime
    verb: str
    details: Mapping[str, Any]
    actor_id: int | None
    behalf_id: int | None
    subject_kind: str
    subject_id: int
    project_id: int | None
    client_id: int | None
    about: str
    read_at: datetime | None


def page_for(person_id: int, unread: bool = False, before: int = 0) -> list[News]:
    """The newest notices of a person with their facts; one more than a page."""
    return [News(*row) for row in ask(_page(unread, bool(before)), person=person_id, before=before)]


@prepared
def _page(unread: bool, turned: bool) -> Select[*tuple[Any, ...]]:
    rows = select(
        Notice.id, Fact.at, Fact.verb, Fact.details, Fact.actor_id, Fact.behalf_id, Notice.subject_kind,
        Notice.subject_id, Notice.project_id, Notice.client_id, Notice.about, Notice.read_at,
    ).join(Fact, Fact.id == Notice.fact_id).where(Notice.person_id == bindparam("person"))
    if unread:
        rows = rows.where(Notice.read_at.is_(None))
    if turned:
        rows = rows.where(Notice.id < bindparam("before"))
    return rows.order_by(Notice.id.desc()).limit(PAGE + 1)


def as_news(notice: Notice) -> News:
    """A notice that was read whole."""
    fact = notice.fact
    return News(
        notice.id, fact.at, fact.verb, fact.details, fact.actor_id, fact.behalf_id, notice.subject_kind,
        notice.subject_id, notice.project_id, notice.client_id, notice.about, notice.read_at,
    )


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

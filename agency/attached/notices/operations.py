"""Telling people: a row behind the bell for each, once a fact; reading; and choosing how to be told."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from sqlalchemy import select, update

from agency.attached.notices import queries, whom
from agency.attached.notices.models import WAYS, Notice, NoticeChoice
from agency.kit import clock, journal
from agency.kit.db import db
from agency.kit.journal import Fact
from agency.kit.queue import ask
from agency.kit.states import Refused
from agency.kit.words import lazy
from agency.people.accounts.models import Person

MAIL = "notices.mail"
# News that come together go into one letter.
GATHERING = timedelta(minutes=1)


def ring(fact: Fact) -> list[Notice]:
    """Tell everybody whom the rules name; those who want mail at once get it after their quiet hours."""
    place = whom.place_of(fact)
    told = whom.told_of(fact)
    rows = _tell([person.id for person in told], fact, place) if told else []
    persons = {person.id: person for person in told}
    for row in rows:
        _mail_later(persons[row.person_id], row)
    return rows


def _tell(person_ids: Iterable[int], fact: Fact, place: Any) -> list[Notice]:
    known = set(db.session.scalars(select(Notice.person_id).where(Notice.fact_id == fact.id)))
    rows = [
        Notice(
            person_id=person_id, fact_id=fact.id, subject_kind=place.KIND, subject_id=place.id,
            client_id=fact.client_id, project_id=fact.project_id, about=_called(place),
        )
        for person_id in sorted(set(person_ids) - known)
    ]
    db.session.add_all(rows)
    db.session.flush()
    return rows


def _called(place: Any) -> str:
    """The record's own name, then its project's and client's, each once."""
    names = (_word(place, field) for field in ("title", "subject", "words", "number", "name"))
    name = next(filter(None, names), "")
    project = place if place.KIND == "project" else getattr(place, "project", None)
    project = project or whom.record("project", getattr(place, "project_id", None))
    client = whom.record("client", getattr(place, "client_id", None))
    said = [name, project.name if project else "", client.name if client else getattr(place, "company", "")]
    return ", ".join(dict.fromkeys(part for part in said if part))[:300]


def _word(place: Any, field: str) -> str:
    """One naming field of a record, if it has it and it holds words."""
    found = getattr(place, field, None)
    return found if isinstance(found, str) else ""


def _mail_later(person: Person, row: Notice) -> None:
    choice = queries.choice_of(person.id)
    if choice.way == "at_once" and person.email:
        at = choice.loud_at(clock.now() + GATHERING, queries.zone_of(person))
        ask(MAIL, person.id, key=f"{person.id}:{row.id}", run_at=at)


def read(notice: Notice) -> None:
    """Mark one notice as read."""
    notice.read_at = notice.read_at or clock.now()


def read_all(person_id: int, until: int) -> int:
    """Mark every notice up to the newest one seen as read; answers how many."""
    rows = update(Notice).where(Notice.person_id == person_id, Notice.read_at.is_(None), Notice.id <= until)
    found = db.session.execute(rows.values(read_at=clock.now()).returning(Notice.id))
    return len(found.all())


def mailed(notices: Iterable[Notice]) -> None:
    """Remember that a letter carried these."""
    for notice in notices:
        notice.mailed_at = clock.now()


def choose(person: Person, *, way: str, digest_hour: int, quiet_from: int, quiet_until: int, by: Any) -> NoticeChoice:
    """Set how a person is told; raises Refused for a way or an hour there is not."""
    if way not in WAYS:
        raise Refused(lazy("Choose how to be told."), "way")
    for name, hour in (("digest_hour", digest_hour), ("quiet_from", quiet_from), ("quiet_until", quiet_until)):
        if not 0 <= hour <= 23:
            raise Refused(lazy("A day has the hours from 0 to 23."), name)
    row = db.session.get(NoticeChoice, person.id) or NoticeChoice(person_id=person.id)
    row.way, row.digest_hour, row.quiet_from, row.quiet_until = way, digest_hour, quiet_from, quiet_until
    db.session.add(row)
    db.session.flush()
    journal.fact("person.notices_chosen", about=person, by=by, way=way)
    return row

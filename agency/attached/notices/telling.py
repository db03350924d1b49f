"""Notices as a person reads them: when, the sentence, what it is about, and where it leads."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from agency.attached.notices import places
from agency.attached.notices.models import Notice
from agency.kit import journal
from agency.kit.words import _
from agency.people.accounts import queries as persons


@dataclass(frozen=True)
class Told:
    """One notice in the current language."""

    id: int
    at: datetime
    sentence: str
    about: str
    path: str
    is_read: bool


def told(notices: Iterable[Notice]) -> list[Told]:
    """Every notice with its sentence; the names of all who acted are one question."""
    rows = list(notices)
    names = persons.names(id for row in rows for id in (row.fact.actor_id, row.fact.behalf_id))
    return [
        Told(
            row.id, row.fact.at, journal.sentence(row.fact, _who(row.fact, names)), _beside(row),
            places.path(row.subject_kind, row.subject_id, row.project_id, row.client_id),
            row.read_at is not None,
        )
        for row in rows
    ]  # fmt: skip


def _who(fact: journal.Fact, names: Mapping[int, str]) -> str:
    return persons.acted(names.get(fact.actor_id or 0, _("the server")), names.get(fact.behalf_id or 0))


def _beside(notice: Notice) -> str:
    """What it is about, without the name that the sentence says already."""
    said = [f"{word}, " for word in notice.fact.details.values() if isinstance(word, str) and word]
    first = next((word for word in said if notice.about.startswith(word)), "")
    return notice.about.removeprefix(first)

"""Notices as a person reads them: when, the sentence, what it is about, and where it leads."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from agency.attached.notices import places
from agency.attached.notices.queries import News
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


def told(news: Iterable[News]) -> list[Told]:
    """Every notice with its sentence; the names of all who acted are one question."""
    rows = list(news)
    names = persons.names(id for row in rows for id in (row.actor_id, row.behalf_id))
    return [
        Told(
            row.id, row.at, journal.sentence(row, _who(row, names)), _beside(row),
            places.path(row.subject_kind, row.subject_id, row.project_id, row.client_id),
            row.read_at is not None,
        )
        for row in rows
    ]  # fmt: skip


def _who(row: News, names: Mapping[int, str]) -> str:
    return persons.acted(names.get(row.actor_id or 0, _("the server")), names.get(row.behalf_id or 0))


def _beside(row: News) -> str:
    """What it is about, without the name that the sentence says already."""
    said = [f"{word}, " for word in row.details.values() if isinstance(word, str) and word]
    first = next((word for word in said if row.about.startswith(word)), "")
    return row.about.removeprefix(first)

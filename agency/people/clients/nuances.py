"""What one must know of a client while working for it: written down, changed, struck out, shown where it matters."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Select, bindparam, select

from agency.kit import clock, journal, policy
from agency.kit.db import ask, db, prepared
from agency.kit.states import Refused
from agency.kit.words import lazy
from agency.people.clients.models import PLACES, Client, Nuance


def get(id: int) -> Nuance | None:
    """A nuance by id."""
    return db.session.get(Nuance, id)


def shown_in(client_id: int, place: str) -> list[str]:
    """What is known of a client and belongs to a place, a key of PLACES, in words."""
    return [words for words, places in ask(_living(), client=client_id) if place in places]


@prepared
def _living() -> Select[str, Any]:
    of_client = Nuance.client_id == bindparam("client")
    return select(Nuance.words, Nuance.places).where(of_client, Nuance.dropped_at.is_(None)).order_by(Nuance.id)


def add(client: Client, words: str, places: Iterable[str], *, by: Any) -> Nuance:
    """Write one down; raises Refused without words or for a place there is not."""
    policy.demand(by, "client.edit", client)
    nuance = Nuance(client=client, words=_said(words), places=_places(places))
    db.session.add(nuance)
    db.session.flush()
    journal.fact("nuance.added", about=nuance, by=by, words=nuance.words)
    return nuance


def change(nuance: Nuance, words: str, places: Iterable[str], *, by: Any) -> None:
    """Say it otherwise, or show it elsewhere."""
    policy.demand(by, "client.edit", nuance.client)
    nuance.words, nuance.places = _said(words), _places(places)
    db.session.flush()
    journal.fact("nuance.changed", about=nuance, by=by, words=nuance.words)


def drop(nuance: Nuance, *, by: Any) -> None:
    """Strike it out: it is shown nowhere any more, and stays in the history."""
    policy.demand(by, "client.edit", nuance.client)
    if nuance.dropped_at is None:
        nuance.dropped_at = clock.now()
        db.session.flush()
        journal.fact("nuance.dropped", about=nuance, by=by, words=nuance.words)


def _said(words: str) -> str:
    if not words.strip():
        raise Refused(lazy("Write down what one must know."), "words")
    return " ".join(words.split())


def _places(places: Iterable[str]) -> list[str]:
    chosen = set(places)
    if chosen - PLACES.keys():
        raise Refused(lazy("Choose from the list."), "places")
    return [place for place in PLACES if place in chosen]

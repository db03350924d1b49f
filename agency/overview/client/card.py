"""Who and what stands around a client on its card, each kind in one question: names, people, whom we bill, nuances."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Select, bindparam, cast, literal, null, select, union_all

from agency.kit.db import Json, ask, prepared
from agency.people.accounts.models import Person
from agency.people.agency import requisites
from agency.people.agency.models import OwnEntity
from agency.people.clients.models import BillingEntity, Brand, Client, Contact, Nuance

CLIENT = bindparam("client")


class _Columns(NamedTuple):
    id: int
    code: str
    name: str
    about: str
    language: str
    currency: str
    manager_id: int | None


class Card(_Columns):
    """A client as its card names it; the rights of the client are asked of it too."""

    __slots__ = ()
    KIND = Client.KIND

    @property
    def client_id(self) -> int:
        """The client itself, so that rights by client read the same everywhere."""
        return self.id


def get(id: int) -> Card | None:
    """A client by id, for a page that reads it alone."""
    row = ask(_card(), client=id).first()
    return None if row is None else Card(*row)


@prepared
def _card() -> Select[*tuple[Any, ...]]:
    return select(*(getattr(Client, name) for name in Card._fields)).where(Client.id == CLIENT)


class Known(NamedTuple):
    """What one must know of the client; `places` are where it is shown."""

    id: int
    words: str
    places: list[str]


@dataclass
class Around:
    """Who looks after a client, which entity of ours bills it, its brands by name, and what one must know of it."""

    manager: str = ""
    own_entity: str = ""
    brands: list[str] = field(default_factory=list)
    nuances: list[Known] = field(default_factory=list)


def around(client_id: int) -> Around:
    """What stands around a client, in one question."""
    found = Around()
    for kind, id, said, places in ask(_around(), client=client_id):
        if kind == "nuance":
            found.nuances.append(Known(id, said, places))
        elif kind == "brand":
            found.brands.append(said)
        else:
            setattr(found, kind, said)
    found.brands.sort()
    return found


@prepared
def _around() -> Any:
    def of(kind: str, id: Any, said: Any, places: Any = None) -> Any:
        places = cast(null(), Json) if places is None else places
        return select(literal(kind).label("kind"), id.label("id"), said.label("said"), places.label("places"))

    looked_after = of("manager", Person.id, Person.name).join(Client, Client.manager_id == Person.id)
    billed_by = of("own_entity", OwnEntity.id, OwnEntity.name).join(Client, Client.own_entity_id == OwnEntity.id)
    return union_all(
        of("nuance", Nuance.id, Nuance.words, Nuance.places).where(
            Nuance.client_id == CLIENT, Nuance.dropped_at.is_(None),
        ),
        of("brand", Brand.id, Brand.name).where(Brand.client_id == CLIENT),
        looked_after.where(Client.id == CLIENT), billed_by.where(Client.id == CLIENT),
    ).order_by("kind", "id")


class Speaker(NamedTuple):
    """Somebody who speaks for the client now, and what that person may do there."""

    id: int
    name: str
    position: str
    is_approver: bool
    gets_reports: bool
    is_finance: bool
    language: str
    reach: str
    email: str | None
    phone: str


def speakers(client_id: int) -> list[Speaker]:
    """The people who speak for a client now, those who approve first."""
    return [Speaker(*row) for row in ask(_speakers(), client=client_id)]


@prepared
def _speakers() -> Select[*tuple[Any, ...]]:
    rows = select(
        Contact.id, Person.name, Contact.position, Contact.is_approver, Contact.gets_reports, Contact.is_finance,
        Person.language, Contact.reach, Person.email, Person.phone,
    ).join(Person, Person.id == Contact.person_id)
    return rows.where(Contact.client_id == CLIENT, Contact.is_active).order_by(Contact.is_approver.desc(), Contact.id)


class Billed(NamedTuple):
    """A legal entity of the client that we bill, or have put away."""

    id: int
    name: str
    address: str
    country: str
    requisites: Mapping[str, str]
    archived_at: datetime | None

    @property
    def said(self) -> list[tuple[str, str]]:
        """Names and values of its requisites."""
        return requisites.said(self.country, self.requisites)


def billed(client_id: int) -> list[Billed]:
    """The legal entities of a client in their order."""
    return [Billed(*row) for row in ask(_billed(), client=client_id)]


@prepared
def _billed() -> Select[*tuple[Any, ...]]:
    entity = BillingEntity
    rows = select(entity.id, entity.name, entity.address, entity.country, entity.requisites, entity.archived_at)
    return rows.where(entity.client_id == CLIENT).order_by(entity.id)

"""Questions about clients; lists keep to what the actor may see."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, bindparam, exists, func, or_, select
from sqlalchemy.orm import aliased, joinedload, selectinload

from agency.kit import clock
from agency.kit.db import ask, by_id, db, prepared
from agency.people.accounts.models import Person
from agency.people.clients.models import BillingEntity, Brand, Client, Contact, Deputy


def get(id: int) -> Client | None:
    """A client by id."""
    return by_id(Client, id)


def one(id: int) -> Client:
    """The client a form chose from a list; raises NoResultFound for any other id."""
    return db.session.get_one(Client, id)


def visible_to(actor: Any) -> Select[Client]:
    """The clients an actor may see, by name."""
    rows = select(Client).order_by(Client.sort_key, Client.id)
    if actor.sees_all_clients:
        return rows
    return rows.where(Client.id.in_(actor.client_ids))


def listed_for(actor: Any) -> list[Client]:
    """The client list of an actor, with brands and managers loaded."""
    return list(db.session.scalars(
        visible_to(actor).options(selectinload(Client.brands), selectinload(Client.manager)),
    ))


def active_contacts(client_id: int) -> list[Contact]:
    """The people who speak for a client now."""
    return list(db.session.scalars(
        select(Contact).where(Contact.client_id == client_id, Contact.is_active).order_by(Contact.id),
    ))


def approvers(client_id: int) -> list[Contact]:
    """Contacts who may approve for the client today: those named for it first, then whoever stands in for one."""
    rows = select(Contact).where(Contact.client_id == bindparam("client"), Contact.is_active, _decides())
    asked = {"client": client_id, "today": clock.today()}
    return list(db.session.scalars(rows.order_by(Contact.is_approver.desc(), Contact.id), asked))


def speakers(client_id: int) -> list[Any]:
    """The people who speak for a client now: person_id, name, is_approver, and whether each may approve today."""
    return list(ask(_speakers(), client=client_id, today=clock.today()))


@prepared
def _speakers() -> Select[*tuple[Any, ...]]:
    return (
        select(Contact.person_id, Person.name, Contact.is_approver, _decides().label("decides"))
        .join(Person, Person.id == Contact.person_id)
        .where(Contact.client_id == bindparam("client"), Contact.is_active).order_by(Contact.id)
    )


def addressees(client_id: int) -> list[Any]:
    """The people who speak for a client now and have an address, by the order in which they came."""
    return list(ask(_addressees(), client=client_id))


@prepared
def _addressees() -> Select[*tuple[Any, ...]]:
    return (
        select(Contact.person_id, Person.name, Person.email, Contact.position, Contact.gets_reports)
        .join(Person, Person.id == Contact.person_id)
        .where(Contact.client_id == bindparam("client"), Contact.is_active, func.coalesce(Person.email, "") != "")
        .order_by(Contact.id)
    )


def _decides() -> ColumnElement[bool]:
    """Whether a contact may approve `today`: named for it, or lent by whoever is."""
    named, today = aliased(Contact), bindparam("today")
    lent = exists().where(
        Deputy.client_id == Contact.client_id, Deputy.person_id == Contact.person_id, Deputy.ended_at.is_(None),
        Deputy.from_on <= today, Deputy.until_on >= today, named.client_id == Deputy.client_id,
        named.person_id == Deputy.behalf_id, named.is_active, named.is_approver,
    )
    return or_(Contact.is_approver, lent)


def deputies(client_id: int) -> list[Deputy]:
    """The deputies of a client's people whose days are not over, the nearest first."""
    rows = select(Deputy).where(
        Deputy.client_id == client_id, Deputy.ended_at.is_(None), Deputy.until_on >= clock.today(),
    ).options(joinedload(Deputy.person), joinedload(Deputy.behalf))
    return list(db.session.scalars(rows.order_by(Deputy.from_on, Deputy.id)))


def invited_since(client_id: int, moment: datetime) -> int:
    """How many people the client's own have let in since then."""
    rows = select(func.count(Contact.id)).where(
        Contact.client_id == client_id, Contact.invited_by_id.is_not(None), Contact.created_at > moment,
    )
    return db.session.scalar(rows) or 0


def deputy(id: int) -> Deputy | None:
    """A deputy by id."""
    return db.session.get(Deputy, id)


def report_readers(client_id: int) -> list[Contact]:
    """Contacts who get progress reports by mail."""
    return [contact for contact in active_contacts(client_id) if contact.gets_reports and contact.person.email]


def contact_of(client_id: int, person_id: int) -> Contact | None:
    """The contact row of a person at a client."""
    return db.session.scalars(
        select(Contact).where(Contact.client_id == client_id, Contact.person_id == person_id),
    ).first()


def spoken_for(person_id: int) -> list[Client]:
    """The clients a person speaks for now."""
    rows = select(Client).join(Contact, Contact.client_id == Client.id)
    return list(db.session.scalars(rows.where(Contact.person_id == person_id, Contact.is_active).order_by(Client.id)))


def brand(id: int) -> Brand | None:
    """A brand by id."""
    return db.session.get(Brand, id)


def contact(id: int) -> Contact | None:
    """A contact by id."""
    return db.session.get(Contact, id)


def billing_entity(id: int) -> BillingEntity | None:
    """A client's legal entity by id."""
    return db.session.get(BillingEntity, id)


def codes() -> frozenset[str]:
    """Every client's code."""
    return frozenset(db.session.scalars(select(Client.code)))


def by_name(name: str) -> Client | None:
    """The client of this name, whatever its case."""
    plain = name.strip().casefold()
    found = db.session.scalars(select(Client).where(Client.search_text.startswith(plain, autoescape=True)))
    return next((client for client in found if client.name.casefold() == plain), None)


def narrowed(rows: Select[Client], actor: Any, text: str = "", mine: bool = False) -> Select[Client]:
    """A list of clients by a word of the name, and one's own if asked."""
    if mine:
        rows = rows.where(Client.manager_id == actor.id)
    for word in text.casefold().split():
        rows = rows.where(Client.search_text.contains(word, autoescape=True))
    return rows


def all_for(actor: Any, text: str = "", mine: bool = False) -> Iterator[Client]:
    """Every client of the list with brands and people, some hundreds at a time."""
    rows = narrowed(visible_to(actor), actor, text, mine).options(
        selectinload(Client.brands), selectinload(Client.contacts), joinedload(Client.manager),
    )
    yield from db.session.scalars(rows.execution_options(yield_per=500))


def going_everywhere() -> dict[int, int]:
    """How many projects of each client are going; their table belongs to a room above this one."""
    projects = db.metadata.tables["projects"].c
    rows = select(projects.client_id, func.count()).where(projects.state.not_in(("closed", "cancelled")))
    return {row[0]: row[1] for row in db.session.execute(rows.group_by(projects.client_id))}

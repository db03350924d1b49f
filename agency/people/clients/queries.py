"""Questions about clients; lists keep to what the actor may see."""

from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import selectinload

from agency.kit.db import db
from agency.people.clients.models import Brand, Client, Contact


def get(id: int) -> Client | None:
    """A client by id."""
    return db.session.get(Client, id)


def visible_to(actor: Any) -> Select[tuple[Client]]:
    """The clients an actor may see, by name."""
    rows = select(Client).order_by(Client.name, Client.id)
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
    """Contacts who may approve for the client."""
    return [contact for contact in active_contacts(client_id) if contact.is_approver]


def report_readers(client_id: int) -> list[Contact]:
    """Contacts who get progress reports by mail."""
    return [contact for contact in active_contacts(client_id) if contact.gets_reports and contact.person.email]


def contact_of(client_id: int, person_id: int) -> Contact | None:
    """The contact row of a person at a client."""
    return db.session.scalars(
        select(Contact).where(Contact.client_id == client_id, Contact.person_id == person_id),
    ).first()


def brand(id: int) -> Brand | None:
    """A brand by id."""
    return db.session.get(Brand, id)

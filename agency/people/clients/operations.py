"""What is done to a client's card: company, brands, and the people who speak for it."""

from typing import Any

from agency.kit import journal, policy
from agency.kit.db import db
from agency.kit.mail.addresses import one_address
from agency.kit.states import Refused
from agency.kit.words import lazy
from agency.people.accounts import operations as accounts
from agency.people.accounts import queries as persons
from agency.people.accounts.models import Person
from agency.people.agency import queries as agencies
from agency.people.agency.models import OwnEntity
from agency.people.clients import codes, queries
from agency.people.clients.models import Brand, Client, Contact

CARD = ("name", "about", "country", "language", "currency", "manager_id", "own_entity_id")
ELSEWHERE = lazy("This person speaks for another client too: ask %(who)s to change the name, phone or address.")
RIGHTS = ("is_approver", "is_finance", "gets_reports")


def add(
    name: str, *, by: Any, manager: Person, code: str = "", country: str = "RU", language: str = "ru",
    currency: str = "RUB", own_entity: OwnEntity | None = None, about: str = "",
) -> Client:
    """Add a client with its first brand, which bears its name. Raises Refused for a name or code already here."""
    policy.demand(by, "client.create")
    name, code = " ".join(name.split()), code.strip().upper()
    _check_name(name)
    code = code or codes.suggest(name, queries.codes())
    if not codes.VALID.fullmatch(code):
        raise Refused(lazy("Two to six Latin capitals or figures, a letter first."), "code")
    if code in queries.codes():
        raise Refused(lazy("Another client has this code."), "code")
    own = own_entity or agencies.default_entity()
    client = Client(
        code=code, name=name, country=country, language=language, currency=currency, about=about.strip(),
        manager_id=manager.id, own_entity_id=own.id if own else None, search_text=f"{name} {code}".casefold(),
    )
    client.brands.append(Brand(name=name))
    db.session.add(client)
    db.session.flush()
    journal.fact("client.added", about=client, by=by)
    return client


def change(client: Client, *, by: Any, **card: Any) -> None:
    """Change the card; the code stays, for it begins the numbers of projects."""
    policy.demand(by, "client.edit", client)
    changed = [name for name in CARD if name in card and getattr(client, name) != card[name]]
    if "name" in changed:
        _check_name(card["name"], client)
    for name in changed:
        setattr(client, name, card[name])
    if changed:
        client.search_text = f"{client.name} {client.code}".casefold()
        db.session.flush()
        journal.fact("client.changed", about=client, by=by, changed=changed)


def _check_name(name: str, client: Client | None = None) -> None:
    if not name:
        raise Refused(lazy("Name the client."), "name")
    found = queries.by_name(name)
    if found is not None and found is not client:
        whose = found.manager.short_name if found.manager else "–"
        raise Refused(lazy("We know this client already; %(who)s looks after it.", who=whose), "name")


def add_brand(client: Client, name: str, *, by: Any) -> Brand:
    """Add a brand."""
    policy.demand(by, "client.edit", client)
    name = " ".join(name.split())
    if not name:
        raise Refused(lazy("Name the brand."), "name")
    if any(brand.name.casefold() == name.casefold() for brand in client.brands):
        raise Refused(lazy("This client has this brand already."), "name")
    brand = Brand(client_id=client.id, name=name)
    client.brands.append(brand)
    db.session.flush()
    journal.fact("client.changed", about=client, by=by, changed=["brands"])
    return brand


def add_contact(
    client: Client, name: str, email: str, *, by: Any, position: str = "", phone: str = "", language: str = "",
    reach: str = "", is_approver: bool = False, is_finance: bool = False, gets_reports: bool = True,
) -> Contact:
    """Add a person who speaks for the client; somebody known by the address is taken as is, if no colleague."""
    policy.demand(by, "client.edit", client)
    name, address = " ".join(name.split()), _address(email)
    if not name:
        raise Refused(lazy("Name the person."), "name")
    person = persons.by_email(address) if address else None
    if person is None:
        person = accounts.add_person(
            name, address or None, kind="contact", language=language or client.language, phone=phone.strip(),
        )
    if person.kind != "contact":
        raise Refused(lazy("This is the address of a colleague, not of a client."), "email")
    row = queries.contact_of(client.id, person.id)
    if row is not None and row.is_active:
        raise Refused(lazy("This person speaks for the client already."), "email")
    row = row or Contact(client_id=client.id, person_id=person.id, client=client, person=person)
    row.is_active, row.position, row.reach = True, position.strip(), reach.strip()
    row.is_approver, row.is_finance, row.gets_reports = is_approver, is_finance, gets_reports
    db.session.add(row)
    db.session.flush()
    journal.fact("contact.added", about=row, by=by)
    return row


def change_contact(contact: Contact, *, by: Any, email: str, **card: Any) -> None:
    """Change a contact's name, address, phone, position, language and rights."""
    policy.demand(by, "client.edit", contact.client)
    person, address = contact.person, _address(email)
    told = {"name": person.name, "phone": person.phone, "email": person.email or ""}
    if any({**card, "email": address}.get(name, value) != value for name, value in told.items()):
        _demand_all(person, by)
    if address != (person.email or ""):
        other = persons.by_email(address) if address else None
        if other is not None and other.id != person.id:
            raise Refused(lazy("Somebody with this address is already here."), "email")
        person.email = address or None
        accounts.close_invitations(person)
    for name in ("name", "phone", "language"):
        setattr(person, name, card.get(name, getattr(person, name)))
    for name in ("position", "reach", *RIGHTS):
        setattr(contact, name, card.get(name, getattr(contact, name)))
    person.search_text = f"{person.name} {person.email or ''}".casefold()
    # The row's version moves even when only the person changed, so that a stale form is noticed.
    contact.version = contact.version + 1 if not db.session.is_modified(contact) else contact.version
    db.session.flush()
    journal.fact("contact.changed", about=contact, by=by)


def _demand_all(person: Person, by: Any) -> None:
    """Refuse to rename or readdress somebody whose letters another manager's client relies upon."""
    for client in queries.spoken_for(person.id):
        if not policy.may(by, "client.edit", client):
            whose = client.manager.short_name if client.manager else "–"
            raise Refused(ELSEWHERE % {"who": whose}, "email")


def remove_contact(contact: Contact, *, by: Any) -> None:
    """The person no longer speaks for the client: rights and access end with this unit."""
    policy.demand(by, "client.edit", contact.client)
    contact.is_active = False
    db.session.flush()
    journal.fact("contact.removed", about=contact, by=by)


def _address(email: str) -> str:
    return one_address(email).casefold() if email.strip() else ""

"""Who plays in the demo: the agency's own entities, its staff with random passwords, clients and their contacts."""

import secrets
from dataclasses import dataclass, field
from typing import Any

from agency.entrypoints.cli import founding
from agency.entrypoints.cli.demo.days import read
from agency.kit.db import db
from agency.kit.words import CLIENT
from agency.people.accounts import operations as accounts
from agency.people.accounts import passwords
from agency.people.accounts import queries as persons
from agency.people.accounts.identity import Actor, as_actor
from agency.people.accounts.models import Person
from agency.people.agency import operations as agencies
from agency.people.agency.models import OwnEntity
from agency.people.clients import billing, nuances
from agency.people.clients import operations as clients
from agency.people.clients.models import Client
from agency.people.departments import operations as departments

HOST = "agency.example"
# Letters that nobody mistakes for one another when typing from a screen.
LETTERS = "abcdefghjkmnpqrstuvwxyz"
DIGITS = "23456789"


@dataclass(frozen=True)
class Password:
    """A fresh password and its hash, made before the unit begins because hashing takes time."""

    plain: str
    hash: str

    @classmethod
    def fresh(cls) -> "Password":
        """A random one, about 60 bits, in groups that can be typed."""
        groups = ["".join(secrets.choice(LETTERS) for _ in range(4)) for _ in range(3)]
        plain = "-".join([*groups, "".join(secrets.choice(DIGITS) for _ in range(2))])
        return cls(plain, passwords.hashed(plain))


@dataclass
class Company:
    """Everybody of the demo by a short name."""

    persons: dict[str, int] = field(default_factory=dict)
    clients: dict[str, int] = field(default_factory=dict)
    entities: dict[str, int] = field(default_factory=dict)
    cards: list[str] = field(default_factory=list)

    def person(self, key: str) -> Person:
        """The row of a person."""
        return db.session.get_one(Person, self.persons[key])

    def by(self, key: str) -> Actor:
        """A person as an actor, as things stand now."""
        return as_actor(self.person(key))

    def client(self, key: str) -> Client:
        """The row of a client."""
        return db.session.get_one(Client, self.clients[key])

    def entity(self, key: str) -> OwnEntity:
        """An own entity of the agency."""
        return db.session.get_one(OwnEntity, self.entities[key])


def fresh_passwords() -> dict[str, Password]:
    """One for each member of staff."""
    return {key: Password.fresh() for key in read("people.toml")["staff"]}


def gather(fresh: dict[str, Password]) -> Company:
    """Found the agency and let everybody in, in the open unit."""
    words, company = read("people.toml"), Company()
    entity = founding.found()
    for key, card in words["staff"].items():
        _let_in(company, key, card, words["phones"].get(key, ""), fresh[key])
    owner = company.by("owner")
    agencies.change_entity(entity, by=owner, **words["entity"])
    company.entities["ru"] = entity.id
    for card in words["entities"]:
        key = card.pop("key")
        company.entities[key] = agencies.add_entity(by=owner, **card).id
    for code, key in words["heads"].items():
        departments.name_head(code, company.person(key))
    db.session.flush()
    for card in words["clients"]:
        _add_client(company, card)
    return company


def _let_in(company: Company, key: str, card: list[str], phone: str, password: Password) -> None:
    name, login, position, role, department = card
    person = accounts.add_person(
        name, f"{login}@{HOST}", position=position, phone=phone, roles=((role, department or None),),
    )
    company.persons[key] = person.id
    invitation = persons.open_invitation(accounts.invite(person, by=company.by("owner")))
    if invitation is None:
        raise LookupError(f"the invitation of {name} is gone")
    accounts.accept_invitation(invitation, password.hash, by=as_actor(person))
    company.cards.append(f"{name}, {position}: {person.email}  {password.plain}")


def _add_client(company: Company, card: dict[str, Any]) -> None:
    manager = card["manager"]
    owner = company.by("owner")
    client = clients.add(
        card["name"], by=owner, manager=company.person(manager), code=card["code"], about=card["about"],
        country=card.get("country", "RU"), currency=card.get("currency", "RUB"), language=spoken(card),
        own_entity=company.entity(card.get("entity", "ru")),
    )
    company.clients[card["key"]] = client.id
    for brand in card.get("brands", ()):
        clients.add_brand(client, brand, by=owner)
    billing.add(client, by=owner, **card["billing"])
    for said in card.get("nuances", ()):
        nuances.add(client, said["words"], said["places"], by=owner)
    for contact in card["contacts"]:
        row = clients.add_contact(
            client, contact["name"], contact["email"], by=owner, position=contact["position"],
            phone=contact.get("phone", ""), reach=contact.get("reach", ""), is_finance=contact.get("finance", False),
            is_approver=contact.get("approves", False), gets_reports=not contact.get("finance", False),
        )
        company.persons[contact["key"]] = row.person_id


def spoken(card: dict[str, Any]) -> str:
    """The client's language, or English when the product does not speak it."""
    language = str(card.get("language", "ru"))
    return language if language in CLIENT else "en"

"""What is done to the client's legal entities: added, changed, put away, taken back."""

from collections.abc import Mapping
from typing import Any

from agency.kit import clock, journal, policy
from agency.kit.db import db
from agency.kit.states import Refused
from agency.kit.words import Lazy, lazy
from agency.people.agency import requisites
from agency.people.clients.models import BillingEntity, Client

CARD = ("name", "country", "address")


class WrongRequisites(Refused):
    """Some requisites cannot be right; `wrong` names each with its sentence."""

    def __init__(self, wrong: Mapping[str, Lazy]) -> None:
        field, sentence = next(iter(wrong.items()))
        super().__init__(sentence, field)
        self.wrong = wrong


def add(
    client: Client, name: str, *, by: Any, country: str = "", address: str = "",
    requisites: Mapping[str, str] | None = None,
) -> BillingEntity:
    """Add a legal entity that agreements and invoices name; raises WrongRequisites with every mistake."""
    policy.demand(by, "client.edit", client)
    country = country or client.country
    entity = BillingEntity(
        client=client, name=_named(name), country=country, address=address.strip(),
        requisites=_checked(country, requisites or {}),
    )
    db.session.add(entity)
    db.session.flush()
    journal.fact("billing_entity.added", about=entity, by=by, name=entity.name)
    return entity


def change(entity: BillingEntity, *, by: Any, requisites: Mapping[str, str] | None = None, **card: str) -> None:
    """Change name, country, address or requisites; those of another country go with the country."""
    policy.demand(by, "client.edit", entity.client)
    for name in CARD:
        setattr(entity, name, card.get(name, getattr(entity, name)).strip())
    entity.name = _named(entity.name)
    entity.requisites = _checked(entity.country, entity.requisites if requisites is None else requisites)
    db.session.flush()
    journal.fact("billing_entity.changed", about=entity, by=by, name=entity.name)


def put_away(entity: BillingEntity, *, by: Any) -> None:
    """Offer it nowhere any more; what names it already goes on naming it."""
    policy.demand(by, "client.edit", entity.client)
    if entity.archived_at is None:
        entity.archived_at = clock.now()
        db.session.flush()
        journal.fact("billing_entity.archived", about=entity, by=by, name=entity.name)


def take_back(entity: BillingEntity, *, by: Any) -> None:
    """Offer it again."""
    policy.demand(by, "client.edit", entity.client)
    if entity.archived_at is not None:
        entity.archived_at = None
        db.session.flush()
        journal.fact("billing_entity.restored", about=entity, by=by, name=entity.name)


def _named(name: str) -> str:
    if not name.strip():
        raise Refused(lazy("Name the legal entity."), "name")
    return " ".join(name.split())


def _checked(country: str, typed: Mapping[str, str]) -> dict[str, str]:
    kept, wrong = requisites.check(country, typed)
    if wrong:
        raise WrongRequisites(wrong)
    return kept

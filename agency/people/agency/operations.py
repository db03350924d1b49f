"""What is done to the agency's own legal entities."""

from typing import Any

from agency.kit import journal, policy
from agency.kit.db import db
from agency.kit.states import Refused
from agency.kit.words import lazy
from agency.people.agency.models import OwnEntity

CARD = (
    "name", "brand", "country", "currency", "language", "address", "site", "phone", "requisites", "rounding",
)  # fmt: skip


def add_entity(*, by: Any, **card: Any) -> OwnEntity:
    """Add a legal entity that signs and bills, with the fields of CARD; raises Refused without a name."""
    policy.demand(by, "settings.edit")
    entity = OwnEntity(**_checked(card))
    db.session.add(entity)
    db.session.flush()
    journal.fact("own_entity.added", about=entity, by=by, name=entity.name)
    return entity


def change_entity(entity: OwnEntity, *, by: Any, **card: Any) -> None:
    """Change what CARD names; what was sent under the old card keeps it."""
    policy.demand(by, "settings.edit")
    changed = [name for name, value in _checked(card).items() if getattr(entity, name) != value]
    for name in changed:
        setattr(entity, name, card[name])
    if changed:
        db.session.flush()
        journal.fact("own_entity.changed", about=entity, by=by, name=entity.name, changed=changed)


def _checked(card: dict[str, Any]) -> dict[str, Any]:
    unknown = set(card) - set(CARD)
    if unknown:
        raise TypeError(f"a legal entity has no {', '.join(sorted(unknown))}")
    if not str(card.get("name", "-")).strip():
        raise Refused(lazy("Name the legal entity."), "name")
    return card

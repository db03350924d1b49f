"""What is done to the agency's own legal entities."""

from collections.abc import Mapping
from io import BytesIO
from typing import Any, Protocol

from agency.kit import journal, policy, storage
from agency.kit.db import after_commit, db
from agency.kit.states import Refused
from agency.kit.storage import Waiting
from agency.kit.words import Lazy, lazy
from agency.people.agency import logos, queries, requisites
from agency.people.agency.models import OwnEntity

CARD = (
    "name", "brand", "country", "currency", "language", "address", "site", "phone", "requisites", "rounding",
)  # fmt: skip
LARGEST_LOGO = 64 << 20  # a picture drawn anew may take more room than it came in


class Upload(Protocol):
    """A file that a form brought, already on the disk."""

    name: str
    staged: Waiting


class WrongRequisites(Refused):
    """Some requisites cannot be right; `wrong` names each with its sentence."""

    def __init__(self, wrong: Mapping[str, Lazy]) -> None:
        field, sentence = next(iter(wrong.items()))
        super().__init__(sentence, field)
        self.wrong = wrong


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
    was = {name: getattr(entity, name) for name in changed}
    for name in changed:
        setattr(entity, name, card[name])
    if changed:
        db.session.flush()
        journal.fact(
            "own_entity.changed", about=entity, by=by, name=entity.name, changed=changed, was=was,
            becomes={name: card[name] for name in changed},
        )


def set_requisites(entity: OwnEntity, typed: Mapping[str, str], *, by: Any) -> None:
    """Keep the requisites of its country; raises WrongRequisites with every mistake."""
    kept, wrong = requisites.check(entity.country, typed)
    if wrong:
        raise WrongRequisites(wrong)
    change_entity(entity, by=by, requisites=kept)


def make_default(entity: OwnEntity, *, by: Any) -> None:
    """Let this legal entity stand on documents when nobody chose another."""
    policy.demand(by, "settings.edit")
    before = queries.default_entity()
    if before is not None and before.id == entity.id:
        return
    for one in queries.own_entities():
        one.is_default = one.id == entity.id
    db.session.flush()
    journal.fact(
        "settings.changed", about=entity, by=by, key="default_entity",
        was=before.name if before else None, becomes=entity.name,
    )


def set_logo(entity: OwnEntity, upload: Upload | None, *, by: Any) -> None:
    """Head the documents with a PNG or JPEG, or with none; raises Refused (field "logo") for another file."""
    policy.demand(by, "settings.edit")
    was, drawn = entity.logo_key, None
    if upload is not None:
        with upload.staged.open() as file:
            drawn = storage.stage(BytesIO(logos.redrawn(file, upload.staged.size)), LARGEST_LOGO)
        after_commit(drawn.settle)
    entity.logo_key = drawn.sha256 if drawn else None
    if entity.logo_key != was:
        db.session.flush()
        journal.fact(
            "settings.changed", about=entity, by=by, key="logo", was=was, becomes=entity.logo_key, name=entity.name,
        )


def _checked(card: dict[str, Any]) -> dict[str, Any]:
    unknown = set(card) - set(CARD)
    if unknown:
        raise TypeError(f"a legal entity has no {', '.join(sorted(unknown))}")
    if not str(card.get("name", "-")).strip():
        raise Refused(lazy("Name the legal entity."), "name")
    return card

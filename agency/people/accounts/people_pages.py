"""The pages of one colleague: the card, the roles, the last day and the way back."""

from typing import Any

from flask import request

from agency.kit.db import unit
from agency.kit.policy import may
from agency.kit.web import Room, actor, changed_meanwhile, choices, go, needs, own_unit, page, refusals
from agency.kit.web.versions import STALE
from agency.kit.words import _, listed
from agency.people.accounts import owners, proving, queries, roles
from agency.people.accounts.forms import DEPARTMENT_NAMES, ROLE_NAMES, CardForm, LeavingForm, RolesForm
from agency.people.accounts.models import Person
from agency.people.agency import queries as agencies

PLAIN = ("owner", "admin", "finance")
OFFERED: tuple[roles.Role, ...] = (
    *((role, None) for role in PLAIN), ("account_manager", "account"),
    *((role, code) for role in ("head", "specialist") for code in ("creative", "media", "production", "account")),
)  # fmt: skip


def routes(room: Room) -> None:
    """Add the addresses of one colleague."""
    both = ["GET", "POST"]
    room.add_url_rule("/people/<int:id>", "person", card, methods=both)
    room.add_url_rule("/people/<int:id>/roles", "roles", edit_roles, methods=both)
    room.add_url_rule("/people/<int:id>/leaving", "dismiss", dismiss, methods=both)
    room.add_url_rule("/people/<int:id>/return", "take_back", take_back, methods=["POST"])


def _status() -> int:
    return 422 if request.method == "POST" else 200


@needs("person.edit", of=queries.anybody)
@own_unit
def card(person: Person) -> Any:
    """How a colleague is called and reached."""
    form, id = CardForm(obj=person), person.id
    shown = {name: getattr(person, name) for name in ("name", "email", "position", "phone")}
    if request.method == "POST":
        if stale := changed_meanwhile(form, person, shown):
            return stale
        moves_mail = (form.email.data or "").strip().casefold() != person.email
        if form.sent() and (not moves_mail or proving.proven(form)):
            with refusals(form) as outcome, unit():
                changed = {name: " ".join((form[name].data or "").split()) for name in roles.CARD}
                roles.change_card(_again(id), by=actor(), **changed)
            if outcome.ok:
                return go("accounts.person", id=id, said=_("Saved."))
    return _card(_again(id), form)


def _again(id: int) -> Person:
    """The same person, read anew in the present transaction."""
    return queries.one(id)


def _card(person: Person, form: CardForm) -> Any:
    return page(
        "accounts/person.html", _status(), form=form, person=person, roles=[_role(one) for one in _sorted(person)],
        may_roles=may(actor(), "person.roles", person), positions=agencies.known_positions(), me_id=actor().id,
        asks_again=not proving.is_fresh(),
    )


def _sorted(person: Person) -> list[roles.Role]:
    return sorted(roles.held(person), key=lambda role: (OFFERED.index(role) if role in OFFERED else 99, str(role)))


def _role(role: roles.Role) -> str:
    name, department = role
    return f"{ROLE_NAMES[name]}, {DEPARTMENT_NAMES[department]}" if department else str(ROLE_NAMES[name])


def _key(role: roles.Role) -> str:
    return f"{role[0]}:{role[1] or ''}"


@needs("person.roles", of=queries.colleague)
@own_unit
def edit_roles(person: Person) -> Any:
    """What a colleague may do, by department; an owner's role needs another owner when there are two."""
    held, id = roles.held(person), person.id
    known = {_key(role): role for role in (*OFFERED, *sorted(held, key=str))}
    if not may(actor(), "person.name_owner"):
        known.pop("owner:")
    form = RolesForm(data={"roles": [_key(role) for role in held]})
    form.roles.choices = choices((key, _role(role)) for key, role in known.items())
    standing, seen = " ".join(sorted(map(_key, held))), form.version.data
    form.version.data = standing
    if form.sent():
        wanted = {known[key] for key in form.roles.data or ()}
        if seen != standing:
            return page("errors/409.html", 409, sentence=STALE, theirs=[{
                "label": form.roles.label.text, "mine": listed([_role(role) for role in sorted(wanted, key=str)]),
                "theirs": listed([_role(role) for role in sorted(held, key=str)]),
            }])  # fmt: skip
        if proving.proven(form):
            with refusals(form) as outcome, unit():
                matter = roles.set_roles(_again(id), wanted, by=actor())
            if outcome.ok:
                said = _("Saved. The owner's role waits for another owner.") if matter else _("The roles are saved.")
                return go("accounts.person", id=id, said=said)
    return page("accounts/roles.html", _status(), form=form, person=_again(id), asks_again=not proving.is_fresh(),
                owners=len(queries.with_role("owner")))


@needs("person.dismiss", of=queries.colleague)
@own_unit
def dismiss(person: Person) -> Any:
    """The last day: what hangs on the person, and the end of every session and link."""
    form, id, name = LeavingForm(), person.id, person.name
    if form.sent() and proving.proven(form):
        with refusals(form) as outcome, unit():
            matter = owners.dismiss(_again(id), by=actor())
        if outcome.ok:
            waits = _("Another owner has to confirm the last day of %(who)s.", who=name)
            return go("accounts.people", said=waits if matter else _("%(who)s can no longer come in.", who=name))
    return page("accounts/leaving.html", _status(), form=form, person=_again(id), hangs=queries.hangs_on(_again(id)),
                asks_again=not proving.is_fresh())


@needs("person.edit", of=queries.anybody)
def take_back(person: Person) -> Any:
    """Somebody who left works here again."""
    roles.take_back(person, by=actor())
    return go("accounts.person", id=person.id, said=_("%(who)s works here again: make a new link.", who=person.name))

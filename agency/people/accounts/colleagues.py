"""The page of colleagues: who works here, and inviting somebody by a link that is mailed and shown once."""

from typing import Any

from flask import request

from agency.kit import mail
from agency.kit.db import unit
from agency.kit.policy import may
from agency.kit.web import Room, actor, go, needs, own_unit, page, refusals, site_url
from agency.kit.web.turning import neighbours, turn
from agency.kit.words import _
from agency.people.accounts import emails, operations, owners, proving, queries, staff
from agency.people.accounts.forms import DEPARTMENT_NAMES, ROLE_NAMES, ColleagueForm
from agency.people.accounts.models import OwnerMatter, Person
from agency.people.agency import queries as agencies


def routes(room: Room) -> None:
    """Add the page and what is done on it."""
    room.add_url_rule("/people", "people", people, methods=["GET", "POST"])
    room.add_url_rule("/people/<int:id>/invitation", "invite_again", invite_again, methods=["POST"])
    room.add_url_rule("/people/matters/<int:id>/confirmation", "confirm_matter", confirm, methods=["POST"])
    room.add_url_rule("/people/matters/<int:id>/dropping", "drop_matter", drop, methods=["POST"])


@needs("person.invite")
@own_unit
def people() -> Any:
    """Everybody of the agency, and a form for one more."""
    form = ColleagueForm(data={"role": "specialist", "department": "creative", "language": "ru"})
    if not may(actor(), "person.name_owner"):
        form.role.choices = [one for one in form.role.choices if one.value != "owner"]
    if request.method == "GET":
        return show(form)
    if not form.sent() or not proving.proven(form):
        return show(form, 422)
    with refusals(form) as outcome, unit():
        person, token = _invite(form.data)
        id = person.id
    if not outcome.ok:
        return show(form, outcome.status)
    return show(ColleagueForm.empty(), invited=queries.get(id), token=token)


def _invite(typed: dict[str, Any]) -> tuple[Person, str]:
    is_owner = typed["role"] == "owner"
    person = operations.add_person(
        typed["name"], typed["email"], position=typed["position"] or "", phone=typed["phone"] or "",
        language=typed["language"], roles=() if is_owner else ((typed["role"], typed["department"] or None),),
    )
    if is_owner:
        owners.ask("grant", person, by=actor())
    return person, send_invitation(person)


def send_invitation(person: Person) -> str:
    """Open an invitation, mail it, and return its token for the one time it is shown."""
    token = operations.invite(person, by=actor())
    own = agencies.default_entity()
    letter = emails.invitation(
        person, site_url(f"/invitations/{token}"), token, agency=own.brand if own else "Agency", inviter=actor().name,
    )
    mail.post(letter, about=person, by=actor())
    return token


@needs("person.invite", of=queries.colleague)
def invite_again(person: Person) -> Any:
    """A fresh link for somebody who lost the first one or the password."""
    return show(ColleagueForm.empty(), invited=person, token=send_invitation(person))


@needs("person.name_owner", of=queries.matter)
def confirm(matter: OwnerMatter) -> Any:
    """Agree with another owner."""
    owners.confirm(matter, by=actor())
    return go("accounts.people", said=_("Two owners agree: it is done."))


@needs("person.name_owner", of=queries.matter)
def drop(matter: OwnerMatter) -> Any:
    """Leave everything as it is."""
    owners.drop(matter, by=actor())
    return go("accounts.people", said=_("Everything stays as it was."))


def show(form: ColleagueForm, status: int = 200, invited: Person | None = None, token: str = "") -> Any:
    """The page itself; with a token it shows the link, this once."""
    return page(
        "accounts/people.html", status, form=form, roles=ROLE_NAMES, departments=DEPARTMENT_NAMES, invited=invited,
        positions=agencies.known_positions(), address=site_url(f"/invitations/{token}") if token else "",
        me_id=actor().id, matters=queries.open_matters() if may(actor(), "person.name_owner") else [],
        asks_again=not proving.is_fresh(), how_many=staff.how_many(), **_list(),
    )


def _list() -> dict[str, Any]:
    """The people of the list as it was narrowed, and what it may be narrowed to."""
    text, has_left = request.args.get("q", ""), request.args.get("left") == "1"
    code = request.args.get("department", "")
    code = code if code in DEPARTMENT_NAMES and not has_left else ""
    leaf = staff.listed(turn(), text, code, has_left)
    kept = {"q": text or None, "department": code or None, "left": 1 if has_left else None}
    return {
        "people": leaf.rows, "pages": neighbours(leaf, "accounts.people", **kept), "text": text, "department": code,
        "has_left": has_left,
    }

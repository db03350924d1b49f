"""The page of colleagues: who works here, inviting somebody by a link, and somebody's last day."""

from typing import Any

from flask import request

from agency.kit.policy import may
from agency.kit.web import Room, actor, go, needs, page, refusals, site_url
from agency.kit.words import _
from agency.people.accounts import operations, queries
from agency.people.accounts.forms import DEPARTMENT_NAMES, ROLE_NAMES, ColleagueForm
from agency.people.accounts.models import Person


def routes(room: Room) -> None:
    """Add the page and what is done on it."""
    room.add_url_rule("/people", "people", people, methods=["GET", "POST"])
    room.add_url_rule("/people/<int:id>/invitation", "invite_again", invite_again, methods=["POST"])
    room.add_url_rule("/people/<int:id>/leaving", "dismiss", dismiss, methods=["POST"])


@needs("person.invite")
def people() -> Any:
    """Everybody of the agency, and a form for one more."""
    form = ColleagueForm(data={"role": "specialist", "department": "creative", "language": "ru"})
    if form.sent():
        with refusals(form) as outcome:
            person, token = _invite(form.data)
        if outcome.ok:
            return _page(ColleagueForm.empty(), invited=person, token=token)
        return _page(form, outcome.status)
    return _page(form, 422 if request.method == "POST" else 200)


def _invite(typed: dict[str, Any]) -> tuple[Person, str]:
    person = operations.add_person(
        typed["name"], typed["email"], position=typed["position"] or "", phone=typed["phone"] or "",
        language=typed["language"], roles=((typed["role"], typed["department"] or None),),
    )
    return person, operations.invite(person, by=actor())


@needs("person.invite", of=queries.colleague)
def invite_again(person: Person) -> Any:
    """A fresh link for somebody who lost the first one or the password."""
    return _page(ColleagueForm.empty(), invited=person, token=operations.invite(person, by=actor()))


@needs("person.invite", of=queries.colleague)
def dismiss(person: Person) -> Any:
    """The last day: every session and link of the person ends."""
    operations.dismiss(person, by=actor())
    return go("accounts.people", said=_("%(who)s can no longer come in.", who=person.name))


def _page(form: ColleagueForm, status: int = 200, invited: Person | None = None, token: str = "") -> Any:
    return page(
        "accounts/people.html", status, form=form, people=queries.staff(), roles=ROLE_NAMES,
        departments=DEPARTMENT_NAMES, invited=invited, may_invite=may(actor(), "person.invite"),
        address=site_url(f"/invitations/{token}") if token else "", me_id=actor().id,
    )

"""A client's own people: who else comes in, letting a colleague in, and a deputy for some days."""

from typing import Any

from agency.entrypoints.portal import queries
from agency.entrypoints.portal.forms import InviteColleague, NameDeputy
from agency.kit import clock
from agency.kit.db import db
from agency.kit.web import Form, Room, actor, choices, go, needs, page, refusals
from agency.kit.words import _
from agency.people.clients import cabinet
from agency.people.clients import queries as clients
from agency.people.clients.models import Client, Deputy

AT = "/portal/clients/<int:id>/colleagues"


def routes(room: Room) -> None:
    """Add the page of colleagues and what can be done there."""
    room.add_url_rule(AT, "colleagues", show)
    room.add_url_rule(AT, "invite_colleague", invite, methods=["POST"])
    room.add_url_rule("/portal/clients/<int:id>/deputies", "name_deputy", deputise, methods=["POST"])
    room.add_url_rule("/portal/deputies/<int:id>/ending", "end_deputy", end, methods=["POST"])


@needs("colleague.invite", of=clients.get)
def show(client: Client) -> Any:
    """Who speaks for the client, and who stands in for whom."""
    return page_of(client)


@needs("colleague.invite", of=clients.get)
def invite(client: Client) -> Any:
    """Let a colleague in; the manager is told."""
    form = InviteColleague(prefix="invite-")
    if form.sent():
        with refusals(form) as outcome:
            added = cabinet.invite(
                client, form.name.data or "", form.email.data or "", by=actor(), approver=bool(form.approver.data),
            )
        if outcome.ok:
            said = _("The invitation goes to %(name)s. Your manager knows.", name=added.person.name)
            return go("portal.colleagues", id=client.id, said=said)
        return _again(client.id, outcome.status, invite=form)
    return _again(client.id, 422, invite=form)


@needs("colleague.invite", of=clients.get)
def deputise(client: Client) -> Any:
    """Lend the own word for some days."""
    form = _deputy_form(client)
    if form.sent():
        with refusals(form) as outcome:
            named = cabinet.name_deputy(
                client, form.data["person_id"], form.data["from_on"], form.data["until_on"], by=actor(),
            )
        if outcome.ok:
            said = _("%(name)s decides for you in these days. Your manager knows.", name=named.person.name)
            return go("portal.colleagues", id=client.id, said=said)
        return _again(client.id, outcome.status, deputy=form)
    return _again(client.id, 422, deputy=form)


@needs("deputy.end", of=clients.deputy)
def end(row: Deputy) -> Any:
    """Take the own word back."""
    cabinet.end_deputy(row, by=actor())
    return go("portal.colleagues", id=row.client_id, said=_("You decide yourself again."))


def _again(client_id: int, status: int, **forms: Form) -> Any:
    db.session.rollback()
    client = clients.get(client_id)
    return page_of(client, status, **forms)


def page_of(client: Any, status: int = 200, **forms: Form) -> Any:
    """The page, with the forms as they were sent or fresh."""
    who, deputies = actor(), clients.deputies(client.id)
    lends = client.id in who.approves_for and client.id not in dict(who.stands_for)
    return page(
        "portal/colleagues.html", status, client=client, client_name=client.name, manager=queries.own_manager(who),
        contacts=clients.active_contacts(client.id), deputies=deputies, today=clock.today(), lends=lends,
        approvers_too=lends and client.invites == "approvers", may_invite=client.invites != "nobody",
        invite=forms.get("invite") or InviteColleague(prefix="invite-", heard=False),
        deputy=forms.get("deputy") or _deputy_form(client, heard=False), me=who.id,
    )


def _deputy_form(client: Client, *, heard: bool = True) -> NameDeputy:
    form = NameDeputy(prefix="deputy-", heard=heard)
    form.person_id.choices = choices(
        (contact.person_id, contact.person.name) for contact in clients.active_contacts(client.id)
        if contact.person_id != actor().id
    )
    return form

"""For the staff: which links lead to a project, who opened what, revoking one, sending a fresh one."""

from typing import Any

from flask import request

from agency.entrypoints.portal import links, queries
from agency.entrypoints.portal.models import Link
from agency.flow.projects.models import Project
from agency.kit import clock, queue
from agency.kit.states import WrongState
from agency.kit.web import Room, actor, go, needs, page
from agency.kit.words import _, lazy
from agency.people.clients import queries as clients

AT = "/projects/<int:id>/links"
GONE = lazy("This person does not speak for the client any more, or has no address.")


def routes(room: Room) -> None:
    """Add the page of links and its two buttons."""
    room.add_url_rule(AT, "links", show)
    room.add_url_rule(AT, "send_link", send, methods=["POST"])
    room.add_url_rule("/projects/<int:project_id>/links/<int:id>/revocation", "revoke_link", revoke, methods=["POST"])


@needs("link.view", of=queries.project)
def show(project: Project) -> Any:
    """Who can look and decide by a link, until when, and what was opened."""
    return page(
        "portal/links.html", project=project, links=queries.links_of(project), now=clock.now(),
        contacts=[contact for contact in clients.active_contacts(project.client_id) if contact.person.email],
        openings=queries.what_was_opened(project),
    )


@needs("link.create", of=queries.project)
def send(project: Project) -> Any:
    """Mail one contact a fresh link; its token is made by the job and is in that mail alone."""
    chosen = request.form.get("contact", "")
    known = {str(contact.id): contact for contact in clients.active_contacts(project.client_id)}
    contact = known.get(chosen)
    if contact is None or not contact.person.email:
        raise WrongState(GONE)
    queue.ask("portal.mail_link", project.id, contact.id)
    return go("portal.links", id=project.id, said=_("The link goes out to %(name)s.", name=contact.person.name))


@needs("link.revoke", of=queries.link)
def revoke(link: Link) -> Any:
    """Close a link: whoever came by it is out with the next request."""
    if link.revoked_at is None:
        links.revoke(link, by=actor())
    return go("portal.links", id=link.project_id, said=_("The link is closed."))

"""Mailed links: made in a job, swapped for a cookie by the reader, narrow, dated and revocable."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from agency.entrypoints.portal.models import Link
from agency.kit import clock, ids, journal
from agency.kit.db import db
from agency.kit.mail import Letter
from agency.kit.web import site_url
from agency.people.accounts.models import SignIn
from agency.people.clients import queries as clients
from agency.people.clients.models import Contact

DAYS = 30
# What a link may carry: look, answer questions and send files, decide.
ACTIONS = ("view", "answer", "decide")


def mint(
    person: Any, project: Any = None, actions: tuple[str, ...] = ("view", "answer"), days: int = DAYS,
    *, to: str = "/portal", request: Any = None, by: Any,
) -> str:
    """Make a link for one contact and return its whole address, the only time it can be read.

    `to` is the path it opens; an approver's link carries "decide". Raises ValueError for an unknown action.
    """
    if unknown := set(actions) - set(ACTIONS):
        raise ValueError(f"unknown actions: {sorted(unknown)}")
    if not to.startswith("/portal"):
        raise ValueError("a link opens pages of the portal only")
    token = ids.token()
    subject = project or request
    link = Link(
        token_hash=ids.digest(token), person_id=person.id, address=person.email or "",
        client_id=_spoken_for(person, getattr(subject, "client_id", None)),
        project_id=project.id if project else None, request_id=request.id if request else None,
        actions=sorted({"view", *actions}), target=to, until=clock.now() + timedelta(days=days),
    )
    db.session.add(link)
    db.session.flush()
    journal.fact("link.made", about=link, by=by)
    return site_url(f"/p/{token}")


def _spoken_for(person: Any, client_id: int | None) -> int | None:
    """The client the link depends on: whoever asks without being its contact yet keeps the link to the request."""
    contact = clients.contact_of(client_id, person.id) if client_id is not None else None
    return client_id if contact is not None and contact.is_active else None


def token_in(url: str) -> str:
    """The token of a link's whole address."""
    return url.rpartition("/p/")[2]


def closed(letter: Letter, url: str) -> Letter:
    """The letter that carries a link: once a mail server has taken it, what we keep opens no door."""
    return replace(letter, secrets=(*letter.secrets, token_in(url)))


def living(token: str, session: Session) -> Link | None:
    """The link of a token while it is good, and its person is active, has that address and speaks for the client."""
    row = session.scalars(select(Link).where(Link.token_hash == ids.digest(token))).first()
    if row is None or row.revoked_at is not None or row.until <= clock.now() or not row.person.is_active:
        return None
    if row.address != (row.person.email or ""):
        return None
    speaks = select(Contact.id).where(
        Contact.client_id == row.client_id, Contact.person_id == row.person_id, Contact.is_active,
    )
    return row if row.client_id is None or session.scalar(speaks) is not None else None


def swap(token: str, session: Session, browser: str) -> tuple[str, str] | None:
    """Open a session for a link's holder: its secret and the path to go to; None when the link is over."""
    link = living(token, session)
    if link is None:
        return None
    secret = ids.token()
    now = clock.now()
    session.add(SignIn(
        id=ids.digest(secret), person_id=link.person_id, link_id=link.id, started_at=now, seen_at=now,
        until=link.until, browser=browser[:200],
    ))
    return secret, link.target


def revoke(link: Link, *, by: Any) -> None:
    """Close a link; whoever came by it is out with the next request."""
    link.revoked_at = clock.now()
    journal.fact("link.revoked", about=link, by=by)


def revoke_of_contact(contact: Any, *, by: Any) -> None:
    """Close the links by which a person spoke for one client; links for other clients stay."""
    rows = select(Link).where(
        Link.person_id == contact.person_id, Link.revoked_at.is_(None),
        or_(Link.client_id == contact.client_id, Link.client_id.is_(None)),
    )
    for link in db.session.scalars(rows):
        revoke(link, by=by)


def revoke_of_person(person_id: int, *, by: Any) -> None:
    """Close every link of a contact who no longer speaks for the client."""
    rows = select(Link).where(Link.person_id == person_id, Link.revoked_at.is_(None))
    for link in db.session.scalars(rows):
        revoke(link, by=by)

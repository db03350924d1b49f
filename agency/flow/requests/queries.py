"""Questions about requests; lists keep to what the actor may see."""

from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from agency.flow.requests.models import OPEN, Request, RequestMessage
from agency.kit.db import db
from agency.people.accounts import queries as persons
from agency.people.accounts.models import Person
from agency.people.clients import queries as clients
from agency.people.clients.models import Client, Contact

PAGE = 25


def get(id: int) -> Request | None:
    """A request by id, with those it names."""
    whole = (joinedload(Request.client), joinedload(Request.contact), joinedload(Request.taken_by))
    return db.session.get(Request, id, options=whole)


def visible_to(actor: Any) -> Select[Request]:
    """The requests an actor may see: one's own clients', and those of no client yet."""
    rows = select(Request)
    if actor.has("owner", "admin"):
        return rows
    if actor.has("account_manager"):
        return rows.where(or_(Request.client_id.is_(None), Request.client_id.in_(actor.client_ids)))
    if actor.kind == "contact":
        return rows.where(Request.client_id.in_(actor.client_ids))
    return rows.where(Request.id < 0)


def listed(actor: Any, state: str = "", mine: bool = False, text: str = "", after: int = 0) -> list[Request]:
    """The triage list: open ones with the earliest reply first, closed ones newest first; one more than a page."""
    rows = visible_to(actor).options(joinedload(Request.client), joinedload(Request.taken_by))
    rows = rows.where(Request.state.in_((state,) if state else OPEN))
    if mine:
        rows = rows.where(Request.taken_by_id == actor.id)
    if text.strip():
        rows = rows.where(Request.search_text.contains(text.strip().casefold(), autoescape=True))
    waiting = Request.replied_at.is_not(None)
    order = (waiting, Request.reply_due_at, Request.id) if not state or state in OPEN else (Request.id.desc(),)
    return list(db.session.scalars(rows.order_by(*order).offset(after).limit(PAGE + 1)))


def counts(actor: Any) -> dict[str, int]:
    """How many requests the actor sees in each state."""
    seen = visible_to(actor).subquery()
    return {row[0]: row[1] for row in db.session.execute(select(seen.c.state, func.count()).group_by(seen.c.state))}


def like(request: Request, actor: Any, at_most: int = 20) -> list[Request]:
    """Other requests it may repeat: of the same client or address first, then the newest."""
    same = Request.client_id == request.client_id if request.client_id else Request.email == request.email
    rows = visible_to(actor).where(Request.id != request.id, Request.state != "duplicate")
    return list(db.session.scalars(rows.order_by(same.desc(), Request.id.desc()).limit(at_most)))


def talk(request: Request) -> list[RequestMessage]:
    """What was asked and answered, oldest first."""
    return list(db.session.scalars(
        select(RequestMessage).where(RequestMessage.request_id == request.id)
        .options(joinedload(RequestMessage.person)).order_by(RequestMessage.id),
    ))


def last_of_ours(request_id: int) -> RequestMessage | None:
    """Our newest message about a request."""
    return db.session.scalars(
        select(RequestMessage).where(RequestMessage.request_id == request_id, RequestMessage.from_client.is_(False))
        .order_by(RequestMessage.id.desc()),
    ).first()


def contact_with(email: str) -> Contact | None:
    """The one client contact who writes from this address; None when nobody or more than one client."""
    rows = select(Contact).join(Person, Contact.person_id == Person.id).where(
        Person.email == email.strip().casefold(), Contact.is_active,
    )
    found = list(db.session.scalars(rows.limit(2)))
    return found[0] if email.strip() and len(found) == 1 else None


def perhaps(request: Request) -> Contact | None:
    """Whose address was typed into a request of nobody yet; only a person can tell whether it is really theirs."""
    return contact_with(request.email) if request.client_id is None and request.source == "public" else None


def said_just_now(text: str, email: str, since: datetime) -> Request | None:
    """The same words from the same address a moment ago: somebody pressed the button twice."""
    return db.session.scalars(select(Request).where(
        Request.words == text, Request.email == email.strip().casefold(), Request.received_at > since,
        Request.source != "capture",
    )).first()


def client_named_in(text: str, actor: Any) -> Client | None:
    """The client of the actor whose name stands in a text; the longest name wins."""
    plain = text.casefold()
    known = db.session.scalars(clients.visible_to(actor).options(selectinload(Client.brands)))
    named = [(len(name), client.id, client) for client in known
             for name in (client.name, *(brand.name for brand in client.brands)) if name.casefold() in plain]
    return max(named)[2] if named else None


def watchers(request: Request) -> list[Person]:
    """Who should know about a request: whoever took it, else the client's manager, else every account manager."""
    known = request.taken_by or (request.client.manager if request.client else None)
    return [known] if known else persons.with_role("account_manager")


def client_face(request: Request) -> dict[str, Any]:
    """What the client may see of a request."""
    return {
        "number": request.number, "subject": request.subject, "words": request.words, "state": request.state,
        "received_at": request.received_at, "talk": talk(request), "manager": request.taken_by,
        "asks": request.state == "waiting_client",
    }


def project_of(request_id: int) -> Row[Any] | None:
    """The project opened from a request: id, number, name. Its table belongs to a room above this one."""
    projects = db.metadata.tables["projects"].c
    rows = select(projects.id, projects.number, projects.name).where(projects.request_id == request_id)
    return db.session.execute(rows).first()

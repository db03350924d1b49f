"""Questions about requests; lists keep to what the actor may see."""

from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Row, Select, bindparam, false, func, or_, select, true
from sqlalchemy.orm import aliased, joinedload, selectinload

from agency.flow.requests.models import OPEN, Request, RequestMessage, number_of, runs_clock
from agency.kit import journal
from agency.kit.db import Among, ask, db, prepared
from agency.kit.db.paging import FIRST, Leaf, Listing, Stretch, Turn
from agency.kit.db.typed import holding, typed
from agency.kit.journal import Fact
from agency.kit.words import _, short_name
from agency.people.accounts import queries as persons
from agency.people.accounts.models import Person
from agency.people.clients import queries as clients
from agency.people.clients.models import Client, Contact

# More than anybody has at one agency.
IN_CABINET = 26
ALIKE, SHORT = 20, 70


def get(id: int) -> Request | None:
    """A request by id, with those it names."""
    return db.session.scalars(_whole(), {"id": id}).first()


@prepared
def _whole() -> Select[Request]:
    named = (joinedload(Request.client), joinedload(Request.contact), joinedload(Request.taken_by))
    return select(Request).where(Request.id == bindparam("id")).options(*named)


def visible_to(actor: Any) -> Select[Request]:
    """The requests an actor may see: one's own clients', and those of no client yet."""
    return select(Request).where(_seen(reach(actor), actor.client_ids))


def reach(actor: Any) -> str:
    """Which requests an actor sees: "every" one, those of "own" clients or of none yet, only "theirs", or "none"."""
    if actor.has("owner", "admin"):
        return "every"
    if actor.has("account_manager"):
        return "own"
    return "theirs" if actor.kind == "contact" else "none"


def _seen(way: str, clients: Any) -> ColumnElement[bool]:
    of_clients = Request.client_id.in_(clients)
    by = {"every": true(), "own": or_(Request.client_id.is_(None), of_clients), "theirs": of_clients}
    return by.get(way, false())


CLIENTS = Among("clients")


class Listed(NamedTuple):
    """A request as the triage list shows it."""

    id: int
    serial: str
    state: str
    subject: str
    reason: str
    client: str | None
    company: str
    contact_name: str
    taker: str | None
    received_at: datetime
    reply_due_at: datetime
    replied_at: datetime | None
    hold_until: date | None

    @property
    def number(self) -> str:
        """The number as a person reads it."""
        return number_of(self.serial)

    @property
    def from_whom(self) -> str:
        """The client or company, else the person, else nothing."""
        return self.client or self.company or self.contact_name

    @property
    def waits_for_reply(self) -> bool:
        """Whether the reply clock runs."""
        return runs_clock(self.state, self.replied_at)


def listed(actor: Any, state: str = "", mine: bool = False, text: str = "", turn: Turn = FIRST) -> Leaf[Listed]:
    """A page of the triage list: open ones with the earliest reply first, closed ones newest first."""
    names = typed(text)
    listing = _listing(reach(actor), bool(state), not state or state in OPEN, mine, tuple(names))
    return listing.leaf(turn, Listed, state=state, clients=actor.client_ids, actor=actor.id, **names)


@prepared
def _listing(way: str, in_state: bool, is_open: bool, mine: bool, named: tuple[str, ...]) -> Listing:
    row, taker = Request, aliased(Person)
    rows = select(
        row.id, row.serial, row.state, row.subject, row.reason, Client.name, row.company, row.contact_name, taker.name,
        row.received_at, row.reply_due_at, row.replied_at, row.hold_until,
    ).outerjoin(Client, Client.id == row.client_id).outerjoin(taker, taker.id == row.taken_by_id)
    rows = rows.where(_seen(way, CLIENTS), *holding(row.search_text, named))
    rows = rows.where(row.state == bindparam("state") if in_state else row.state.in_(OPEN))
    if mine:
        rows = rows.where(row.taken_by_id == bindparam("actor"))
    urgent = Stretch((row.replied_at.is_not(None), row.reply_due_at, row.id))
    return Listing(rows, urgent if is_open else Stretch((row.id,), falling=True))


def in_cabinet(contact: Any) -> list[Request]:
    """The open requests that a client's contact sees, the earliest reply first."""
    rows = visible_to(contact).where(Request.state.in_(OPEN))
    order = (Request.replied_at.is_not(None), Request.reply_due_at, Request.id)
    return list(db.session.scalars(rows.order_by(*order).limit(IN_CABINET)))


def counts(actor: Any) -> dict[str, int]:
    """How many requests the actor sees in each state."""
    return {row[0]: row[1] for row in ask(_counts(reach(actor)), clients=actor.client_ids)}


@prepared
def _counts(way: str) -> Select[str, int]:
    return select(Request.state, func.count()).where(_seen(way, CLIENTS)).group_by(Request.state)


def like(request: Request, actor: Any) -> list[tuple[int, str]]:
    """Other requests it may repeat, by id, as they are called: of the same client or address first, then the newest."""
    known = {"clients": actor.client_ids, "id": request.id, "client": request.client_id, "email": request.email}
    found = ask(_like(reach(actor), bool(request.client_id)), **known)
    return [(id, f"{number_of(serial)}, {subject[:SHORT]}") for id, serial, subject in found]


@prepared
def _like(way: str, of_client: bool) -> Select[int, str, str]:
    same = Request.client_id == bindparam("client") if of_client else Request.email == bindparam("email")
    rows = select(Request.id, Request.serial, Request.subject)
    rows = rows.where(_seen(way, CLIENTS), Request.id != bindparam("id"), Request.state != "duplicate")
    return rows.order_by(same.desc(), Request.id.desc()).limit(ALIKE)


def history(request_id: int) -> list[tuple[datetime, str]]:
    """What happened to a request, newest first: when, and in a person's words."""
    return [
        (fact.at, journal.sentence(fact, short_name(fact.name) if fact.name else _("the client")))
        for fact in ask(_history(), id=request_id)
    ]


@prepared
def _history() -> Select[*tuple[Any, ...]]:
    rows = select(Fact.at, Fact.verb, Fact.details, Person.name).outerjoin(Person, Person.id == Fact.actor_id)
    return rows.where(Fact.subject_kind == Request.KIND, Fact.subject_id == bindparam("id")).order_by(Fact.id.desc())


def talk(request: Request) -> list[RequestMessage]:
    """What was asked and answered, oldest first."""
    return list(db.session.scalars(_talk(), {"id": request.id}))


@prepared
def _talk() -> Select[RequestMessage]:
    rows = select(RequestMessage).where(RequestMessage.request_id == bindparam("id"))
    return rows.options(joinedload(RequestMessage.person)).order_by(RequestMessage.id)


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
    return ask(_project_of(), id=request_id).first()


@prepared
def _project_of() -> Select[*tuple[Any, ...]]:
    projects = db.metadata.tables["projects"].c
    return select(projects.id, projects.number, projects.name).where(projects.request_id == bindparam("id"))

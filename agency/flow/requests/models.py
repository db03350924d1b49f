"""Requests of clients: their life, their reply clock and the talk that belongs to them."""

from datetime import date, datetime
from typing import ClassVar

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from agency.kit import journal
from agency.kit.db import Folded, Instant, Model, Searched, Stamped, Versioned
from agency.kit.states import Move, Moves
from agency.kit.words import lazy, lazy_in
from agency.people.accounts.models import Person
from agency.people.clients.models import Brand, Client

STATES = ("new", "in_review", "waiting_client", "qualified", "declined", "on_hold", "duplicate", "spam")
OPEN = ("new", "in_review", "waiting_client", "on_hold")
OUR_TURN = text("state IN ('new', 'in_review')")
STATE_NAMES = {
    "new": lazy_in("request", "new"),
    "in_review": lazy_in("request", "in review"),
    "waiting_client": lazy_in("request", "waiting for the client"),
    "qualified": lazy_in("request", "became a project"),
    "declined": lazy_in("request", "declined"),
    "on_hold": lazy_in("request", "on hold"),
    "duplicate": lazy_in("request", "duplicate"),
    "spam": lazy_in("request", "spam"),
}
GOALS = {
    "sales": lazy("More sales"),
    "known": lazy("To be known and remembered"),
    "clear": lazy("Fewer questions and fears"),
    "unsure": lazy("We do not know yet"),
}
NUMBER = lazy_in("request number", "R-%(serial)s")

journal.declare(
    {
        "request.received": lazy("The request came in"),
        "request.captured": lazy("%(who)s wrote the request down"),
        "request.taken": lazy("%(who)s took the request"),
        "request.asked": lazy("%(who)s asked the client a question"),
        "request.answered": lazy("%(who)s answered the question"),
        "request.qualified": lazy("%(who)s opened a project from the request"),
        "request.declined": lazy("%(who)s declined the request: %(reason)s"),
        "request.reopened": lazy("%(who)s took the request up again"),
        "request.held": lazy("%(who)s put the request on hold: %(reason)s"),
        "request.resumed": lazy("%(who)s went on with the request"),
        "request.marked_duplicate": lazy("%(who)s marked the request as a duplicate"),
        "request.marked_spam": lazy("%(who)s marked the request as spam"),
        "request.client_named": lazy("%(who)s named the client"),
    },
    for_client={"request.received": (), "request.asked": (), "request.answered": (), "request.qualified": ()},
)

TRIAGE = "request.triage"
MOVES = Moves("request", STATES, [
    Move("take", ("new",), "in_review", TRIAGE, "request.taken", lazy("Take the request")),
    Move("ask", ("new", "in_review"), "waiting_client", TRIAGE, "request.asked", lazy("Ask the client"),
         asks=("question",), audience="client"),
    Move("answer", ("waiting_client",), "in_review", "request.answer", "request.answered", lazy("Answer"),
         asks=("answer",), audience="client"),
    Move("qualify", ("in_review",), "qualified", "project.create", "request.qualified", lazy("Open a project"),
         audience="client"),
    Move("decline", ("new", "in_review"), "declined", TRIAGE, "request.declined", lazy("Decline the request"),
         asks=("reason",)),
    Move("reopen", ("declined",), "in_review", TRIAGE, "request.reopened", lazy("Take it up again")),
    Move("hold", ("in_review",), "on_hold", TRIAGE, "request.held", lazy("Put it on hold"), asks=("reason", "until")),
    Move("resume", ("on_hold",), "in_review", TRIAGE, "request.resumed", lazy("Go on with it")),
    Move("mark_duplicate", ("new", "in_review"), "duplicate", TRIAGE, "request.marked_duplicate",
         lazy("It is a duplicate"), asks=("of",)),
    Move("mark_spam", ("new",), "spam", TRIAGE, "request.marked_spam", lazy("It is spam")),
])  # fmt: skip


def number_of(serial: str) -> str:
    """The number of a request as a person reads it, with the letter of the language of the moment."""
    return str(NUMBER % {"serial": serial})


def runs_clock(state: str, replied_at: datetime | None) -> bool:
    """Whether somebody waits for our answer."""
    return replied_at is None and state in ("new", "in_review")


class Request(Searched, Versioned, Stamped, Model):
    """What somebody asks for. Until a client is known, company and contact are what was typed."""

    __tablename__ = "requests"
    KIND: ClassVar[str] = "request"
    SEARCHED_BY: ClassVar[tuple[str, ...]] = ("search_text", "serial")
    __table_args__ = (
        CheckConstraint(f"state IN {STATES}", name="state"),
        # What has to be answered next, without a look at all that ever came.
        Index("ix_requests_state_due", "state", "reply_due_at", "replied_at"),
        # The same of some clients alone.
        Index("ix_requests_our_turn", "client_id", sqlite_where=OUR_TURN, postgresql_where=OUR_TURN),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    serial: Mapped[str] = mapped_column("number", unique=True)
    state: Mapped[str] = mapped_column(default="new", index=True)
    source: Mapped[str]
    language: Mapped[str] = mapped_column(default="ru")
    client_id: Mapped[int | None] = mapped_column(ForeignKey("clients.id"), index=True)
    brand_id: Mapped[int | None] = mapped_column(ForeignKey("brands.id"))
    contact_person_id: Mapped[int | None] = mapped_column(ForeignKey("persons.id"))
    company: Mapped[str] = mapped_column(default="")
    contact_name: Mapped[str] = mapped_column(default="")
    email: Mapped[str] = mapped_column(default="")
    phone: Mapped[str] = mapped_column(default="")
    subject: Mapped[str]
    words: Mapped[str]
    goal: Mapped[str] = mapped_column(default="")
    budget_words: Mapped[str] = mapped_column(default="")
    deadline_words: Mapped[str] = mapped_column(default="")
    received_at: Mapped[datetime] = mapped_column(Instant)
    reply_due_at: Mapped[datetime] = mapped_column(Instant)
    replied_at: Mapped[datetime | None] = mapped_column(Instant)
    acknowledged_at: Mapped[datetime | None] = mapped_column(Instant)
    taken_by_id: Mapped[int | None] = mapped_column(ForeignKey("persons.id"), index=True)
    reason: Mapped[str] = mapped_column(default="")
    hold_until: Mapped[date | None]
    duplicate_of_id: Mapped[int | None] = mapped_column(ForeignKey("requests.id"))
    search_text: Mapped[str] = mapped_column(Folded, default="")
    client: Mapped[Client | None] = relationship()
    brand: Mapped[Brand | None] = relationship(foreign_keys=[brand_id])
    contact: Mapped[Person | None] = relationship(foreign_keys=[contact_person_id])
    taken_by: Mapped[Person | None] = relationship(foreign_keys=[taken_by_id])
    duplicate_of: Mapped["Request | None"] = relationship(remote_side=[id])
    messages: Mapped[list["RequestMessage"]] = relationship(order_by="RequestMessage.id")

    @property
    def number(self) -> str:
        """The number as a person reads it, with the letter of the language of the moment."""
        return number_of(self.serial)

    @property
    def manager_id(self) -> int | None:
        """Who looks after the client, so that rights hold for a client made a moment ago."""
        return self.client.manager_id if self.client else None

    @property
    def from_whom(self) -> str:
        """The client or company, else the person, else nothing."""
        return (self.client.name if self.client else self.company) or self.contact_name

    @property
    def waits_for_reply(self) -> bool:
        """Whether the reply clock runs."""
        return runs_clock(self.state, self.replied_at)


class RequestMessage(Stamped, Model):
    """A question of ours or an answer of the client about a request."""

    __tablename__ = "request_messages"
    id: Mapped[int] = mapped_column(primary_key=True)
    request_id: Mapped[int] = mapped_column(ForeignKey("requests.id"), index=True)
    client_id: Mapped[int | None] = mapped_column(ForeignKey("clients.id"))
    from_client: Mapped[bool]
    words: Mapped[str]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("persons.id"))
    mailed_at: Mapped[datetime | None] = mapped_column(Instant)
    person: Mapped[Person | None] = relationship()

"""What is done to a request: it comes in, is taken, asked about, and decided on."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from sqlalchemy import update

from agency.attached.files.models import File
from agency.flow.requests import guessing, queries, reply_clock
from agency.flow.requests.models import GOALS, MOVES, Request, RequestMessage
from agency.kit import clock, journal, policy
from agency.kit.db import db
from agency.kit.states import Refused, WrongState
from agency.kit.words import lazy
from agency.people.accounts import operations as accounts
from agency.people.accounts import queries as persons
from agency.people.accounts.models import Person
from agency.people.agency import numbering
from agency.people.agency import queries as agencies
from agency.people.clients.models import Client

LONGEST_SUBJECT = 120
TYPED = ("company", "contact_name", "email", "phone", "budget_words", "deadline_words")


def receive(
    words: str, *, by: Any, language: str = "ru", goal: str = "", client: Client | None = None,
    source: str = "public", **typed: str,
) -> Request:
    """A request from outside, in the client's own words, with the fields of TYPED as they were typed.

    Anybody may type anybody's address, so an address alone makes it nobody's: `queries.perhaps` offers whose it is,
    and a person confirms. Raises Refused without words or without a way to answer.
    """
    if not typed.get("email") and not typed.get("phone") and by.kind != "contact":
        raise Refused(lazy("Leave an address or a phone number, so that we can answer."), "email")
    if goal and goal not in GOALS:
        raise Refused(lazy("Choose one of the answers."), "goal")
    client_id = client.id if client else None
    request = _write(words, language=language, source=source, goal=goal, client_id=client_id, **typed)
    if by.kind == "contact":
        request.contact_person_id = by.id
    db.session.flush()
    journal.fact("request.received", about=request, by=by, audience="client", source=source)
    return request


def capture(words: str, *, by: Any, client: Client | None = None, language: str = "", **typed: str) -> Request:
    """A request written down by an account manager; what was not typed is guessed from the text."""
    policy.demand(by, "request.create")
    guessed = guessing.guess(words)
    client = client or queries.client_named_in(words, by)
    filled = {name: typed.get(name) or guessed.get(name, "") for name in TYPED}
    known = queries.contact_with(filled["email"])
    if known and client is None and known.client_id in by.client_ids:
        client = known.client
    request = _write(words, language=language or (client.language if client else "ru"), source="capture",
                     client_id=client.id if client else None, **filled)
    if known and known.client_id == request.client_id:
        request.contact_person_id = known.person_id
    db.session.flush()
    journal.fact("request.captured", about=request, by=by)
    return request


def _write(words: str, **typed: Any) -> Request:
    text = words.strip()
    if not text:
        raise Refused(lazy("Say in your own words what is to be done."), "words")
    now, calendar = clock.now(), agencies.calendar()
    minutes = agencies.value("requests.reply_minutes")
    year = clock.today().year
    request = Request(
        serial=f"{year}-{numbering.take(f'request:{year}')}", subject=guessing.subject(text, LONGEST_SUBJECT),
        words=text, received_at=now, reply_due_at=reply_clock.due(calendar, now, minutes), **typed,
    )
    request.email = request.email.strip().casefold() if request.email else ""
    said = (request.serial, request.subject, request.company, request.contact_name, request.email, text[:2000])
    request.search_text = " ".join(part for part in said if part).casefold()
    db.session.add(request)
    db.session.flush()
    return request


def take(request: Request, *, by: Any) -> None:
    """Take a new request; raises WrongState naming who was faster."""
    if request.taken_by_id and request.state == "in_review":
        whose = request.taken_by.short_name if request.taken_by and request.taken_by_id != by.id else ""
        if not whose:
            raise WrongState(lazy("You have taken this request already."))
        raise WrongState(lazy("%(who)s took this request a moment before you.", who=whose))
    MOVES.take(request, "take", by=by)
    request.taken_by = by.person
    db.session.flush()


def ask(request: Request, question: str, *, by: Any) -> RequestMessage:
    """Ask the client; the question is mailed as a consequence. Raises Refused when there is no address."""
    if request.contact is None and not request.email:
        raise Refused(lazy("There is no address to mail the question to. Write it in, or call."), "question")
    MOVES.take(request, "ask", by=by, question=question.strip())
    request.contact = request.contact or _contact(request)
    _replied(request, by)
    return _say(request, question, by, from_client=False)


def answer(request: Request, words: str, *, by: Any) -> RequestMessage:
    """The client's answer, typed by the client through a link, or by us after a call."""
    MOVES.take(request, "answer", by=by, answer=words.strip())
    return _say(request, words, by, from_client=True)


def qualify(request: Request, client: Client, *, by: Any) -> None:
    """The request becomes work for this client; `projects.operations.open_from` calls it and opens the project."""
    name_client(request, client, by=by)
    MOVES.take(request, "qualify", by=by)
    _replied(request, by)


def confirm_sender(request: Request, *, by: Any) -> None:
    """It is from the person whose address was typed: from now on it is of that person's client."""
    known = queries.perhaps(request)
    if known is None:
        raise WrongState(lazy("Nobody known to us writes from this address."))
    name_client(request, known.client, by=by)


def name_client(request: Request, client: Client, *, by: Any) -> None:
    """Say which client a request is of; its talk and files follow. Raises Forbidden for another manager's client."""
    policy.demand(by, "request.triage", request)
    if request.client_id == client.id:
        return
    if client.manager_id != by.id:
        policy.demand(by, "client.edit", client)
    if request.contact_person_id is None and (known := queries.perhaps(request)) and known.client_id == client.id:
        request.contact_person_id = known.person_id
    request.client = client
    db.session.flush()
    for message in request.messages:
        message.client_id = client.id
    mine = (File.subject_kind == Request.KIND, File.subject_id == request.id)
    db.session.execute(update(File).where(*mine).values(client_id=client.id))
    journal.fact("request.client_named", about=request, by=by)


def decline(request: Request, reason: str, *, by: Any, letter: str = "") -> None:
    """Say no: the reason is ours, the letter, if there is one, is mailed to the client."""
    MOVES.take(request, "decline", by=by, reason=reason.strip(), letter=bool(letter.strip()))
    request.reason = reason.strip()
    if letter.strip():
        _say(request, letter, by, from_client=False)
    _replied(request, by)


def reopen(request: Request, *, by: Any) -> None:
    """Take a declined request up again."""
    MOVES.take(request, "reopen", by=by)
    request.reason, request.taken_by = "", by.person


def hold(request: Request, reason: str, until: date | None, *, by: Any) -> None:
    """Put it aside until a day, for a reason."""
    if until and until <= clock.today():
        raise Refused(lazy("Name a day later than today."), "until")
    MOVES.take(request, "hold", by=by, reason=reason.strip(), until=until.isoformat() if until else None)
    request.reason, request.hold_until = reason.strip(), until


def resume(request: Request, *, by: Any) -> None:
    """Go on with a request that was on hold."""
    MOVES.take(request, "resume", by=by)
    request.reason, request.hold_until = "", None


def mark_duplicate(request: Request, of: Request | None, *, by: Any) -> None:
    """It repeats another request, which goes on alone."""
    if of is not None and (of.id == request.id or of.state in ("duplicate", "spam")):
        raise Refused(lazy("Choose the request that goes on."), "of")
    MOVES.take(request, "mark_duplicate", by=by, of=of.id if of else None)
    request.duplicate_of = of
    db.session.flush()


def mark_spam(request: Request, *, by: Any) -> None:
    """Nobody asks for anything here."""
    MOVES.take(request, "mark_spam", by=by)


def correct(request: Request, *, by: Any, **typed: str) -> None:
    """Write in what was missing: company, contact_name, email, phone, budget_words, deadline_words."""
    policy.demand(by, "request.triage", request)
    for name in _known(typed):
        setattr(request, name, " ".join(typed[name].split()))
    request.email = request.email.casefold()


def _known(names: Iterable[str]) -> list[str]:
    return [name for name in names if name in TYPED]


def _contact(request: Request) -> Person:
    """The person behind the address, so that a link can be made out to somebody."""
    person = persons.by_email(request.email)
    if person is None:
        name = request.contact_name or request.company or request.email
        person = accounts.add_person(
            name, request.email, kind="contact", language=request.language, phone=request.phone,
        )
    if person.kind != "contact":
        raise Refused(lazy("This is the address of a colleague, not of a client."), "question")
    return person


def _replied(request: Request, by: Any) -> None:
    request.replied_at = request.replied_at or clock.now()
    request.taken_by = request.taken_by or by.person
    db.session.flush()


def _say(request: Request, words: str, by: Any, *, from_client: bool) -> RequestMessage:
    message = RequestMessage(
        request_id=request.id, client_id=request.client_id, from_client=from_client, words=words.strip(),
        person_id=request.contact_person_id if from_client else by.id,
    )
    db.session.add(message)
    db.session.flush()
    return message

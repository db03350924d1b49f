"""What the pages of a request show: the triage list and one request with everything that can be done to it."""

from collections.abc import Collection, Sequence
from typing import Any

from agency.attached.files import queries as files
from agency.flow.requests import emails, queries, reply_clock
from agency.flow.requests.forms import CorrectForm, DeclineForm, DuplicateForm, HeardForm, HoldForm, QuestionForm
from agency.flow.requests.models import MOVES, OPEN, STATE_NAMES, Request
from agency.kit import clock, mail
from agency.kit.policy import may
from agency.kit.web import Form, actor, choices, page
from agency.kit.words import Lazy, lazy
from agency.people.agency import queries as agencies

GROUPS: tuple[tuple[str, Lazy], ...] = (
    ("reply", lazy("Waiting for our answer")),
    ("in_review", lazy("In review")),
    ("waiting_client", lazy("Waiting for the client")),
    ("on_hold", lazy("On hold")),
)
FORMS: dict[str, type[Form]] = {
    "ask": QuestionForm, "answer": HeardForm, "decline": DeclineForm, "hold": HoldForm, "duplicate": DuplicateForm,
    "correct": CorrectForm,
}
# The move that each form of a decision makes.
STEPS = {"ask": "ask", "answer": "answer", "decline": "decline", "hold": "hold", "duplicate": "mark_duplicate"}


def rows(found: Sequence[Any]) -> list[dict[str, Any]]:
    """Each request with its reply clock, where that runs."""
    now, today = clock.now(), clock.today()
    calendar = agencies.calendar() if any(row.waits_for_reply for row in found) else None
    return [
        {"asked": row, "reply": reply_clock.read(calendar, row.reply_due_at, now)
         if calendar and row.waits_for_reply else None,
         "is_today": clock.local(row.reply_due_at).date() == today}
        for row in found
    ]  # fmt: skip


def grouped(found: Sequence[Any]) -> list[tuple[str, Lazy, list[dict[str, Any]]]]:
    """The open requests in their groups, those that want an answer first."""
    shown = rows(found)
    placed = [("reply" if row["reply"] else row["asked"].state, row) for row in shown]
    groups = [(key, title, [row for place, row in placed if place == key]) for key, title in GROUPS]
    return [group for group in groups if group[2]]


def show(asked: Request, status: int = 200, **tried: Form) -> Any:
    """One request; a form that was tried and refused stands open with what was typed."""
    who, moves = actor(), {move.verb for move in MOVES.open_to(asked, actor())}
    triages, perhaps = may(who, "request.triage", asked), queries.perhaps(asked)
    return page(
        "requests/show.html", status, asked=asked, reply=rows([asked])[0]["reply"], talk=queries.talk(asked),
        files=files.of(asked), mails=mail.of(asked), state_names=STATE_NAMES, triages=triages,
        moves=moves, tried=set(tried), forms=_forms(asked, moves, tried) if triages else {},
        history=queries.history(asked.id), project=queries.project_of(asked.id), today=clock.today(),
        perhaps=perhaps if triages else None,
        may_confirm=perhaps is not None and may(who, "client.edit", perhaps.client),
    )


def _forms(asked: Request, moves: Collection[str], tried: dict[str, Form]) -> dict[str, Form]:
    """The forms of what can still be done to it."""
    wanted = {"correct"} if asked.state in OPEN else set()
    wanted |= {name for name, move in STEPS.items() if move in moves}
    forms = {name: tried.get(name) or blank(name, asked) for name in FORMS if name in wanted}
    if "duplicate" in forms:
        forms["duplicate"]["of"].choices = choices(queries.like(asked, actor()))
    return forms


def blank(name: str, asked: Request) -> Form:
    """A form of the page as it stands before anybody typed."""
    form = FORMS[name](obj=asked if name == "correct" else None, prefix=f"{name}-")
    if name == "correct":
        form["client_id"].offer(actor(), asked.client)
    if name == "decline" and not form["letter"].raw_data:
        form["letter"].data = emails.kind_no(asked) if asked.email or asked.contact else ""
    return form

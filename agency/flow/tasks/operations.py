"""What is done to a task: it is opened, taken, worked on, handed in, checked and accepted."""

import hashlib
from collections.abc import Collection, Iterable, Sequence
from typing import Any

from sqlalchemy.orm.exc import StaleDataError

from agency.attached.approvals import operations as approvals
from agency.attached.approvals.models import APPROVED
from agency.attached.files import operations as files
from agency.attached.files import queries as file_queries
from agency.flow.projects import operations as projects
from agency.flow.tasks.models import SIDES, Delivery, Task
from agency.flow.tasks.moves import MOVES, seen_by
from agency.kit import clock, journal
from agency.kit.db import db
from agency.kit.policy import may
from agency.kit.queue import SYSTEM
from agency.kit.states import Refused, WrongState
from agency.kit.words import lazy
from agency.people.accounts.models import Person


def release(task: Task, by: Any) -> None:
    """Open a planned task to its department; one with a name beside it goes to that person at once.

    The first one begins the work of a project that was only planned. Raises Refused without a due date.
    """
    if task.due_on is None:
        raise Refused(lazy("Name the day it is due: without one nobody can plan it."), "due_on")
    planned_for, task.assignee = task.assignee, None
    MOVES.take(task, "release", by=by, title=task.title)
    if task.project.state == "planned":
        projects.start(task.project, by=by if may(by, "project.start", task.project) else SYSTEM)
    if planned_for is not None:
        assign(task, planned_for, by=by)


def take(task: Task, by: Any) -> None:
    """Take a free task; of two who try, one gets it and the other is told who has it."""
    if task.state != "open":
        raise _gone(task)
    try:
        with db.session.begin_nested():
            # Written with the move, in one statement; a refusal takes it back.
            task.assignee_id, task.taken_at = by.id, clock.now()
            MOVES.take(task, "take", by=by, title=task.title)
    except StaleDataError:
        db.session.refresh(task)
        raise _gone(task) from None


def assign(task: Task, to: Person, by: Any) -> None:
    """Give a free task to a colleague of its department; raises Refused for anybody else."""
    if not fits(to, task.department):
        raise Refused(lazy("%(who)s does not work in this department.", who=to.short_name), "assignee_id")
    MOVES.take(task, "assign", by=by, title=task.title, whom=to.short_name, whom_id=to.id)
    task.assignee, task.taken_at = to, clock.now()
    db.session.flush()


def start(task: Task, by: Any) -> None:
    """Begin the work."""
    MOVES.take(task, "start", by=by, title=task.title)


def give_back(task: Task, by: Any, reason: str) -> None:
    """Give a task back to the department, with the reason."""
    MOVES.take(task, "give_back", by=by, title=task.title, reason=reason.strip())
    task.assignee, task.taken_at = None, None
    db.session.flush()


def hand_in(
    task: Task, by: Any, *, note: str = "", uploads: Iterable[Any] = (), kept: Collection[int] | None = None,
    fixed: Collection[int] | None = None,
) -> Delivery:
    """Hand in the next version for the check.

    `kept` are the ids of the requirements the maker has looked after, `fixed` the places of the
    remarks of the last round that are done (None: not asked). What is left open needs a word in the note.
    """
    brought, note = list(uploads), note.strip()
    if not brought and not note:
        raise Refused(lazy("Add a file, or say where the work is."), "note")
    if not note and _left_open(task, kept, fixed):
        raise Refused(lazy("Something is not ticked: say in the note why."), "note")
    n = len(task.deliveries) + 1
    MOVES.take(task, "hand_in", by=by, title=task.title, n=n)
    delivery = Delivery(
        task=task, project_id=task.project_id, client_id=task.client_id, n=n, round=task.round, note=note, by_id=by.id,
        kept={"requirements": sorted(kept or ()), "remarks": sorted(fixed or ())},
    )
    db.session.add(delivery)
    db.session.flush()
    attached = files.attach_all(brought, about=delivery, by=by)
    content = "\n".join([f"{task.id} {n}", note, *(f"{file.name} {file.sha256}" for file in attached)])
    delivery.content_hash = hashlib.sha256(content.encode()).hexdigest()
    return delivery


def send_back(task: Task, by: Any, remarks: Sequence[str], checks: Sequence[str] = ()) -> None:
    """Return a version to its maker with a list of what to change."""
    found = listed(remarks)
    MOVES.take(task, _from(task, "in_review", "return"), by=by, title=task.title, remarks=found)
    _judge(task, "returned", by, found, checks)


def pass_(task: Task, by: Any, checks: Sequence[str] = ()) -> None:
    """Pass the check: the version goes to the client where that is marked, else the task is done."""
    MOVES.take(task, "pass", by=by, title=task.title)
    _judge(task, "passed", by, [], checks)
    if task.state == "done":
        _finish(task, by)
        return
    delivery = task.last_delivery
    task.shown_at = clock.now()
    if delivery is not None:
        delivery.shown_at = task.shown_at
        for file in file_queries.of(delivery):
            file.audience = "client"
    n = delivery.n if delivery else 0
    journal.fact("task.shown", about=task, by=by, audience=seen_by(task), title=task.title, n=n)


def accept(task: Task, by: Any, *, seen: str, typed_name: str) -> None:
    """The client accepts the version seen (its `content_hash`) under a typed name.

    Raises WrongState when a newer version lies there, Refused without a name.
    """
    MOVES.take(task, "accept", by=by, title=task.title)
    delivery = _shown(task, seen)
    approvals.keep(delivery, APPROVED, by=by, seen=seen, typed_name=typed_name)
    _judge(task, "accepted", by, [])
    _finish(task, by)


def send_back_by_client(task: Task, by: Any, remarks: Sequence[str], *, seen: str) -> None:
    """The client asks for changes in one list: the next round begins."""
    found = listed(remarks)
    verb, following = _from(task, "client_review", "return"), task.round + 1
    MOVES.take(task, verb, by=by, title=task.title, remarks=found, round=following)
    _shown(task, seen)
    _judge(task, "sent_back", by, found)
    task.round = following
    db.session.flush()


def block(task: Task, by: Any, reason: str, side: str) -> None:
    """Stop a task because something is missing; `side` says from whom: one of SIDES."""
    if side and side not in SIDES:
        raise Refused(lazy("Say whom it waits for."), "side")
    task.before_block = task.state
    MOVES.take(task, "block", by=by, title=task.title, reason=reason.strip(), side=side)
    task.blocked_reason, task.blocked_for = reason.strip(), side
    db.session.flush()


def unblock(task: Task, by: Any) -> None:
    """Go on where the task was stopped."""
    MOVES.take(task, "unblock", by=by, title=task.title)
    task.before_block = task.blocked_reason = task.blocked_for = ""
    db.session.flush()


def cancel(task: Task, by: Any, reason: str) -> None:
    """Cancel a task for good, with the reason."""
    MOVES.take(task, "cancel", by=by, title=task.title, reason=reason.strip())
    task.before_block = ""
    db.session.flush()


def reopen(task: Task, by: Any, reason: str) -> None:
    """Take up a finished task again, with the reason."""
    MOVES.take(task, "reopen", by=by, title=task.title, reason=reason.strip())
    task.done_at = None
    db.session.flush()


def fits(person: Person, department: str) -> bool:
    """Whether a person works in a department now."""
    return person.is_active and person.kind == "staff" and department in person.departments


def listed(remarks: Iterable[str]) -> list[str]:
    """Remarks as a clean list: one a line, without dashes and numbers in front."""
    lines = [line.strip().lstrip("-–—•* ").strip() for remark in remarks for line in remark.splitlines()]
    return [line for line in lines if line]


def asked_for(task: Task) -> list[str]:
    """What the last check asked to change, if the last version came back."""
    last = task.last_delivery
    return list(last.remarks) if last is not None and last.verdict in ("returned", "sent_back") else []


def _left_open(task: Task, kept: Collection[int] | None, fixed: Collection[int] | None) -> bool:
    marks = {mark.requirement_id for mark in task.marks}
    return (kept is not None and not marks <= set(kept)) or (
        fixed is not None and not set(range(len(asked_for(task)))) <= set(fixed)
    )


def _from(task: Task, state: str, verb: str) -> str:
    # The head and the client return by the same verb from different states; neither may use the other's.
    if task.state != state:
        raise WrongState(lazy("This has already changed, so the step is no longer possible. Look at it again."))
    return verb


def _judge(task: Task, verdict: str, by: Any, remarks: list[str], checks: Sequence[str] | None = None) -> None:
    delivery = task.last_delivery
    if delivery is None:
        return
    delivery.verdict = verdict
    if remarks:
        delivery.remarks = remarks
    if checks is not None:
        delivery.checks, delivery.checked_by_id, delivery.checked_at = list(checks), by.id, clock.now()
    db.session.flush()


def _shown(task: Task, seen: str) -> Delivery:
    delivery = task.last_delivery
    if delivery is None or delivery.content_hash != seen:
        raise WrongState(lazy("There is a newer version now. Look at it before you answer."))
    return delivery


def _finish(task: Task, by: Any) -> None:
    task.done_at = clock.now()
    journal.fact("task.done", about=task, by=by, audience=seen_by(task), title=task.title)


def _gone(task: Task) -> WrongState:
    if task.assignee is not None:
        return WrongState(lazy("%(who)s has already taken this task.", who=task.assignee.short_name))
    return WrongState(lazy("This task is no longer free. Look at it again."))

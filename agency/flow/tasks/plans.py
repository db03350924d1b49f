"""Where tasks come from and what is settled about them: the split, tasks by hand, dates, the planning page."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from agency.flow.projects.models import Project
from agency.flow.smetas.models import Smeta
from agency.flow.tasks import planning, queries
from agency.flow.tasks.models import DueMove, Task, TaskMark
from agency.flow.tasks.moves import seen_by
from agency.flow.tasks.operations import fits, release
from agency.flow.tasks.splitting import Piece
from agency.flow.tasks.splitting import split as pieces_of
from agency.kit import clock, journal, policy
from agency.kit.db import db
from agency.kit.states import Refused, WrongState
from agency.kit.words import lazy
from agency.people.accounts import queries as persons
from agency.people.accounts.models import Person
from agency.people.agency import queries as agencies
from agency.people.departments.models import CODES

LONGEST_TITLE = 200
OVER = ("done", "cancelled")


@dataclass(frozen=True)
class Settled:
    """What a person settles about a task; estimate in minutes."""

    title: str
    department: str
    about: str = ""
    starts_on: date | None = None
    due_on: date | None = None
    estimate_minutes: int | None = None
    client_accepts: bool = False
    is_public: bool = True
    rounds: int = 2
    requirement_ids: Collection[int] = ()


def split(smeta: Smeta, by: Any) -> list[Task]:
    """Make the tasks of an approved estimate, each once however often this is done; answers the new ones."""
    policy.demand(by, "task.split", smeta)
    if smeta.state != "approved":
        return []
    made = queries.split_already([line.id for line in smeta.lines])
    fresh = [piece for piece in pieces_of(smeta.lines) if (piece.line_id, piece.ordinal) not in made]
    tasks = [_task_of(piece, smeta.project) for piece in fresh]
    if tasks:
        db.session.add_all(tasks)
        db.session.flush()
        journal.fact("tasks.split", about=smeta, by=by, number=smeta.number, count=len(tasks))
    return tasks


def _task_of(piece: Piece, project: Project) -> Task:
    return Task(
        project_id=project.id, client_id=project.client_id, smeta_line_id=piece.line_id, ordinal=piece.ordinal,
        department=piece.department, title=piece.title, about=piece.about, estimate_minutes=piece.estimate_minutes,
        client_accepts=piece.client_accepts, is_public=piece.is_public, rounds=piece.rounds,
        assignee_id=project.manager_id if piece.for_manager else None, search_text=piece.title.casefold(),
        marks=[TaskMark(requirement_id=found) for found in piece.requirement_ids],
    )


def make(project: Project, settled: Settled, by: Any) -> Task:
    """Add a task by hand; it waits in the plan until it is opened."""
    task = Task(project_id=project.id, client_id=project.client_id, department=settled.department)
    policy.demand(by, "task.create", task)
    _write(task, settled)
    task.starts_on, task.due_on = _in_order(settled.starts_on, settled.due_on)
    db.session.add(task)
    db.session.flush()
    journal.fact("task.made", about=task, by=by, title=task.title)
    return task


def edit(task: Task, settled: Settled, by: Any, reason: str = "") -> None:
    """Change a task; a due date that moves asks for its reason."""
    policy.demand(by, "task.edit", task)
    _still_open(task)
    if settled.department != task.department and (task.state not in ("backlog", "open") or task.assignee_id):
        raise Refused(lazy("Somebody works on it: give it back before it changes the department."), "department")
    was = _told(task)
    _write(task, settled)
    task.starts_on, due_on = _in_order(settled.starts_on, settled.due_on)
    _set_due(task, due_on, reason, by)
    db.session.flush()
    if _told(task) != was:
        journal.fact("task.edited", about=task, by=by, title=task.title)


def move_due(task: Task, to: date | None, by: Any, reason: str) -> None:
    """Move the due date of a task; the old one and the reason stay beside it, and the client is told."""
    policy.demand(by, "task.edit", task)
    _still_open(task)
    _in_order(task.starts_on, to)
    _set_due(task, to, reason, by)
    db.session.flush()


def place(
    task: Task, by: Any, *, starts_on: date | None, due_on: date | None, estimate_minutes: int | None,
    assignee: Person | None = None,
) -> None:
    """Settle a task that is not open yet: its days, its estimate, and who is to have it."""
    policy.demand(by, "task.release", task)
    if task.state != "backlog":
        raise WrongState(lazy("“%(title)s” is open already.", title=task.title))
    if assignee is not None and not fits(assignee, task.department):
        raise Refused(lazy("%(who)s does not work in this department.", who=assignee.short_name), "assignee_id")
    task.starts_on, task.due_on = _in_order(starts_on, due_on)
    task.estimate_minutes, task.assignee = estimate_minutes, assignee
    db.session.flush()


def release_all(project: Project, by: Any) -> list[Task]:
    """Open every planned task of a project that the actor may open; missing days are taken from the proposal."""
    planned = [task for task in queries.planned(project.id) if policy.may(by, "task.release", task)]
    days = proposal(project, planned)
    for task in planned:
        if task.due_on is None:
            task.starts_on, task.due_on = days[task.id].starts_on, days[task.id].due_on
        release(task, by=by)
    return planned


def proposal(project: Project, tasks: Collection[Task]) -> Mapping[int, planning.Place]:
    """Days proposed for planned tasks, from the project's own days and the hands of each department."""
    hands = persons.specialists({task.department for task in tasks})
    wishes = [
        planning.Wish(task.id, task.department, task.estimate_minutes, whole=task.department == "account")
        for task in tasks
    ]
    first = max(project.starts_on, clock.today())
    return planning.propose(wishes, first, project.ends_on, agencies.calendar(), hands)


def _write(task: Task, settled: Settled) -> None:
    title = " ".join(settled.title.split())
    if not title:
        raise Refused(lazy("Say what is to be done."), "title")
    if settled.department not in CODES:
        raise Refused(lazy("Choose a department."), "department")
    if settled.estimate_minutes is not None and settled.estimate_minutes <= 0:
        raise Refused(lazy("Write the time like 2:20, 2 h 20 min or 140."), "estimate")
    task.title, task.about, task.department = title[:LONGEST_TITLE], settled.about.strip(), settled.department
    task.estimate_minutes, task.rounds = settled.estimate_minutes, settled.rounds
    # What a client is to accept, a client must be able to see.
    task.client_accepts, task.is_public = settled.client_accepts, settled.is_public or settled.client_accepts
    task.search_text = task.title.casefold()
    _mark(task, settled.requirement_ids)


def _mark(task: Task, requirement_ids: Collection[int]) -> None:
    known = queries.requirement_ids(task.project_id)
    wanted = [found for found in requirement_ids if found in known]
    kept = {mark.requirement_id: mark for mark in task.marks}
    task.marks = [kept.get(found) or TaskMark(requirement_id=found) for found in dict.fromkeys(wanted)]


def _set_due(task: Task, to: date | None, reason: str, by: Any) -> None:
    was = task.due_on
    if to == was:
        return
    if task.state == "backlog" or was is None:
        task.due_on = to
        return
    if to is None:
        raise Refused(lazy("Name the day it is due: without one nobody can plan it."), "due_on")
    if not reason.strip():
        raise Refused(lazy("Say why the day moves: the old day and the reason are kept."), "reason")
    task.due_on = to
    db.session.add(DueMove(task_id=task.id, was_on=was, becomes_on=to, reason=reason.strip(), by_id=by.id))
    db.session.flush()
    db.session.expire(task, ["due_moves"])
    journal.fact(
        "task.due_moved", about=task, by=by, audience=seen_by(task), title=task.title, was=was.isoformat(),
        becomes=to.isoformat(), reason=reason.strip(),
    )


def _told(task: Task) -> tuple[object, ...]:
    marks = sorted(mark.requirement_id for mark in task.marks)
    return (
        task.title, task.about, task.department, task.estimate_minutes, task.client_accepts, task.is_public,
        task.rounds, task.starts_on, marks,
    )  # fmt: skip


def _still_open(task: Task) -> None:
    if task.state in OVER:
        raise WrongState(lazy("The task is finished. Reopen it before you change it."))


def _in_order(starts_on: date | None, due_on: date | None) -> tuple[date | None, date | None]:
    if starts_on is not None and due_on is not None and due_on < starts_on:
        raise Refused(lazy("It is due before it starts."), "due_on")
    return starts_on, due_on

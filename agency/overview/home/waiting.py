"""What waits for a person, kind by kind: which records, in which order, and what a row says of them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Date,
    Select,
    String,
    bindparam,
    case,
    cast,
    func,
    null,
    or_,
    select,
    true,
)
from sqlalchemy.orm import aliased

from agency.attached.comments import queries as comments
from agency.attached.comments.models import Comment
from agency.attached.promises import queries as promises
from agency.attached.promises.models import Promise
from agency.flow.briefs.models import Brief
from agency.flow.payments import queries as payments
from agency.flow.projects.models import Project
from agency.flow.reports import awaited
from agency.flow.reports.models import Report
from agency.flow.requests.models import Request
from agency.flow.smetas.models import PaymentRow, Smeta
from agency.flow.tasks.models import Task
from agency.kit.db import Instant
from agency.people.accounts.anybody import Anybody, looked_after
from agency.people.accounts.models import Person
from agency.people.clients.models import Client

# What the client has in hand is not late work of ours: it stands among the decisions we wait for.
ACTIVE = ("taken", "in_progress", "in_review", "blocked", "open")
# No row shows more of what somebody wrote.
BEGINNING = 200
TODAY = bindparam("today", type_=Date)
BY_DAY = (Task.due_on, Task.id)
# Never by the id alone: to read a table in its own order until enough is found looks cheap to SQLite, and where little
# is to be found it reads all of it.


@dataclass(frozen=True)
class Kind:
    """Records of one kind: what a row says of them, which wait, and which of them first."""

    shown: Select[Any]
    key: Any
    which: Select[int]
    order: tuple[Any, ...]


def _says(model: Any, title: Any, **more: Any) -> Select[Any]:
    """The columns every kind answers with."""
    known = {
        "id": model.id, "title": cast(title, String), "state": cast(null(), String), "at": cast(null(), Instant),
        "due_on": cast(null(), Date), "department": cast(null(), String), "amount": cast(null(), BigInteger),
        "currency": cast(null(), String), "client_id": cast(null(), BigInteger),
        "project_id": cast(null(), BigInteger), "project": cast(null(), String), "client": Client.name,
    } | more  # fmt: skip
    return select(*(value.label(name) for name, value in known.items())).select_from(model)


def _of_project(model: Any, title: Any, **more: Any) -> Select[Any]:
    """The same of records of a project."""
    home = {"client_id": Project.client_id, "project_id": Project.id, "project": Project.name}
    rows, holder = _says(model, title, **home, **more), model
    if model is PaymentRow:
        rows, holder = rows.join(PaymentRow.smeta), Smeta
    if model is not Project:
        rows = rows.join(Project, Project.id == holder.project_id)
    return rows.join(Client, Client.id == Project.client_id)


OF_TASK = _of_project(Task, Task.title, due_on=Task.due_on, department=Task.department)
OF_BRIEF = _of_project(
    Brief, Brief.number, state=Brief.state, department=Brief.department,
    at=func.coalesce(Brief.sent_at, Brief.created_at),
)  # fmt: skip
OF_SMETA = _of_project(
    Smeta, Smeta.number, state=Smeta.state, amount=Smeta.gross, currency=Smeta.currency,
    at=case((Smeta.state == "sent", Smeta.sent_at), else_=Smeta.decided_at),
)  # fmt: skip


def mine(who: Anybody, client_id: Any, project_id: Any) -> ColumnElement[bool]:
    """What is of the clients and projects a person looks after; of all of them for who leads the agency."""
    if who.has("owner", "admin"):
        return true()
    return or_(*looked_after(who, client_id, project_id))


def _requests(who: Anybody) -> Kind:
    """Requests nobody has answered yet, the most urgent first."""
    asks = case((Request.client_id.is_not(None), Client.name), (Request.company != "", Request.company),
                else_=Request.contact_name)  # fmt: skip
    shown = _says(Request, Request.subject, at=Request.reply_due_at, client=asks).outerjoin(Request.client)
    which = select(Request.id).where(
        Request.state.in_(("new", "in_review")), or_(Request.state == "new", Request.replied_at.is_(None)),
    )
    if not who.has("owner", "admin"):
        which = which.where(or_(Request.client_id.is_(None), Request.client_id.in_(who.client_ids)))
    return Kind(shown, Request.id, which, (Request.reply_due_at, Request.id))


def _promises(who: Anybody) -> Kind:
    shown = _says(Promise, Promise.words, due_on=Promise.due_on, client=Person.name).outerjoin(Promise.made_to)
    return Kind(shown, Promise.id, promises.open_for(who, TODAY), (Promise.due_on, Promise.id))


def _questions(who: Anybody) -> Kind:
    """What clients asked in the talk of a project and nobody has answered, whoever has waited longest first."""
    whose = mine(who, Project.client_id, Project.id)
    if not who.has("account_manager"):
        # They are their managers' to answer; whoever only leads the agency answers in projects of their own.
        whose = Project.id.in_(who.project_ids)
    asked = comments.unanswered(Project.KIND, Project.id)
    which = select(Comment.id).select_from(Project).join(Comment, Comment.id == asked).where(whose)
    shown = _of_project(Comment, func.substr(Comment.words, 1, BEGINNING), at=Comment.created_at)
    return Kind(shown, Comment.id, which, (Comment.created_at, Comment.id))


def _smetas(state: str) -> Callable[[Anybody], Kind]:
    """Estimates in a state, the oldest first."""
    def of(who: Anybody) -> Kind:
        which = select(Smeta.id).where(Smeta.state == state, mine(who, Smeta.client_id, Smeta.project_id))
        return Kind(OF_SMETA, Smeta.id, which, (Smeta.sent_at, Smeta.id))

    return of


def _answered(who: Anybody) -> Kind:
    """Estimates an owner let out, or the client wants otherwise, with no newer version."""
    newer = aliased(Smeta)
    which = select(Smeta.id).where(
        Smeta.state.in_(("ready", "changes_requested", "rejected")), mine(who, Smeta.client_id, Smeta.project_id),
        ~select(newer.id).where(newer.based_on_id == Smeta.id).exists(),
    )  # fmt: skip
    return Kind(OF_SMETA, Smeta.id, which, (Smeta.created_at, Smeta.id))


def _briefs(who: Anybody) -> Kind:
    """Briefs that lie with clients, the oldest first."""
    waits = (Brief.state == "sent", Brief.department.is_(None))
    return _sent_briefs(*waits, mine(who, Brief.client_id, Brief.project_id))


def _issued(who: Anybody) -> Kind:
    """Briefs of departments that wait for their head's read-back, the oldest first."""
    leads = who.has("account_manager", "owner", "admin") or not who.has("head")
    whose = mine(who, Brief.client_id, Brief.project_id) if leads else Brief.department.in_(who.departments)
    return _sent_briefs(Brief.state == "issued", whose)


def _sent_briefs(*which: ColumnElement[bool]) -> Kind:
    return Kind(OF_BRIEF, Brief.id, select(Brief.id).where(*which), (Brief.sent_at, Brief.id))


def _again(who: Anybody) -> Kind:
    """Drafts of briefs that the client or a head returned and nobody has sent again."""
    before = aliased(Brief)
    which = select(Brief.id).join(before, before.id == Brief.previous_id).where(
        Brief.state == "draft", before.state == "returned", mine(who, Brief.client_id, Brief.project_id),
    )  # fmt: skip
    return Kind(OF_BRIEF, Brief.id, which, (Brief.created_at, Brief.id))


def _checks(who: Anybody) -> Kind:
    return _tasks(who, Task.state == "in_review")


def _late(who: Anybody) -> Kind:
    return _tasks(who, Task.due_on < TODAY, Task.state.in_(ACTIVE))


def _tasks(who: Anybody, *which: ColumnElement[bool]) -> Kind:
    """Tasks in the actor's projects or departments, the nearest day first."""
    heads = Task.department.in_(who.departments)
    whose = heads if who.has("head") else mine(who, Task.client_id, Task.project_id)
    return Kind(OF_TASK, Task.id, select(Task.id).where(whose, *which), BY_DAY)


def _reports(who: Anybody) -> Kind:
    """Projects whose report is due or late and has not gone out, each with the open one if it was begun."""
    which = select(Project.id).where(awaited.is_due(), mine(who, Project.client_id, Project.id))
    shown = _of_project(Project, Project.name, id=Report.id, state=Report.state, due_on=awaited.due_day())
    return Kind(shown.outerjoin(Report, awaited.is_begun()), Project.id, which, (Project.id,))


def _money(who: Anybody) -> Kind:
    """Payments whose day has passed without all of the money, the oldest first."""
    left = PaymentRow.amount - PaymentRow.paid
    shown = _of_project(
        PaymentRow, PaymentRow.ordinal, due_on=PaymentRow.due_on, amount=left, currency=Smeta.currency,
    )
    return Kind(shown, PaymentRow.id, payments.late(who, TODAY), (PaymentRow.due_on, PaymentRow.id))


# Everything a day may ask for, by the name of the kind.
KINDS: Mapping[str, Callable[[Anybody], Kind]] = {
    "requests": _requests, "promises": _promises, "questions": _questions, "inner": _smetas("internal_review"),
    "again": _again, "answered": _answered, "briefs": _briefs, "smetas": _smetas("sent"), "issued": _issued,
    "reports": _reports, "checks": _checks, "late": _late, "money": _money,
}

"""What stands in the calendar, kind by kind: on which day, what is over, and what is said of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, Integer, Select, String, case, cast, literal, null, select

from agency.attached.promises.models import Promise
from agency.flow.projects.models import Project, ProjectStage
from agency.flow.reports.models import Report
from agency.flow.smetas.models import PaymentRow, Smeta
from agency.flow.tasks.models import STATES, Task
from agency.people.clients.models import Client

# What stands first on a day: promises, decisions, payments, reports, stages, tasks.
RANKS = {"promise": 1, "decision": 2, "payment": 3, "report": 4, "stage": 5, "task": 6}
# Said by name, so that an index of states and days is walked by days.
PLANNED = tuple(state for state in STATES if state != "cancelled")
OPEN, OVER = literal(0), literal(1)


@dataclass(frozen=True)
class Kind:
    """Records with a day; `rows` are their ids, to be narrowed, and `shown` what is said of a few of them."""

    rank: int
    model: Any
    on: ColumnElement[Any]
    over: ColumnElement[Any]
    rows: Select[Any]
    shown: Select[Any]


def _kind(
    rank: str, model: Any, on: Any, over: Any, which: tuple[Any, ...], title: Any, state: Any, **more: Any,
) -> Kind:
    rows, home = select(model.id), model
    if model is PaymentRow:
        rows, home = rows.join(PaymentRow.smeta), Smeta
    project_id = Project.id if model is Project else home.project_id
    if model is ProjectStage:
        rows = rows.join(Project, Project.id == project_id)
    nothing = {"department": cast(null(), String), "amount": cast(null(), BigInteger), "currency": cast(null(), String)}
    shown = rows.with_only_columns(
        on.label("on"), literal(RANKS[rank]).label("rank"), literal(model.KIND).label("kind"),
        cast(model.id, Integer).label("id"), title.label("title"), state.label("state"), over.label("over"),
        project_id.label("project_id"), Project.name.label("project"), Client.name.label("client"),
        *(value.label(name) for name, value in (nothing | more).items()),
    ).select_from(model)
    if model not in (Project, ProjectStage):
        shown = shown.outerjoin(Project, Project.id == project_id)
    return Kind(RANKS[rank], model, on, over, rows.where(*which), shown.outerjoin(Client, Client.id == home.client_id))


def _over(when: ColumnElement[bool]) -> ColumnElement[int]:
    return case((when, OVER), else_=OPEN)


def _stage(on: Any, over: Any, *which: Any) -> Kind:
    """A stage; those that are over and those to come, each by its own day, so that an index finds it."""
    alive = Project.state != "cancelled"
    return _kind("stage", ProjectStage, on, over, (alive, *which), ProjectStage.name, literal(""))


TASK = _kind(
    "task", Task, Task.due_on, _over(Task.state == "done"), (Task.state.in_(PLANNED),), Task.title, Task.state,
    department=Task.department,
)  # fmt: skip
MONEY: Mapping[str, Any] = {"amount": Smeta.gross, "currency": Smeta.currency}
KINDS: Mapping[str, Kind] = {
    "promise": _kind(
        "promise", Promise, Promise.due_on, _over(Promise.state != "open"), (), Promise.words, Promise.state,
    ),
    "decision": _kind(
        "decision", Smeta, Smeta.valid_until, OPEN, (Smeta.state == "sent",), Smeta.number, Smeta.state, **MONEY,
    ),
    "payment": _kind(
        "payment", PaymentRow, PaymentRow.due_on, _over(PaymentRow.paid == PaymentRow.amount),
        (Smeta.state == "approved",), Smeta.number, literal(""), amount=PaymentRow.amount, currency=Smeta.currency,
    ),
    "report": _kind(
        "report", Report, Report.until_on, OVER, (Report.state == "sent",), cast(Report.n, String), Report.state,
    ),
    "stage": _stage(ProjectStage.forecast_on, OPEN, ProjectStage.done_on.is_(None)),
    "ended": _stage(ProjectStage.done_on, OVER),
    "launch": _kind(
        "stage", Project, Project.launches_on, _over(Project.state == "closed"), (Project.state != "cancelled",),
        Project.name, Project.state,
    ),
    "task": TASK, "given": TASK,
}  # fmt: skip

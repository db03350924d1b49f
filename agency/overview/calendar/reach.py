"""Which dated records somebody of the agency may see: the policy's `<kind>.view`, said to the database."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import ColumnElement, False_, and_, false, or_, select, true

from agency.attached.promises.models import Promise
from agency.flow.briefs.models import Brief
from agency.flow.projects import queries as projects
from agency.flow.projects.models import Project, ProjectStage
from agency.flow.reports.models import Report
from agency.flow.smetas.models import PaymentRow, Smeta
from agency.flow.tasks import queries as tasks
from agency.flow.tasks.models import Task
from agency.people.accounts.anybody import looked_after

Clause = ColumnElement[bool]
# Who sees every record of a kind; an account manager sees those of the clients and projects looked after.
EVERYWHERE: Mapping[Any, frozenset[str]] = {
    Promise: frozenset({"owner", "admin", "head"}), Brief: frozenset({"owner", "admin", "head"}),
    Smeta: frozenset({"owner", "admin", "head", "finance"}), Report: frozenset({"owner", "admin", "head"}),
    PaymentRow: frozenset({"owner", "admin", "finance"}),
}


def of(actor: Any, model: Any) -> Clause:
    """The records of a model that the actor may see; payments are told by their estimate, stages by their project."""
    if not actor.is_staff:
        return false()
    if model is Task:
        return tasks.reach(actor)
    if model in (Project, ProjectStage):
        visible = projects.visible_to(actor).whereclause
        return true() if visible is None else visible
    if actor.roles & EVERYWHERE[model]:
        return true()
    if not actor.has("account_manager"):
        return false()
    row = Smeta if model is PaymentRow else model
    return or_(*looked_after(actor, row.client_id, row.project_id))


def mine(actor: Any, model: Any) -> Clause:
    """What is the actor's own business: promised by, or of a project this person leads or works on.

    Of tasks those of these projects to an account manager, those given to them to all others. Whoever sees records of
    a kind at all sees all of these, so they are asked for nothing else: most are told by an index alone.
    """
    seen = of(actor, model)
    if isinstance(seen, False_):
        return seen
    if model is Task:
        return _leads(actor, Task) if actor.has("account_manager") else Task.assignee_id == actor.id
    if model is Promise:
        return and_(seen, or_(Promise.made_by_id == actor.id, Promise.project_id.in_(actor.project_ids)))
    return _leads(actor, Smeta if model is PaymentRow else model)


def given(actor: Any) -> Clause:
    """Tasks given to an account manager in other people's projects: asked apart, for each is found by an index."""
    return and_(Task.assignee_id == actor.id, Task.project_id.not_in(actor.project_ids))


def _leads(actor: Any, model: Any) -> Clause:
    # Stages are asked for with their projects, which are found first.
    column = Project.id if model in (Project, ProjectStage) else model.project_id
    found: Clause = column.in_(actor.project_ids)
    return found


def with_work(department: Any, model: Any) -> Clause:
    """What concerns a department: its own tasks, and all else of the projects where it has work."""
    if model is Task:
        return Task.department == department
    work = select(Task.project_id).where(Task.department == department, Task.state != "cancelled")
    row = Smeta if model is PaymentRow else model
    column = Project.id if model is Project else row.project_id
    found: Clause = column.in_(work)
    return found

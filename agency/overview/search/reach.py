"""Which records of each kind somebody of the agency may find: the policy's `<kind>.view`, said to the database."""

from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, false, or_, select, true

from agency.attached.documents import registry
from agency.attached.documents.models import Document
from agency.attached.files.models import File
from agency.flow.briefs.models import Brief
from agency.flow.projects import queries as projects
from agency.flow.projects.models import Project, Requirement
from agency.flow.reports.models import Report
from agency.flow.requests import queries as requests
from agency.flow.requests.models import Request
from agency.flow.smetas.models import Smeta
from agency.flow.tasks import queries as tasks
from agency.flow.tasks.models import Delivery, Task
from agency.people.accounts.anybody import looked_after
from agency.people.clients.models import Client, Contact

Clause = ColumnElement[bool]
Where = Callable[[Any, Any], Clause]


def everywhere(actor: Any, model: Any) -> Clause:
    """Every record."""
    return true()


def managed(actor: Any, model: Any) -> Clause:
    """Of the clients and projects the actor looks after, or of no client yet."""
    if model is Client:
        return Client.id.in_(actor.client_ids)
    columns = model.__table__.c
    mine: list[Clause] = [model.client_id.in_(actor.client_ids)]
    if "project_id" in columns:
        mine = looked_after(actor, model.client_id, model.project_id)
    if columns.client_id.nullable:
        mine.append(model.client_id.is_(None))
    return or_(*mine)


def worked_on(actor: Any, model: Any) -> Clause:
    """Of projects where the actor is on the team, or the actor's department has work."""
    work = or_(Task.assignee_id == actor.id, Task.department.in_(actor.departments))
    # Asked of each project: a list of all with work of a department is read off every task there is.
    has_work = select(Task.id).where(Task.project_id == model.project_id, work).correlate_except(Task).exists()
    return or_(model.project_id.in_(actor.project_ids), has_work)


def of_department(actor: Any, model: Any) -> Clause:
    """Of the actor's own departments or of none."""
    return or_(model.department.is_(None), model.department.in_(actor.departments))


def worked_in(actor: Any, model: Any) -> Clause:
    """Both of the two above."""
    return and_(of_department(actor, model), worked_on(actor, model))


LEADS: Mapping[str, Where] = {"owner": everywhere, "admin": everywhere, "account_manager": managed}
GRANTS: Mapping[Any, Mapping[str, Where]] = {
    Client: {**LEADS, "head": everywhere, "finance": everywhere},
    Contact: {**LEADS, "head": everywhere, "finance": everywhere},
    Requirement: {**LEADS, "head": everywhere, "specialist": worked_on},
    Brief: {**LEADS, "head": of_department, "specialist": worked_in},
    Smeta: {**LEADS, "head": everywhere, "finance": everywhere},
    Report: {**LEADS, "head": everywhere},
    Document: {**LEADS, "head": everywhere, "finance": everywhere, "specialist": worked_on},
    File: {**LEADS, "head": everywhere, "specialist": worked_on},
    Delivery: {**LEADS, "head": everywhere, "specialist": worked_on},
}


def of(actor: Any, model: Any) -> Clause:
    """Which records of a model the actor may find; nobody but the staff finds anything."""
    if not actor.is_staff:
        return false()
    if model is Project:
        return _limits(projects.visible_to(actor))
    if model is Request:
        return _limits(requests.visible_to(actor))
    if model is Task:
        return tasks.reach(actor)
    found = [where(actor, model) for role, where in GRANTS[model].items() if role in actor.roles]
    return or_(*found) if found else false()


def _limits(visible: Select[Any]) -> Clause:
    """What a list of visible records asks of each; nothing when all may be seen."""
    return true() if visible.whereclause is None else visible.whereclause


def of_papers(actor: Any) -> Clause:
    """Documents whose record the actor may see; the inner face of costs for those who may see costs."""
    return and_(of(actor, Document), _of_subject(actor, Document, (Brief, Smeta, Report)), _costs(actor))


def of_files(actor: Any) -> Clause:
    """Uploaded files whose record the actor may see."""
    return and_(of(actor, File), _of_subject(actor, File, (Request, Project, Brief, Task, Delivery, Smeta, Report)))


def _of_subject(actor: Any, model: Any, kinds: tuple[Any, ...]) -> Clause:
    return or_(*(
        and_(model.subject_kind == kind.KIND, model.subject_id.in_(select(kind.id).where(of(actor, kind))))
        for kind in kinds
    ))


def _costs(actor: Any) -> Clause:
    secret = [sheet.kind for sheet in registry.sheets() if sheet.inner_needs]
    if actor.has("owner", "finance") or not secret:
        return true()
    open_to_all = or_(Document.audience == "client", Document.kind.not_in(secret))
    return or_(open_to_all, managed(actor, Document)) if actor.has("account_manager") else open_to_all

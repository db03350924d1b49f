"""The page of a project's requirements: the client's statements with their marks."""

from typing import Any

from agency.flow.projects import queries, requirements
from agency.flow.projects.forms import DropForm, RequirementForm
from agency.flow.projects.models import Project, Requirement
from agency.kit import clock
from agency.kit.policy import may
from agency.kit.web import Form, Room, actor, changed_meanwhile, go, needs, page, refusals
from agency.kit.words import _

EDIT = "requirement.edit"


def routes(room: Room) -> None:
    """Add the page and one address for each verb."""
    room.add_url_rule("/<int:id>/requirements", "requirements", show)
    room.add_url_rule("/<int:id>/requirements", "add_requirement", add, methods=["POST"])
    room.add_url_rule("/requirements/<int:id>/words", "reword", reword, methods=["POST"])
    room.add_url_rule("/requirements/<int:id>/end", "drop", drop, methods=["POST"])


@needs("project.view", of=queries.get)
def show(project: Project) -> Any:
    """Every statement of the client, also the dropped ones."""
    return _page(project)


@needs(EDIT, of=queries.get)
def add(project: Project) -> Any:
    """Write down one more statement."""
    form = RequirementForm(prefix="new-")
    if form.sent():
        with refusals(form) as outcome:
            row = requirements.add(
                project, form.words.data or "", by=actor(), source="talk", said_by=form.said_by.data or "",
                said_on=clock.today(),
            )
        if outcome.ok:
            return go("project_parts.requirements", id=project.id, _anchor=f"r{row.n}", said=_("Written down."))
    return _page(project, 422, new=form)


@needs(EDIT, of=requirements.get)
def reword(requirement: Requirement) -> Any:
    """Change the words, never the mark."""
    form = RequirementForm(prefix=f"r{requirement.id}-")
    if stale := changed_meanwhile(form, requirement, {"words": requirement.words}):
        return stale
    if form.sent():
        with refusals(form) as outcome:
            requirements.reword(requirement, form.words.data or "", by=actor())
        if outcome.ok:
            return go("project_parts.requirements", id=requirement.project_id, _anchor=f"r{requirement.n}",
                      said=_("Saved."))
    return _page(queries.one(requirement.project_id), 422, **{f"words{requirement.id}": form})


@needs(EDIT, of=requirements.get)
def drop(requirement: Requirement) -> Any:
    """The client no longer wants it."""
    form = DropForm(prefix=f"d{requirement.id}-")
    if form.sent():
        with refusals(form) as outcome:
            requirements.drop(requirement, form.reason.data or "", by=actor())
        if outcome.ok:
            return go("project_parts.requirements", id=requirement.project_id, said=_("The requirement is dropped."))
    return _page(queries.one(requirement.project_id), 422, **{f"drop{requirement.id}": form})


def _page(project: Project, status: int = 200, **tried: Form) -> Any:
    rows = requirements.of(project.id, dropped=True)
    words = {row.id: tried.get(f"words{row.id}") or RequirementForm(obj=row, prefix=f"r{row.id}-") for row in rows}
    drops = {row.id: tried.get(f"drop{row.id}") or DropForm(prefix=f"d{row.id}-") for row in rows}
    return page(
        "projects/requirements.html", status, project=project, wanted=[row for row in rows if not row.dropped_at],
        dropped=[row for row in rows if row.dropped_at], words=words, drops=drops, tried=set(tried),
        new=tried.get("new") or RequirementForm(prefix="new-"), may_edit=may(actor(), EDIT, project),
        asked=project.request_id,
    )

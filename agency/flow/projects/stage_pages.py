"""The page of a project's stages: planned and forecast days, begun and done."""

from collections.abc import Callable, Mapping
from typing import Any

from flask import request

from agency.flow.projects import queries, stages
from agency.flow.projects.forms import NewStageForm, ReopenForm, StageForm
from agency.flow.projects.models import Project, ProjectStage
from agency.kit import clock
from agency.kit.web import Form, Room, actor, changed_meanwhile, go, needs, page, refusals
from agency.kit.words import Lazy, _, lazy
from agency.people.agency.stage_endings import NAMES as ENDINGS

EDIT = "project_stage.edit"


def routes(room: Room) -> None:
    """Add the page and one address for each verb."""
    room.add_url_rule("/<int:id>/stages", "stages", show, methods=["GET", "POST"])
    room.add_url_rule("/stages/<int:id>/day", "move_stage", move, methods=["POST"])
    room.add_url_rule("/stages/<int:id>/reopening", "reopen_stage", reopen, methods=["POST"])
    for thing, name, operation, said in (
        ("beginning", "start_stage", stages.start, lazy("The stage has begun.")),
        ("completion", "finish_stage", stages.finish, lazy("The stage is done.")),
        ("removal", "remove_stage", stages.remove, lazy("The stage is taken away.")),
    ):
        room.add_url_rule(f"/stages/<int:id>/{thing}", name, _doer(operation, said), methods=["POST"])


def _doer(operation: Callable[..., None], said: Lazy) -> Callable[..., Any]:
    @needs(EDIT, of=stages.get)
    def do(stage: ProjectStage) -> Any:
        """Do one thing to a stage that asks for nothing."""
        project_id = stage.project_id
        operation(stage, by=actor())
        return go("project_parts.stages", id=project_id, said=said)

    return do


@needs("project.lead", of=queries.get)
def show(project: Project) -> Any:
    """Every stage, and one more at the end."""
    form = NewStageForm(prefix="new-")
    if form.sent():
        with refusals(form) as outcome:
            stages.add(project, form.name.data or "", form.data["day"], by=actor())
        if outcome.ok:
            return go("project_parts.stages", id=project.id, said=_("The stage is added."))
    return _page(project, 422 if request.method == "POST" else 200, new=form)


@needs(EDIT, of=stages.get)
def move(stage: ProjectStage) -> Any:
    """Another name, or another day with its reason."""
    form = StageForm(prefix=f"s{stage.id}-", data={"ending": stage.ending})
    saved = {"name": stage.name, "forecast_on": stage.forecast_on.isoformat()}
    if stale := changed_meanwhile(form, stage, saved):
        return stale
    if form.sent():
        with refusals(form) as outcome:
            stages.rename(stage, form.name.data or "", by=actor())
            stages.set_ending(stage, form.ending.data or "", by=actor())
            stages.move(stage, form.data["forecast_on"], form.reason.data or "", by=actor())
        if outcome.ok:
            return go("project_parts.stages", id=stage.project_id, said=_("Saved."))
    return _page(queries.one(stage.project_id), 422, **{str(stage.id): form})


@needs(EDIT, of=stages.get)
def reopen(stage: ProjectStage) -> Any:
    """Take up a stage that was over, with the reason."""
    form = ReopenForm(prefix=f"again{stage.id}-")
    if stage.done_on and not form.sent():
        return _page(queries.one(stage.project_id), 422, **{str(stage.id): form})
    stages.reopen(stage, form.reason.data or "", by=actor())
    return go("project_parts.stages", id=stage.project_id, said=_("The stage goes on."))


def _page(project: Project, status: int, **tried: Form) -> Any:
    endings = stages.endings_of(project.id)
    forms = {stage.id: tried.get(str(stage.id)) or _blank(stage, endings) for stage in project.stages}
    return page(
        "projects/stages.html", status, project=project, forms=forms, tried=set(tried), endings=endings,
        ending_names=ENDINGS, new=tried.get("new") or NewStageForm(prefix="new-"), today=clock.today(),
    )


def _blank(stage: ProjectStage, endings: Mapping[int, str]) -> Form:
    if stage.done_on:
        return ReopenForm(prefix=f"again{stage.id}-")
    kept = {name: getattr(stage, name) for name in ("version", "name", "forecast_on")}
    return StageForm(prefix=f"s{stage.id}-", data={**kept, "ending": endings[stage.id]})

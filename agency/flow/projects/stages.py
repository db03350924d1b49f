"""The stages of a project: begun, completed, and moved only with a reason and the old day kept."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from agency.flow.projects.models import Project, ProjectStage
from agency.kit import clock, journal, policy
from agency.kit.db import db
from agency.kit.states import Refused, WrongState
from agency.kit.words import lazy

EDIT = "project_stage.edit"


def get(id: int) -> ProjectStage | None:
    """A stage by id."""
    return db.session.get(ProjectStage, id)


def lay(project: Project, rows: Sequence[tuple[str, date]]) -> None:
    """Write the first stages of a new project, in their order."""
    for ordinal, (name, day) in enumerate(rows, 1):
        project.stages.append(ProjectStage(
            project_id=project.id, client_id=project.client_id, ordinal=ordinal, name=_named(name), planned_on=day,
            forecast_on=day,
        ))
    db.session.flush()


def add(project: Project, name: str, day: date, *, by: Any) -> ProjectStage:
    """Add a stage at the end."""
    policy.demand(by, EDIT, project)
    last = max((stage.ordinal for stage in project.stages), default=0)
    stage = ProjectStage(
        project_id=project.id, client_id=project.client_id, ordinal=last + 1, name=_named(name), planned_on=day,
        forecast_on=day,
    )
    project.stages.append(stage)
    db.session.flush()
    journal.fact("project.stage_added", about=stage, by=by, name=stage.name)
    return stage


def remove(stage: ProjectStage, *, by: Any) -> None:
    """Take away a stage that was never begun."""
    policy.demand(by, EDIT, stage)
    if stage.started_on or stage.done_on:
        raise WrongState(lazy("This stage was begun, so it stays."))
    project = db.session.get_one(Project, stage.project_id)
    journal.fact("project.stage_removed", about=project, by=by, name=stage.name)
    project.stages.remove(stage)
    db.session.delete(stage)
    db.session.flush()


def rename(stage: ProjectStage, name: str, *, by: Any) -> None:
    """Give a stage another name."""
    policy.demand(by, EDIT, stage)
    was, stage.name = stage.name, _named(name)
    if was != stage.name:
        db.session.flush()
        journal.fact("project.stage_renamed", about=stage, by=by, was=was, name=stage.name)


def move(stage: ProjectStage, day: date, reason: str, *, by: Any) -> None:
    """Forecast another day; the planned one stays, and the client is told the reason."""
    policy.demand(by, EDIT, stage)
    if stage.done_on:
        raise WrongState(lazy("This stage is done, its day cannot move any more."))
    if day == stage.forecast_on:
        return
    if not reason.strip():
        raise Refused(lazy("Say why the day moves: the client reads it in the next report."), "reason")
    was, stage.forecast_on = stage.forecast_on, day
    db.session.flush()
    journal.fact(
        "project.stage_moved", about=stage, by=by, audience="client", name=stage.name, reason=reason.strip(),
        was=was.isoformat(), becomes=day.isoformat(), planned=stage.planned_on.isoformat(),
    )


def start(stage: ProjectStage, *, by: Any, on: date | None = None) -> None:
    """Begin a stage."""
    policy.demand(by, EDIT, stage)
    if stage.started_on or stage.done_on:
        raise WrongState(lazy("This stage was begun already."))
    stage.started_on = on or clock.today()
    db.session.flush()
    journal.fact("project.stage_started", about=stage, by=by, audience="client", name=stage.name)


def finish(stage: ProjectStage, *, by: Any, on: date | None = None) -> None:
    """Complete a stage; the next one begins when a person says so."""
    policy.demand(by, EDIT, stage)
    if stage.done_on:
        raise WrongState(lazy("This stage was completed already."))
    stage.done_on = on or clock.today()
    stage.started_on = stage.started_on or stage.done_on
    db.session.flush()
    journal.fact("project.stage_done", about=stage, by=by, audience="client", name=stage.name)


def _named(name: str) -> str:
    words = " ".join(name.split())
    if not words:
        raise Refused(lazy("Name the stage."), "name")
    return words[:120]

"""The stages of a project: begun, completed, and moved only with a reason and the old day kept."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import select

from agency.flow.projects.models import Project, ProjectStage
from agency.kit import clock, journal, policy
from agency.kit.db import db
from agency.kit.states import Refused, WrongState
from agency.kit.words import lazy
from agency.people.agency.stage_endings import BY_HAND, FACTS, known

EDIT = "project_stage.edit"
# A stage as a project begins with it: its name, its day, and what ends it by itself, if anything does.
Laid = tuple[str, date] | tuple[str, date, str]


def get(id: int) -> ProjectStage | None:
    """A stage by id."""
    return db.session.get(ProjectStage, id)


def endings_of(project_id: int) -> dict[int, str]:
    """What ends each stage of a project by itself, by the stage's id."""
    rows = select(ProjectStage.id, ProjectStage.ending).where(ProjectStage.project_id == project_id)
    return {row.id: row.ending for row in db.session.execute(rows)}


def waiting_for(project_id: int, ending: str) -> ProjectStage | None:
    """The first stage of a project that is not over and ends by this."""
    rows = select(ProjectStage).where(
        ProjectStage.project_id == project_id, ProjectStage.ending == ending, ProjectStage.done_on.is_(None),
    )
    return db.session.scalars(rows.order_by(ProjectStage.ordinal)).first()


def lay(project: Project, rows: Sequence[Laid]) -> None:
    """Write the first stages of a new project, in their order."""
    for ordinal, (name, day, *ending) in enumerate(rows, 1):
        project.stages.append(ProjectStage(
            project_id=project.id, client_id=project.client_id, ordinal=ordinal, name=_named(name), planned_on=day,
            forecast_on=day, ending=ending[0] if ending else BY_HAND,
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


def end(stage: ProjectStage, fact: journal.Fact, *, by: Any) -> bool:
    """End a stage by the fact it waited for, on the day of that; whether it did.

    Nothing happens to a stage that is over, or that somebody reopened after the fact.
    """
    policy.demand(by, "project_stage.end", stage)
    if stage.done_on or stage.ending != FACTS.get(fact.verb) or _reopened_after(stage, fact):
        return False
    stage.done_on = clock.local(fact.at).date()
    stage.started_on = stage.started_on or stage.done_on
    db.session.flush()
    journal.fact("project.stage_ended", about=stage, by=by, audience="client", name=stage.name, ending=stage.ending)
    return True


def _reopened_after(stage: ProjectStage, fact: journal.Fact) -> bool:
    return any(one.verb == "project.stage_reopened" and one.id > fact.id for one in journal.about(stage))


def reopen(stage: ProjectStage, reason: str, *, by: Any) -> None:
    """Take up a stage that was over, with the reason; what follows it stays as it is."""
    policy.demand(by, EDIT, stage)
    if not stage.done_on:
        raise WrongState(lazy("This stage is not over."))
    if not reason.strip():
        raise Refused(lazy("Say why the stage goes on: the client may read it."), "reason")
    stage.done_on = None
    db.session.flush()
    journal.fact(
        "project.stage_reopened", about=stage, by=by, audience="client", name=stage.name, reason=reason.strip(),
    )


def set_ending(stage: ProjectStage, ending: str, *, by: Any) -> None:
    """Settle what ends a stage by itself, a key of stage_endings.NAMES; what has happened already ends nothing."""
    policy.demand(by, EDIT, stage)
    if known(ending) != ending:
        raise Refused(lazy("Choose one of the answers."), "ending")
    if stage.ending == ending:
        return
    if stage.done_on:
        raise WrongState(lazy("This stage is done, its day cannot move any more."))
    stage.ending = ending
    db.session.flush()
    journal.fact("project.stage_ending_set", about=stage, by=by, name=stage.name, ending=ending)


def _named(name: str) -> str:
    words = " ".join(name.split())
    if not words:
        raise Refused(lazy("Name the stage."), "name")
    return words[:120]

"""A stage ends by the client's yes it waited for, on the day of that, and no stage begins by itself."""

from datetime import UTC, date, datetime

from flask import Flask

from agency.flow.briefs import operations as briefs
from agency.flow.projects import queries, stages
from agency.flow.projects.models import Project, ProjectStage
from agency.flow.smetas.models import Smeta
from agency.kit import clock, journal
from agency.kit.db import db, db_reading, unit
from tests.cast import Cast
from tests.flow.briefs import cases
from workers.drain import drain
from workers.projects import end_stage

# The evening of Monday in UTC, Tuesday in Moscow.
YES = datetime(2026, 11, 30, 21, 30, tzinfo=UTC)
DAY = date(2026, 12, 1)
ENDS = {"brief.approved": ("projects.end_stage",), "smeta.approved": ("projects.end_stage",)}


def an_approved(cast: Cast) -> Project:
    """A project of seven stages whose client has just said yes to the brief."""
    brief = cases.sent(cast)
    for stage, ending in zip(brief.project.stages, ("brief", "estimate"), strict=False):
        stage.ending = ending
    db.session.flush()
    with clock.at(YES):
        briefs.approve(brief, by=cast.actor("irina"), seen=brief.content_hash, typed_name="Ирина Ситцева")
    return brief.project


def told(stage: ProjectStage) -> list[str]:
    return [fact.verb for fact in journal.about(stage)]


def the_yes(project: Project) -> journal.Fact:
    facts = db.session.query(journal.Fact).filter_by(verb="brief.approved", project_id=project.id)
    return facts.one()


def test_the_yes_to_the_brief_ends_its_stage_on_that_day_and_begins_no_other(app: Flask, cast: Cast) -> None:
    with app.app_context():
        with unit():
            project_id = an_approved(cast).id
        drain(ENDS)
        with db_reading():
            project = queries.one(project_id)
            first, second = project.stages[:2]
            assert (first.done_on, first.started_on) == (DAY, DAY)
            assert (second.done_on, second.started_on) == (None, None)
            assert project.current_stage is second
            (fact,) = journal.about(first)
            assert (fact.verb, fact.audience, fact.actor_id) == ("project.stage_ended", "client", None)
            assert journal.sentence(fact, "") == "Этап «Бриф» завершён"


def test_told_twice_it_ends_once_and_what_somebody_reopened_stays_open(app: Flask, cast: Cast) -> None:
    with app.app_context(), unit():
        project = an_approved(cast)
        first, fact_id = project.stages[0], the_yes(project).id
        end_stage(fact_id)
        end_stage(fact_id)
        assert told(first) == ["project.stage_ended"]
        stages.reopen(first, "клиент прислал правки", by=cast.actor("vera"))
        end_stage(fact_id)
        assert first.done_on is None
        assert told(first) == ["project.stage_reopened", "project.stage_ended"]


def test_what_was_ended_by_hand_keeps_its_day(app: Flask, cast: Cast) -> None:
    with app.app_context(), unit():
        project = an_approved(cast)
        stages.finish(project.stages[0], by=cast.actor("vera"), on=date(2026, 11, 27))
        end_stage(the_yes(project).id)
        assert project.stages[0].done_on == date(2026, 11, 27)
        assert project.stages[1].done_on is None


def test_an_estimate_ends_the_stage_of_estimates_and_an_addition_ends_none(app: Flask, cast: Cast) -> None:
    with app.app_context(), unit():
        project = an_approved(cast)
        second = project.stages[1]

        def yes_to(kind: str) -> int:
            smeta = Smeta(
                project_id=project.id, client_id=project.client_id, kind=kind, n=1, number=f"{project.number}/{kind}",
                language="ru", currency="RUB", author_id=cast.persons["vera"],
            )
            db.session.add(smeta)
            db.session.flush()
            return journal.fact("smeta.approved", about=smeta, by=cast.actor("irina"), number=smeta.number).id

        end_stage(yes_to("additional"))
        assert second.done_on is None
        end_stage(yes_to("base"))
        assert second.done_on == clock.today()
        assert project.stages[0].done_on is None, "a stage ends by its own fact alone"

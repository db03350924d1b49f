"""The project page of going work: departments, the plan with moved days, loose ends both ways, the journal."""

import re
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal

from flask import Flask
from sqlalchemy import select

from agency.attached.hours.models import TimeEntry
from agency.flow.projects.models import Project, Requirement
from agency.flow.smetas.models import Smeta, SmetaLine
from agency.flow.tasks.models import Task, TaskMark
from agency.kit import clock, journal
from agency.kit.db import db, unit
from tests.cast import Cast
from tests.flow import factory
from tests.flow.tasks import factory as tasks
from tests.pages import Visitor
from tests.queries import counted

As = Callable[[str | None], Visitor]


def _going(app: Flask, cast: Cast) -> int:
    """A project of an approved estimate with one line and its task, a second task nobody asked for, and a moved day."""
    with app.app_context(), unit():
        project = factory.a_project(cast)
        smeta = Smeta(
            project_id=project.id, client_id=project.client_id, kind="base", n=1, number="TE-2026-014/С1",
            state="draft", language="ru", currency="RUB", author_id=cast.persons["vera"], net=100_000, cost=60_000,
        )
        db.session.add(smeta)
        db.session.flush()
        line = SmetaLine(
            smeta_id=smeta.id, client_id=project.client_id, lineage="a", ordinal=1, department="creative",
            title="Слоган", unit="hour", quantity=Decimal(4), price=Decimal(250), net=100_000,
        )
        db.session.add(line)
        db.session.flush()
        db.session.execute(db.update(Smeta).values(state="approved"))
        asked = tasks.task(cast, "in_progress", project, title="Слоган", smeta_line_id=line.id, estimate_minutes=240)
        wish = db.session.scalars(select(Requirement).where(Requirement.project_id == project.id)).first()
        assert wish is not None
        db.session.add(TaskMark(task_id=asked.id, requirement_id=wish.id))
        db.session.add(TimeEntry(
            subject_id=asked.id, client_id=project.client_id, project_id=project.id, day=clock.today(), minutes=60,
            person_id=cast.persons["copywriter"],
        ))
        tasks.task(cast, "open", project, department="media", title="Никто не просил")
        stage = project.stages[6]
        stage.forecast_on = stage.planned_on + timedelta(days=5)
        return project.id


def test_one_look_tells_departments_plan_money_and_loose_ends(app: Flask, as_: As, cast: Cast) -> None:
    project = _going(app, cast)
    text = as_("vera").get(f"/projects/{project}").text.replace("\xa0", " ")
    loose = text.split('id="loose"')[1].split("</section>")[0]
    assert "Никто не просил" in loose
    assert "Воблеры в пекарни" in loose
    assert "Слоган" not in loose
    assert "25 %" in text, "worked off"
    assert 'class="s dash"' in text, "the planned curve"
    assert "По плану к этому дню" in text
    assert re.search(r"<s class=\"dimmer\">30 ноя</s>", text), "the day that moved stands beside the new one"
    for shown, who in (("По плану к этому дню", "copywriter"), ("Маржа", "head_creative")):
        assert shown not in as_(who).get(f"/projects/{project}").text.replace("\xa0", " ")


def test_the_journal_is_narrowed_by_person_matter_and_day(app: Flask, as_: As, cast: Cast) -> None:
    project, vera = _going(app, cast), as_("vera")
    vera.post(f"/projects/{project}/promises", {"words": "Смета к среде", "due_on": clock.today().isoformat()})
    here = f"/projects/{project}/journal"
    assert "Смета к среде" in vera.get(f"{here}?what=promise&who={cast.persons['vera']}").text.replace("\xa0", " ")
    assert "Смета к среде" not in vera.get(f"{here}?what=work").text.replace("\xa0", " ")
    assert "Смета к среде" not in vera.get(f"{here}?on=2020-02-03").text.replace("\xa0", " ")
    as_("oleg").get(here, status=404)


def test_who_may_not_see_estimates_reads_nothing_of_them_in_the_journal(app: Flask, as_: As, cast: Cast) -> None:
    project = _going(app, cast)
    with app.app_context(), unit():
        one = db.session.get_one(Project, project)
        journal.fact("smeta.sent", about=one, by=cast.actor("vera"), number="С-СТРОГО")
        journal.fact("project.started", about=one, by=cast.actor("vera"))
    for page in (f"/projects/{project}", f"/projects/{project}/journal", f"/projects/{project}/journal/table?form=csv"):
        assert "С-СТРОГО" in as_("vera").get(page).text
        hidden = as_("copywriter").get(page).text
        assert "С-СТРОГО" not in hidden
        assert "Вера Лапина" in hidden


def test_the_page_asks_the_same_questions_whatever_the_amount_of_work(app: Flask, as_: As, cast: Cast) -> None:
    project, asked_by_size = _going(app, cast), []
    visitor = as_("vera")
    for more in (0, 60):
        if more:
            with app.app_context(), unit():
                one = db.session.get_one(Project, project)
                for n in range(more):
                    db.session.add(Task(
                        project_id=project, client_id=one.client_id, department="media", title=f"Ещё {n}",
                        state="open", due_on=clock.today(),
                    ))
        visitor.get(f"/projects/{project}")
        with counted(app) as asked:
            visitor.get(f"/projects/{project}")
        asked_by_size.append(len(asked))
    assert asked_by_size[0] == asked_by_size[1] <= 12

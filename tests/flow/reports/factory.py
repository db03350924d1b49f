"""The case of the morning as it stood on the day of its first report, lived through the operations."""

from datetime import UTC, date, datetime

from agency.attached.promises import operations as promises
from agency.flow.payments import operations as payments
from agency.flow.projects import stages
from agency.flow.projects.models import Project
from agency.flow.reports import operations
from agency.flow.reports.models import Report
from agency.flow.smetas import editing
from agency.flow.smetas import operations as smetas
from agency.flow.smetas.models import Smeta
from agency.flow.tasks import plans
from agency.flow.tasks.models import Task
from agency.kit import clock
from agency.kit.db import db
from agency.kit.queue import SYSTEM
from tests.cast import Cast
from tests.flow.smetas import factory as estimates

FRIDAY = date(2026, 12, 18)
STAGES = (
    ("Бриф", date(2026, 11, 30)),
    ("Смета", date(2026, 12, 8)),
    ("Концепция", date(2026, 12, 22)),
    ("Дизайн и тексты", date(2027, 1, 20)),
    ("Производство", date(2027, 2, 10)),
    ("Запуск и ведение", date(2027, 3, 31)),
    ("Итоги", date(2027, 4, 9)),
)
DAYS = {
    "Креативная концепция, 2 маршрута": (date(2026, 12, 10), date(2026, 12, 18)),
    "Медиапланирование": (date(2026, 12, 14), date(2026, 12, 17)),
    "Слоган и названия тарифов": (date(2026, 12, 21), date(2026, 12, 23)),
    "Сценарий ролика 15 с": (date(2026, 12, 21), date(2026, 12, 24)),
    "Ключевой визуал": (date(2026, 12, 21), date(2026, 12, 25)),
}


def at(month: int, day: int, hour: int = 10, year: int = 2026) -> datetime:
    """An instant of the case, by the clock of Moscow."""
    return datetime(year, month, day, hour - 3, tzinfo=UTC)


def agreed(cast: Cast, **fields: object) -> Project:
    """The project with its estimate approved, stages laid and the first payment made, in the open unit."""
    vera, irina = cast.actor("vera"), cast.actor("irina")
    with clock.at(at(11, 23)):
        project = estimates.project(cast, number="TE-2026-014", budget=270_000_000, ends_on=date(2027, 4, 9), **fields)
        project.deputy_id = cast.persons["oleg"]
        cast.person("vera").phone = "+7 900 000-00-01"
        stages.lay(project, STAGES)
    with clock.at(at(12, 3)):
        first = estimates.first(project, vera)
        smetas.send(first, by=vera)
        smetas.reject(first, "дороже бюджета", by=irina, seen=first.content_hash, typed_name="Ирина Ветлугина")
    with clock.at(at(12, 7)):
        second = estimates.second(first, vera)
        editing.set_terms(second, by=vera, valid_until=date(2026, 12, 21))
        smetas.send(second, by=vera)
    with clock.at(at(12, 8)):
        smetas.approve(second, by=irina, seen=second.content_hash, typed_name="Ирина Ветлугина")
        plans.split(second, by=SYSTEM)
        for stage in project.stages[:2]:
            stages.finish(stage, by=vera, on=stage.planned_on)
        stages.start(project.stages[2], by=vera)
    with clock.at(at(12, 15)):
        payments.receive(second.payments[0], by=cast.actor("finance"))
    db.session.flush()
    return project


def task_of(project: Project, title: str) -> Task:
    """A task of the project by its title."""
    return db.session.query(Task).filter_by(project_id=project.id, title=title).one()


def worked(cast: Cast, **fields: object) -> Project:
    """The same project on Friday, 18 December: two routes shown, the media plan done, a promise kept."""
    project = agreed(cast, **fields)
    vera = cast.actor("vera")
    for title, (starts, due) in DAYS.items():
        row = task_of(project, title)
        row.starts_on, row.due_on, row.state = starts, due, "open"
    with clock.at(at(12, 9)):
        promise = promises.make(project, "Показать 2 маршрута до 18 декабря", FRIDAY, by=vera)
    with clock.at(at(12, 17, 16)):
        plan = task_of(project, "Медиапланирование")
        plan.state, plan.done_at = "done", clock.now()
    with clock.at(at(12, 18, 12)):
        routes = task_of(project, "Креативная концепция, 2 маршрута")
        routes.state, routes.done_at = "done", clock.now()
        promises.keep(promise, by=vera)
    db.session.flush()
    return project


def approved_smeta(project: Project) -> Smeta:
    """The agreed version."""
    return db.session.query(Smeta).filter_by(project_id=project.id, state="approved").one()


def first_report(cast: Cast, project: Project | None = None) -> Report:
    """Status No. 1 of the case as a draft with what the AM adds to it."""
    vera = cast.actor("vera")
    project = project or worked(cast)
    with clock.at(at(12, 18, 15)):
        report = operations.begin(project, FRIDAY, by=vera)
        slips = "съёмка сдвигается день в день"
        asks = (
            {"text": "Выбрать маршрут", "who": "Ирина Ветлугина", "by": date(2026, 12, 22), "slips": slips},
            {"text": "Открыть доступ к Метрике", "who": "Тимур Галеев", "by": date(2026, 12, 21)},
            {"text": "Прислать скан подписанного приложения № 2", "by": date(2026, 12, 25)},
        )
        for ask in asks:
            operations.add_line(report, "needed", ask, by=vera)
        risk = {"text": "Лофт для съёмки не подтверждён", "who": "продюсер", "by": date(2027, 1, 15)}
        operations.add_line(report, "risks", {**risk, "action": "держим вторую площадку"}, by=vera)
        operations.write(
            report,
            {
                (
                    "done",
                    f"task:{task_of(project, 'Креативная концепция, 2 маршрута').id}",
                    "text",
                ): "Показали 2 маршрута",
                (
                    "done",
                    f"task:{task_of(project, 'Медиапланирование').id}",
                    "text",
                ): "Медиаплан v1: охват 3+ 392 тыс., прогноз CPA 405 ₽",
            },
            by=vera,
        )
    return report

"""The case of the morning on the day of its second report: a shoot moved in time, an addition above the budget."""

from datetime import date, datetime
from decimal import Decimal

from agency.attached.promises import operations as promises
from agency.attached.promises.operations import Offer
from agency.flow.projects import stages
from agency.flow.projects.models import Project
from agency.flow.reports import operations, queries
from agency.flow.reports.models import Report
from agency.flow.smetas import operations as smetas
from agency.flow.tasks import plans
from agency.flow.tasks.models import Delivery
from agency.kit import clock
from agency.kit.db import db
from agency.kit.queue import SYSTEM
from tests.cast import Cast
from tests.flow.reports import factory
from tests.flow.reports.factory import at, task_of

FRIDAY = date(2027, 1, 22)
DONE = {
    "Слоган и названия тарифов": date(2026, 12, 23), "Сценарий ролика 15 с": date(2026, 12, 24),
    "Ключевой визуал": date(2026, 12, 25), "Веб-аналитика: цели, дашборд": date(2027, 1, 15),
    "SEO-тексты лендинга": date(2027, 1, 19),
}  # fmt: skip
KEPT = {
    "Прислать сценарий ролика": date(2026, 12, 24), "Показать ключевой визуал": date(2026, 12, 25),
    "Сдать тексты лендинга": date(2027, 1, 19), "Сдать 18 баннеров": date(2027, 1, 20),
}  # fmt: skip
AHEAD = {
    "Адаптация баннеров": (date(2027, 1, 11), date(2027, 1, 20)),
    "Съёмка ролика": (date(2027, 1, 19), date(2027, 1, 22)),
    "Монтаж, цвет, звук": (date(2027, 1, 27), date(2027, 2, 2)),
    "Лендинг: дизайн и вёрстка": (date(2027, 1, 12), date(2027, 2, 5)),
    "Печать воблеров": (date(2027, 2, 1), date(2027, 2, 8)),
}
REASON = "площадка отменила бронь"


def january(month: int, day: int, hour: int = 10) -> datetime:
    """An instant of the second half of the case."""
    return at(month, day, hour, 2026 if month == 12 else 2027)


def lived(cast: Cast) -> Project:
    """The project up to Friday, 22 January, its first report sent."""
    vera = cast.actor("vera")
    project = factory.worked(cast, launches_on=date(2027, 2, 15))
    with clock.at(at(12, 18, 16)):
        first = factory.first_report(cast, project)
        operations.approve(first, by=vera)
        operations.send(first, by=vera)
    _work(cast, project)
    _addition(cast, project)
    _shoot(cast, project)
    db.session.flush()
    return project


def _work(cast: Cast, project: Project) -> None:
    vera = cast.actor("vera")
    for title, (starts, due) in AHEAD.items():
        row = task_of(project, title)
        row.starts_on, row.due_on, row.state = starts, due, "open"
    for words, day in KEPT.items():
        with clock.at(january(12, 21)):
            promise = promises.make(project, words, day, by=vera)
        with clock.at(january(day.month, day.day, 12)):
            promises.keep(promise, by=vera)
    for title, day in DONE.items():
        row = task_of(project, title)
        row.starts_on, row.due_on, row.state = row.starts_on or day, day, "done"
        row.done_at = january(day.month, day.day, 16)
    with clock.at(january(1, 20, 18)):
        for stage, day in zip(project.stages[2:4], (date(2026, 12, 22), date(2027, 1, 20)), strict=True):
            stages.finish(stage, by=vera, on=day)
        stages.start(project.stages[4], by=vera)
    banners = task_of(project, "Адаптация баннеров")
    banners.state, banners.round, banners.shown_at = "client_review", 2, january(1, 20, 12)
    for n, day, verdict in ((1, 18, "sent_back"), (2, 20, "")):
        db.session.add(Delivery(
            task_id=banners.id, client_id=project.client_id, project_id=project.id, n=n, round=n,
            by_id=cast.persons["designer"], shown_at=january(1, day, 12), verdict=verdict,
        ))  # fmt: skip


def _addition(cast: Cast, project: Project) -> None:
    with clock.at(january(1, 14)):
        vera = cast.actor("vera")
        addition = smetas.additional(factory.approved_smeta(project), by=vera)
        smetas.write(addition, [
            {"department": "creative", "title": "Вертикальные баннеры", "unit": "шт", "quantity": Decimal(6),
             "price": Decimal(3200), "cost": Decimal(1500), "marks": [1]},
            {"department": "production", "title": "Версия ролика 6 с", "unit": "смена", "quantity": Decimal("0.5"),
             "price": Decimal(28000), "cost": Decimal(16000), "marks": [2]},
        ], by=vera, valid_until=date(2027, 1, 26))  # fmt: skip
        smetas.send(addition, by=vera)


def _shoot(cast: Cast, project: Project) -> None:
    vera, shoot = cast.actor("vera"), task_of(project, "Съёмка ролика")
    with clock.at(january(1, 11)):
        promise = promises.make(shoot, "Снять ролик", date(2027, 1, 22), by=vera)
    with clock.at(january(1, 19, 11)):
        offer = Offer("bonus", "4 ресайза бесплатно", 1_280_000, "RUB")
        promises.move(promise, date(2027, 1, 26), REASON, by=vera, offer=offer)
        plans.move_due(shoot, date(2027, 1, 26), vera, REASON)


def second_report(cast: Cast, project: Project | None = None) -> Report:
    """Status No. 2 as it drafts itself, and the AM's words over it."""
    project, vera = project or lived(cast), cast.actor("vera")
    with clock.at(january(1, 22, 9)):
        report = operations.begin(project, FRIDAY, by=SYSTEM)
    return _written(report, project, vera)


def _written(report: Report, project: Project, vera: object) -> Report:
    with clock.at(january(1, 22, 15)):
        for section in ("needed", "risks"):
            for line in queries.lines_of(report)[section]:
                if line["is_own"]:
                    operations.remove_line(report, section, line["key"], by=vera)  # settled long ago
    shoot, banners = task_of(project, "Съёмка ролика"), task_of(project, "Адаптация баннеров")
    texts, visual = task_of(project, "SEO-тексты лендинга"), task_of(project, "Ключевой визуал")
    with clock.at(january(1, 22, 15)):
        operations.write(report, {
            ("done", f"task:{visual.id}", "text"): "Ключевой визуал утверждён в первом раунде",
            ("done", f"task:{banners.id}", "text"): "18 баннеров сданы: 12 утверждены, 6 во втором раунде",
            ("done", f"task:{texts.id}", "text"): "Тексты сданы, 24,3 тыс. знаков",
            ("moved", f"task:{shoot.id}", "explanation"):
                "Монтаж сокращён до двух смен и субботней, старт 15 февраля сохраняется.",
        }, by=vera)  # fmt: skip
        risk = {"text": "Очередь в типографии", "action": "бронь на 1 февраля подтверждена", "by": date(2027, 2, 1)}
        operations.add_line(report, "risks", risk, by=vera)
    return report

"""A project ready for its smeta, and the case of the morning written through the operations."""

from datetime import date
from decimal import Decimal
from typing import Any

from agency.flow.briefs.models import Brief
from agency.flow.projects.models import Project, Requirement
from agency.flow.smetas import editing, operations
from agency.flow.smetas.models import Smeta
from agency.kit import clock
from agency.kit.db import db
from tests.cast import Cast
from tests.flow.smetas import cases

UNITS = "мес пакет ч ч шт 1000_зн шт ч ч мес мес стр ч шт пакет смена ч респ. шт".split()
TITLES = (
    "Ведение проекта", "Креативная концепция, 2 маршрута", "Слоган и названия тарифов", "Ключевой визуал",
    "Адаптация баннеров", "SEO-тексты лендинга", "Сценарий ролика 15 с", "Медиапланирование",
    "Настройка контекстной рекламы", "Размещение: Директ", "Размещение: VK Реклама", "SEO-оптимизация страниц",
    "Веб-аналитика: цели, дашборд", "Маркировка креативов (erid)", "Съёмка ролика", "Монтаж, цвет, звук",
    "Лендинг: дизайн и вёрстка", "Юзабилити-тест", "Печать воблеров",
)  # fmt: skip
PAYMENTS = (
    {"percent": Decimal(40), "trigger": "date", "due_on": date(2026, 12, 15)},
    {"percent": Decimal(40), "trigger": "date", "due_on": date(2027, 2, 1)},
    {"percent": Decimal(20), "trigger": "act", "words": "после акта"},
)
COUNTER = {"n": 13}


def project(
    cast: Cast, client: str = "hedgehog", manager: str = "vera", brief: str = "approved", **fields: Any,
) -> Project:
    """A project of a client with its brief in a state, four requirements, in the open unit."""
    COUNTER["n"] += 1
    client_id = getattr(cast, client)
    row = Project(
        number=fields.pop("number", f"TE-2026-{COUNTER['n']:03}"), name=fields.pop("name", "Утро по подписке"),
        state="active", client_id=client_id, own_entity_id=cast.entity, manager_id=cast.persons[manager],
        language=fields.pop("language", "ru"), currency=fields.pop("currency", "RUB"), starts_on=clock.today(),
        **fields,
    )
    db.session.add(row)
    db.session.flush()
    for n, words in enumerate(("Баннеры", "Ролик 15 секунд", "Посадочная страница", "SEO-тексты"), 1):
        db.session.add(Requirement(project_id=row.id, client_id=client_id, n=n, words=words))
    if brief:
        db.session.add(Brief(
            project_id=row.id, client_id=client_id, type="client", type_version=1, n=1, number=f"{row.number}/Б1",
            state=brief, language="ru", author_id=cast.persons[manager], content_hash="b", sent_at=clock.now(),
        ))
    db.session.flush()
    return row


def rows(with_discounts: bool) -> list[dict[str, Any]]:
    """The nineteen rows of handbook 8.1."""
    department = {"service": "account"}
    return [
        {
            "department": department.get(section, section), "title": title, "unit": unit.replace("_", " "),
            "quantity": Decimal(quantity), "price": Decimal(price), "cost": Decimal(cost),
            "discount_percent": Decimal(discount if with_discounts else 0), "kind": kind,
            "is_discountable": kind == "own", "is_commissionable": kind == "media",
        }
        for (section, quantity, price, discount, cost, kind), title, unit in zip(
            cases.MORNING_ROWS, TITLES, UNITS, strict=True,
        )
    ]


def first(project: Project, by: Any) -> Smeta:
    """Version 1 of the morning as a draft: no discount at all."""
    return operations.create_from_rows(
        project, rows(False), by=by, payments=PAYMENTS, commission_percent=Decimal(10), valid_until=clock.today(),
    )


def second(before: Smeta, by: Any) -> Smeta:
    """Version 2 as a draft: 10 % off the banners, 5 % off the agency's own work."""
    smeta = operations.new_version(before, by=by)
    banners = next(line for line in smeta.lines if line.title == "Адаптация баннеров")
    editing.change_line(banners, {"discount_percent": Decimal(10)}, by=by)
    editing.set_terms(smeta, by=by, discount_percent=Decimal(5), valid_until=clock.today())
    editing.recount(smeta, by=by)
    return smeta


def sent(cast: Cast, **fields: Any) -> Smeta:
    """Version 1 lying with the client."""
    vera = cast.actor("vera")
    smeta = first(project(cast, **fields), vera)
    operations.send(smeta, by=vera)
    return smeta

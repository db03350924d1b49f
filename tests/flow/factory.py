"""Projects for tests that need one and are not about how it came to be."""

from datetime import UTC, date, datetime
from typing import Any

from agency.flow.projects.models import Project, ProjectStage, Requirement
from agency.flow.requests.models import Request
from agency.kit.db import db
from tests.cast import Cast

WORDS = (
    "Здравствуйте! Мы сеть пекарен „Тёплый Ёж“. С 15 февраля запускаем подписку „Утро“: набор выпечки домой к 7:30. "
    "Нужна кампания на февраль — март: идея, баннеры, ролик 15 секунд, посадочная страница, реклама в Директе и VK, "
    "SEO-тексты, воблеры в пекарни. Бюджет до 2,7 млн ₽ с НДС вместе с размещением. "
    "Цель — 3 000 подписчиков к 31 марта. Когда сможете показать идею и смету? Ирина Ветлугина"
)
STATEMENTS = (
    "С 15 февраля запускаем подписку „Утро“: набор выпечки домой к 7:30",
    "Нужна кампания на февраль — март: идея, баннеры, ролик 15 секунд, посадочная страница",
    "Реклама в Директе и VK, SEO-тексты",
    "Воблеры в пекарни",
    "Бюджет до 2,7 млн ₽ с НДС вместе с размещением",
    "Цель — 3 000 подписчиков к 31 марта",
)
STAGES = ("Бриф", "Стратегия и смета", "Концепция", "Дизайн и тексты", "Производство", "Запуск и ведение", "Итоги")


def a_project(cast: Cast, *, client: str = "hedgehog", manager: str = "vera", number: str = "", **card: Any) -> Project:
    """A project with its request, seven stages and requirements 1 to 6, written in the open unit."""
    client_id = getattr(cast, client)
    number = number or {"hedgehog": "TE-2026-014", "rival": "RV-2026-001"}[client]
    contact = {"hedgehog": "irina", "rival": "stranger"}[client]
    request = Request(
        serial=number, state="qualified", source="mail", client_id=client_id, subject="Утро по подписке",
        words=WORDS, contact_person_id=cast.persons[contact], contact_name=cast.person(contact).name,
        budget_words="до 2,7 млн ₽ с НДС вместе с размещением", deadline_words="с 15 февраля",
        received_at=datetime(2026, 11, 23, 7, tzinfo=UTC), reply_due_at=datetime(2026, 11, 23, 9, tzinfo=UTC),
        taken_by_id=cast.persons[manager],
    )
    db.session.add(request)
    db.session.flush()
    values = {
        "name": "Утро по подписке", "state": "active", "language": "ru", "currency": "RUB", "budget": 270_000_000,
        "starts_on": date(2026, 11, 23), "ends_on": date(2027, 3, 31), "own_entity_id": cast.entity,
    }
    project = Project(
        number=number, client_id=client_id, request_id=request.id, manager_id=cast.persons[manager], **values | card,
    )
    project.search_text = f"{number} {project.name}".casefold()
    db.session.add(project)
    db.session.flush()
    _stages_and_requirements(project, cast.person(contact).name)
    return project


def _stages_and_requirements(project: Project, said_by: str) -> None:
    for ordinal, name in enumerate(STAGES, 1):
        day = date(2026, 11, 23 + ordinal)
        project.stages.append(ProjectStage(
            client_id=project.client_id, ordinal=ordinal, name=name, planned_on=day, forecast_on=day,
        ))
    for n, words in enumerate(STATEMENTS, 1):
        db.session.add(Requirement(
            project_id=project.id, client_id=project.client_id, n=n, words=words, said_by=said_by,
            said_on=date(2026, 11, 23),
        ))
    db.session.flush()

"""Weight for trying how much the house carries: many clients with many tasks, written in bulk."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import insert

from agency.entrypoints.cli.demo.people import Company
from agency.flow.projects.models import Project, ProjectStage, Requirement
from agency.flow.tasks.models import Task
from agency.kit import clock
from agency.kit.db import Searched, db, finding
from agency.people.accounts.models import Person
from agency.people.clients.models import Brand, Client, Contact

AT_ONCE = 100
PROJECTS, TASKS = 5, 10
NAMES = ("Сайт", "Запуск", "Каталог", "Ролик", "Подписка")
STAGES = ("Бриф", "Концепция", "Производство", "Запуск")
WORKS = (
    ("creative", "Тексты", "maria"), ("creative", "Макеты", "nina"), ("media", "Медиаплан", "lev"),
    ("media", "Семантика", "rita"), ("media", "Отчёт площадок", "kira"), ("media", "Кампании", "denis"),
    ("production", "Съёмка", "semyon"), ("production", "Вёрстка", "gleb"), ("production", "Печать", "faina"),
    ("creative", "Правки", "maria"),
)  # fmt: skip
STATES = ("done", "done", "done", "in_progress", "taken", "open", "backlog", "cancelled", "done", "open")
FREE = ("open", "backlog", "cancelled")
Rows = list[dict[str, Any]]


def fill(company: Company, size: int) -> None:
    """Write so many clients, each with 5 projects of 10 tasks, in the open unit."""
    for first in range(1, size + 1, AT_ONCE):
        numbers = range(first, min(first + AT_ONCE, size + 1))
        clients = _clients(company, numbers)
        projects = _projects(clients)
        _put(ProjectStage, [row for project in projects for row in _stages(project)])
        _put(Requirement, [row for project in projects for row in _requirements(project)])
        _put(Task, [row for project in projects for row in _tasks(company, project)])


def _put(table: Any, rows: Rows) -> Rows:
    """Insert rows; each comes back with its id."""
    made = db.session.scalars(insert(table).returning(table.id, sort_by_parameter_order=True), rows)
    whole = [{**row, "id": id_} for row, id_ in zip(rows, made, strict=True)]
    if issubclass(table, Searched):
        finding.keep_all(db.session.connection(), table, whole)
    return whole


def _clients(company: Company, numbers: range) -> Rows:
    own, rows = company.entities["ru"], []
    for n in numbers:
        name, code = f"Пробный клиент {n}", _code(n)
        rows.append({
            "code": code, "name": name, "manager_id": company.persons["vera" if n % 2 else "oleg"],
            "own_entity_id": own, "search_text": f"{name} {code}".casefold(),
        })
    clients = _put(Client, rows)
    _put(Brand, [{"client_id": row["id"], "name": row["name"]} for row in clients])
    people = _put(Person, [
        {"kind": "contact", "name": f"Контакт {row['code']}", "password_hash": None,
         "email": f"{row['code'].lower()}@weight.example", "search_text": f"контакт {row['code']}".casefold()}
        for row in clients
    ])  # fmt: skip
    _put(Contact, [
        {"client_id": row["id"], "person_id": one["id"], "is_approver": True}
        for row, one in zip(clients, people, strict=True)
    ])  # fmt: skip
    return clients


def _code(n: int) -> str:
    return f"W{n:04}" if n < 10_000 else f"X{n % 100_000:05}"


def _projects(clients: Rows) -> Rows:
    today, rows = clock.today(), []
    for client, n in ((client, n) for client in clients for n in range(PROJECTS)):
        number, starts = f"{client['code']}-{today.year}-{n + 1:03}", today - timedelta(days=30 * n + 10)
        rows.append({
            "number": number, "name": f"{NAMES[n]} {client['code']}", "state": "active", "client_id": client["id"],
            "own_entity_id": client["own_entity_id"], "manager_id": client["manager_id"], "language": "ru",
            "currency": "RUB", "starts_on": starts, "ends_on": starts + timedelta(days=90),
            "search_text": f"{number} {NAMES[n]} {client['name']}".casefold(),
        })
    return _put(Project, rows)


def _stages(project: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for ordinal, name in enumerate(STAGES, 1):
        day = project["starts_on"] + timedelta(days=22 * ordinal)
        done = day if day < clock.today() else None
        yield {
            **_home(project), "ordinal": ordinal, "name": name, "planned_on": day, "forecast_on": day, "done_on": done,
            "started_on": project["starts_on"] if done else None,
        }  # fmt: skip


def _requirements(project: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for n in (1, 2, 3):
        yield {**_home(project), "n": n, "words": f"Пробное требование {n}", "said_on": project["starts_on"]}


def _tasks(company: Company, project: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for n in range(TASKS):
        department, title, who = WORKS[n]
        state = STATES[(n + project["id"]) % len(STATES)]
        due: date = project["starts_on"] + timedelta(days=8 * (n + 1))
        done: datetime | None = clock.now() - timedelta(days=n + 1) if state == "done" else None
        yield {
            **_home(project), "department": department, "title": title, "state": state, "due_on": due,
            "starts_on": project["starts_on"], "estimate_minutes": 480, "search_text": title.casefold(),
            "done_at": done,
            "assignee_id": None if state in FREE else company.persons[who],
        }  # fmt: skip


def _home(project: dict[str, Any]) -> dict[str, Any]:
    return {"project_id": project["id"], "client_id": project["client_id"]}

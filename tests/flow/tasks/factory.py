"""Tasks in any state, written as rows so that a test may begin in the middle."""

from datetime import date, timedelta
from typing import Any

from agency.flow.projects.models import Project, Requirement
from agency.flow.tasks.models import Delivery, Task, TaskMark
from agency.kit import clock
from agency.kit.db import db
from tests.cast import Cast

MAKERS = {"creative": "copywriter", "media": "seo", "production": "producer", "account": "vera"}
UNASSIGNED = ("backlog", "open", "cancelled")
COUNTER = {"n": 500}


def project(cast: Cast, client: str = "hedgehog", manager: str = "vera", **fields: Any) -> Project:
    """An active project with two requirements, in the open unit."""
    COUNTER["n"] += 1
    client_id = getattr(cast, client)
    row = Project(
        number=f"TE-2026-{COUNTER['n']}", name=fields.pop("name", "Утро по подписке"),
        state=fields.pop("state", "active"), client_id=client_id, own_entity_id=cast.entity,
        manager_id=cast.persons[manager], language="ru", currency="RUB",
        starts_on=fields.pop("starts_on", clock.today()),
        ends_on=fields.pop("ends_on", clock.today() + timedelta(days=90)), search_text="утро по подписке", **fields,
    )
    db.session.add(row)
    db.session.flush()
    for n, words in enumerate(("Запрещены слова «полезный» и «лечебный».", "Рецепт до пяти шагов."), 1):
        db.session.add(Requirement(
            project_id=row.id, client_id=client_id, n=n, words=words, said_by="Ирина Ветлугина",
            said_on=date(2026, 11, 23),
        ))
    db.session.flush()
    return row


def task(
    cast: Cast, state: str = "open", of: Project | None = None, department: str = "creative", **fields: Any,
) -> Task:
    """One task of a project (of a new one when none is given)."""
    of = of or project(cast)
    maker = fields.pop("assignee", None if state in UNASSIGNED else MAKERS[department])
    marked = fields.pop("marked", False)
    title = fields.pop("title", "Тексты упаковки, шесть вкусов")
    fields.setdefault("before_block", "in_progress" if state == "blocked" else "")
    fields.setdefault("due_on", clock.today() + timedelta(days=5))
    row = Task(
        project_id=of.id, client_id=of.client_id, department=department, title=title, state=state,
        assignee_id=cast.persons[maker] if maker else None, search_text=title.casefold(),
        done_at=clock.now() if state == "done" else None,
        shown_at=clock.now() - timedelta(days=2) if state == "client_review" else None, **fields,
    )
    db.session.add(row)
    db.session.flush()
    if marked:
        for requirement in db.session.query(Requirement).filter_by(project_id=of.id):
            db.session.add(TaskMark(task_id=row.id, requirement_id=requirement.id))
        db.session.flush()
    if state in ("in_review", "client_review", "done"):
        deliver(cast, row, maker or MAKERS[department], shown=state == "client_review")
    return row


def deliver(cast: Cast, row: Task, maker: str, shown: bool = False) -> Delivery:
    """A version handed in, as a row."""
    delivery = Delivery(
        task=row, project_id=row.project_id, client_id=row.client_id, n=len(row.deliveries) + 1, note="Тексты в папке",
        by_id=cast.persons[maker], content_hash=f"hash-{row.id}-{len(row.deliveries) + 1}",
        shown_at=clock.now() if shown else None,
    )
    db.session.add(delivery)
    db.session.flush()
    db.session.expire(row, ["deliveries"])
    return delivery

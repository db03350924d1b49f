"""Questions about promises."""

from datetime import date
from typing import Any

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import joinedload

from agency.attached.promises.models import Promise
from agency.kit.db import db


def get(id: int) -> Promise | None:
    """A promise by id."""
    return db.session.get(Promise, id)


def of_project(project_id: int) -> list[Promise]:
    """Every promise of a project, open ones first, then by day."""
    rows = select(Promise).where(Promise.project_id == project_id).options(joinedload(Promise.made_to))
    return list(db.session.scalars(rows.order_by(Promise.state != "open", Promise.due_on, Promise.id)))


def open_for(actor: Any, until: date) -> list[Promise]:
    """Open promises due until a day that this actor made or looks after."""
    rows: Select[tuple[Promise]] = select(Promise).where(Promise.state == "open", Promise.due_on <= until)
    if not actor.has("owner"):
        rows = rows.where(or_(
            Promise.made_by_id == actor.id, Promise.client_id.in_(actor.client_ids),
            Promise.project_id.in_(actor.project_ids),
        ))
    return list(db.session.scalars(
        rows.options(joinedload(Promise.made_to)).order_by(Promise.due_on, Promise.id).limit(50),
    ))

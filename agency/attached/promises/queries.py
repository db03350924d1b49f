"""Questions about promises."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, bindparam, case, func, or_, select, true
from sqlalchemy.orm import joinedload, selectinload

from agency.attached.promises.models import Compensation, Promise
from agency.kit.db import ask, db, prepared
from agency.people.accounts.anybody import looked_after


def get(id: int) -> Promise | None:
    """A promise by id."""
    return db.session.get(Promise, id)


def of_project(project_id: int) -> list[Promise]:
    """Every promise of a project, open ones first, then by day."""
    rows = select(Promise).where(Promise.project_id == project_id).options(
        joinedload(Promise.made_to), joinedload(Promise.compensations),
    )
    found = db.session.scalars(rows.order_by(Promise.state != "open", Promise.due_on, Promise.id))
    return list(found.unique())


@dataclass(frozen=True)
class Told:
    """A promise as its client reads it, with what we give in return: words, sum and currency."""

    words: str
    state: str
    due_on: date
    moved_from: date | None
    reason: str
    compensations: list[Any] = field(default_factory=list)


def told_in(project_id: int) -> list[Told]:
    """Every promise of a project as its client reads it, open ones first, then by day."""
    found: dict[int, Told] = {}
    for id, words, amount, currency, *told in ask(_told_in(), project=project_id):
        promise = found.setdefault(id, Told(*told))
        if words is not None:
            promise.compensations.append({"words": words, "amount": amount, "currency": currency})
    return list(found.values())


@prepared
def _told_in() -> Select[*tuple[Any, ...]]:
    given = Compensation
    return (
        select(
            Promise.id, given.words.label("given"), given.amount, given.currency, Promise.words, Promise.state,
            Promise.due_on, Promise.moved_from, Promise.reason,
        ).outerjoin(given, given.promise_id == Promise.id).where(Promise.project_id == bindparam("project"))
        .order_by(Promise.state != "open", Promise.due_on, Promise.id, given.id)
    )  # fmt: skip


def open_for(actor: Any, until: Any) -> Select[int]:
    """The ids of open promises due until a day that this actor made or looks after."""
    rows = select(Promise.id).where(Promise.state == "open", Promise.due_on <= until)
    if actor.has("owner"):
        return rows
    own = looked_after(actor, Promise.client_id, Promise.project_id)
    return rows.where(or_(Promise.made_by_id == actor.id, *own))


def compensation(compensation_id: int) -> Compensation | None:
    """What was offered in return, by id."""
    return db.session.get(Compensation, compensation_id)


def offered_in(project_id: int) -> list[Compensation]:
    """Everything offered in return in a project, in its order, each with its promise."""
    rows = select(Compensation).where(Compensation.project_id == project_id).options(joinedload(Compensation.promise))
    return list(db.session.scalars(rows.order_by(Compensation.id)))


def due_between(after: date, until: date) -> list[Promise]:
    """Open promises of the days after one day and until another."""
    rows = select(Promise).where(Promise.state == "open", Promise.due_on > after, Promise.due_on <= until)
    return list(db.session.scalars(rows.order_by(Promise.id)))


@dataclass(frozen=True)
class Kept:
    """How promises ended: `moved` ones were kept later, with a warning in time."""

    kept: int = 0
    moved: int = 0
    broken: int = 0
    open: int = 0

    @property
    def rate(self) -> int | None:
        """Kept of everything settled, in whole per cent; None of nothing."""
        settled = self.kept + self.broken
        return (200 * self.kept + settled) // (2 * settled) if settled else None


def kept_by_manager(actor: Any) -> dict[int, Kept]:
    """How each who promised keeps the word, for those the actor may see."""
    moved = func.sum(case((Promise.moved_from.is_not(None), 1), else_=0))
    states = [func.sum(case((Promise.state == name, 1), else_=0)) for name in ("kept", "broken", "open")]
    rows = select(Promise.made_by_id, moved, *states).where(_seen_by(actor)).group_by(Promise.made_by_id)
    return {id: Kept(kept, gone, broken, open_) for id, gone, kept, broken, open_ in db.session.execute(rows)}


def listed(actor: Any, state: str = "", after: int = 0, length: int = 50) -> list[Promise]:
    """A page of the ledger, open ones by day, settled ones newest first; one more than asked when there are more."""
    rows = select(Promise).where(_seen_by(actor)).options(
        joinedload(Promise.made_by), joinedload(Promise.made_to), selectinload(Promise.compensations),
    )
    if state:
        rows = rows.where(Promise.state == state)
    order = (Promise.due_on, Promise.id) if state == "open" else (Promise.due_on.desc(), Promise.id.desc())
    return list(db.session.scalars(rows.order_by(*order).offset(after).limit(length + 1)))


def _seen_by(actor: Any) -> ColumnElement[bool]:
    if actor.sees_all_clients:
        return true()
    return or_(
        Promise.made_by_id == actor.id, Promise.client_id.in_(actor.client_ids),
        Promise.project_id.in_(actor.project_ids),
    )

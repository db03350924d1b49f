"""What one wants to see in the calendar, and how its questions are narrowed to that and to what one may see."""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import bindparam

from agency.flow.projects.models import Project
from agency.flow.smetas.models import PaymentRow, Smeta
from agency.kit.db import ask
from agency.overview.calendar import reach
from agency.overview.calendar.kinds import KINDS
from agency.people.accounts import anybody
from agency.people.accounts.anybody import Anybody

SEE_MOST = ("owner", "admin", "head", "finance")


class Choice(NamedTuple):
    """What one wants to see: one's own alone, one department, one project."""

    mine: bool = False
    department: str = ""
    project: int = 0

    @property
    def shape(self) -> tuple[str, ...]:
        """Which of them narrow what is asked; by what is filled in."""
        return tuple(name for name, value in self._asdict().items() if value)


def kinds(who: Anybody, shape: tuple[str, ...]) -> Iterable[str]:
    """The kinds to ask for: what is given in other people's projects only where it is not asked for by itself."""
    apart = "mine" in shape and who.has("account_manager")
    return (name for name in KINDS if name != "given" or apart)


def asked(question: Any, actor: Any, choice: Choice, **values: Any) -> Iterable[Any]:
    """The rows of a question that was put together for such actors and choices; nobody but the staff gets any."""
    if not actor.is_staff:
        return ()
    return ask(question(anybody.like(actor), choice.shape), **told_of(actor), **choice._asdict(), **values).all()


@lru_cache(maxsize=64)
def told_of(actor: Any) -> Mapping[str, Any]:
    """The actor as the parameters of these questions: a page asks five, each with the same long lists."""
    return anybody.of(actor)


def narrowed(who: Anybody, kind: str, model: Any, shape: tuple[str, ...]) -> Iterable[Any]:
    """What the actor may see of a model and wants to."""
    if "mine" not in shape:
        yield reach.of(who, model)
    elif kind == "given":
        yield reach.given(who)
    else:
        yield reach.mine(who, model)
    if "department" in shape:
        yield reach.with_work(bindparam("department"), model)
    if "project" in shape:
        row = Smeta if model is PaymentRow else model
        yield (Project.id if model is Project else row.project_id) == bindparam("project")

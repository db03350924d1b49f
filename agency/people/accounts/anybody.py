"""Questions that are put together once for all who hold the same roles; whoever asks is filled in each time."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, bindparam

from agency.kit.db.among import Among, Values
from agency.people.accounts.identity import EVERYWHERE, Actor


@dataclass(frozen=True)
class Anybody:
    """Somebody of the staff with these roles, whoever it is, with projects beside those of the own clients or without.

    It stands for the actor where a question says what may be seen: such questions ask a person for that alone, and
    all else of them is a parameter. Putting a question together costs more than its answer, so it is kept by the
    roles and asked with what `of(actor)` gives.
    """

    roles: frozenset[str]
    has_others: bool = False

    kind = "staff"
    is_staff = True
    # The staff come by no link.
    link = None
    id = bindparam("who")
    departments = Among("who_departments")
    client_ids = Among("who_clients")
    project_ids = Among("who_projects")
    other_project_ids = Among("who_other_projects")

    def has(self, *roles: str) -> bool:
        """Whether one of the roles is held."""
        return bool(self.roles.intersection(roles))

    @property
    def sees_all_clients(self) -> bool:
        """Whether the client list is not limited to one's own."""
        return bool(self.roles & EVERYWHERE)


def like(actor: Actor) -> Anybody:
    """Who stands for this actor in a question; raises ValueError for whoever is not of the staff."""
    if not actor.is_staff:
        raise ValueError("only the roles of the staff tell what may be seen")
    return Anybody(actor.roles, actor.has_others)


def looked_after(who: Any, client_id: Any, project_id: Any) -> list[ColumnElement[bool]]:
    """What is of the clients somebody looks after, or of their other projects, by these columns; to be joined by or.

    Most have no other ones, and every question of this kind is half as long for them.
    """
    own: list[ColumnElement[bool]] = [client_id.in_(who.client_ids)]
    return [*own, project_id.in_(who.other_project_ids)] if who.has_others else own


def of(actor: Actor) -> dict[str, Any]:
    """The actor as the parameters of such a question."""
    return {
        "who": actor.id, "who_departments": Values(actor.departments), "who_clients": Values(actor.client_ids),
        "who_projects": Values(actor.project_ids), "who_other_projects": Values(actor.other_project_ids),
    }

"""The page of one mark: from the client's words to the report that told of them."""

from typing import Any

from agency.flow.projects import queries as projects
from agency.flow.projects.models import Requirement
from agency.kit.policy import may
from agency.kit.web import Room, actor, needs, page
from agency.overview.thread import queries

room = Room("thread", __name__, at="/projects")


@room.get("/<int:project_id>/thread/<int:n>")
@needs("requirement.view", of=queries.get)
def show(requirement: Requirement) -> Any:
    """The whole thread of one requirement."""
    who = actor()
    project = projects.get(requirement.project_id)
    known: dict[tuple[Any, ...], bool] = {}

    def may_see(record: Any) -> bool:
        # All of it is of one project, so what is seen differs by kind, department and holder alone.
        key = record.KIND, getattr(record, "department", None), getattr(record, "assignee_id", None)
        if key not in known:
            known[key] = may(who, f"{record.KIND}.view", record)
        return known[key]

    return page(
        "thread/show.html", requirement=requirement, project=project, thread=queries.of(requirement), may_see=may_see,
    )

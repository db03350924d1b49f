"""The tabs over a brief: the common one and those of the departments, as far as a person may see them."""

from collections.abc import Mapping
from typing import Any

from flask import url_for

from agency.flow.briefs import queries
from agency.flow.briefs.models import Brief
from agency.kit.policy import may
from agency.kit.words import _, percent


def tabs_of(brief: Brief, actor: Any, newest: Mapping[str, Brief | None] | None = None) -> list[dict[str, Any]]:
    """One tab a brief of the project: its address, how ready it is, and whether one stands on it."""
    newest = newest or queries.newest_of_all(brief.project_id)
    found = []
    for kind, other in newest.items():
        shown = brief if kind == brief.type else other
        if shown is None:
            client = newest["client"]
            if client is not None and may(actor, "brief.issue", client):
                found.append(_tab(kind, url_for("briefs.split", id=client.id), None, False))
        elif may(actor, "brief.view", shown):
            place = "briefs.edit" if shown.is_draft and may(actor, "brief.edit", shown) else "briefs.show"
            ready = percent(queries.readiness_of(shown).percent)
            found.append(_tab(kind, url_for(place, id=shown.id), ready, shown.id == brief.id))
    return found


def _tab(kind: str, url: str, count: str | None, current: bool) -> dict[str, Any]:
    label = _("Common") if kind == "client" else ""
    return {"department": "" if kind == "client" else kind, "label": label, "url": url, "count": count,
            "current": current}  # fmt: skip

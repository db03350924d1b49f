"""The tabs over a brief: the common one and those of the departments, as far as a person may see them."""

from collections.abc import Mapping
from typing import Any

from flask import url_for

from agency.flow.briefs import queries, standing
from agency.flow.briefs.models import Brief
from agency.flow.briefs.standing import Standing
from agency.kit.policy import may
from agency.kit.words import _, percent


def tabs_of(brief: Brief, actor: Any, newest: Mapping[str, Standing | None] | None = None) -> list[dict[str, Any]]:
    """One tab a brief of the project: its address, how ready it is, and whether one stands on it."""
    newest = newest or standing.of_project(brief.project_id)
    country, found = queries.country_of(brief), []
    for kind, other in newest.items():
        shown: Brief | Standing | None = brief if kind == brief.type else other
        if shown is None:
            client = newest["client"]
            if client is not None and may(actor, "brief.issue", client):
                found.append(_tab(kind, url_for("briefs.split", id=client.id), None, False))
        elif may(actor, "brief.view", shown):
            place = "briefs.edit" if shown.is_draft and may(actor, "brief.edit", shown) else "briefs.show"
            ready = shown.readiness(country) if isinstance(shown, Standing) else queries.readiness_of(shown)
            found.append(_tab(kind, url_for(place, id=shown.id), percent(ready.percent), shown.id == brief.id))
    return found


def _tab(kind: str, url: str, count: str | None, current: bool) -> dict[str, Any]:
    label = _("Common") if kind == "client" else ""
    return {"department": "" if kind == "client" else kind, "label": label, "url": url, "count": count,
            "current": current}  # fmt: skip

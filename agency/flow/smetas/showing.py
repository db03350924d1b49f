"""The page of one version, shown by its address and again by a step that was refused."""

from typing import Any

from agency.attached.documents import queries as papers
from agency.flow.smetas import pages, queries
from agency.flow.smetas.forms import ReasonForm, SendForm
from agency.flow.smetas.models import Smeta
from agency.flow.smetas.moves import MOVES
from agency.flow.smetas.naming import STATE_CHIPS, TRIGGER_NAMES
from agency.kit.policy import may
from agency.kit.web import actor, page


def shown(smeta: Smeta, status: int = 200, **forms: Any) -> Any:
    """The page of a version; forms that were refused come back with what was typed."""
    context = pages.sheet(smeta, actor())
    forms = {"send_form": SendForm(), "reason_form": ReasonForm()} | forms
    return page(
        "smetas/show.html", status, **context, **around(smeta, context), **forms, papers=papers.of(smeta),
        sees_money=smeta.state == "approved" and may(actor(), "payment.view", smeta),
    )


def around(smeta: Smeta, context: dict[str, Any]) -> dict[str, Any]:
    """What stands around the grid on both pages."""
    return {
        **common(), "versions": queries.succession(smeta.project_id),
        "change": pages.difference(smeta, context["groups"]),
        "moves": {move.verb: move for move in MOVES.open_to(smeta, actor())},
        "may_begin": may(actor(), "smeta.create", smeta),
    }  # fmt: skip


def common() -> dict[str, Any]:
    """Words every page of the room needs."""
    return {"state_chips": STATE_CHIPS, "trigger_names": TRIGGER_NAMES}

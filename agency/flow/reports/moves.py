"""The life of a report as one table of moves, with what stops each."""

from typing import Any

from agency.attached.documents import queries as documents
from agency.flow.reports import lights, queries
from agency.flow.reports.models import STATES, Report
from agency.kit.policy import may
from agency.kit.states import Move, Moves, Refused
from agency.kit.words import _, lazy


def judged(report: Report, by: Any, details: dict[str, Any]) -> str | None:
    """Why the report cannot be approved by this person: red ones are the director's, better lights want a comment."""
    for key, row in report.lights.items():
        if lights.improves(row["tone"], row.get("chosen")) and not row.get("comment", "").strip():
            raise Refused(lazy("Say why it stands better than computed: the client reads it."), f"lights/{key}/comment")
    if queries.tone_of(report) == "red" and not may(by, "report.approve_red", report):
        return _(
            "Something in this report is in danger, so the director approves it. The client should hear of it from "
            "you before the report comes."
        )
    return None


def readable(report: Report, by: Any, details: dict[str, Any]) -> str | None:
    """Why the report cannot go out: nobody to read it, or no paper to read."""
    if not queries.readers(report):
        return _("Nobody at the client gets reports: choose somebody, or write an address on the client's card.")
    paper = documents.latest(report, "report", "client")
    if paper is not None and paper.state == "failed":
        return _("The PDF was not drawn. Below is the reason; draw it again, then send.")
    return None


MOVES = Moves(
    "report",
    STATES,
    [
        Move(
            "approve",
            ("draft",),
            "approved",
            "report.approve",
            "report.approved",
            lazy("Approve the report"),
            guard=judged,
        ),
        Move(
            "send",
            ("approved",),
            "sent",
            "report.send",
            "report.sent",
            lazy("Send to the client"),
            guard=readable,
            audience="client",
        ),
        Move("discard", ("draft",), "discarded", "report.edit", "report.discarded", lazy("Discard the draft")),
    ],
)

"""The life of a smeta version as one table of moves, with the reasons that stop each."""

from typing import Any

from agency.flow.smetas import allowances, queries
from agency.flow.smetas.counting import counted, parts_of
from agency.flow.smetas.face import seal
from agency.flow.smetas.models import STATES, Smeta
from agency.flow.smetas.schedule import UnevenSchedule, divide
from agency.kit import clock
from agency.kit.states import Move, Moves, Refused
from agency.kit.words import _, day, lazy
from agency.people.accounts import queries as persons
from agency.people.clients import queries as clients


def whole(smeta: Smeta, by: Any, details: dict[str, Any]) -> str | None:
    """Why the version is not yet something that can be read by others."""
    if not any(not line.is_optional for line in smeta.lines):
        return _("There is nothing in the estimate yet: add at least one line.")
    nameless = sum(not line.title.strip() for line in smeta.lines)
    if nameless:
        return _("A line has no name: write what the work is or remove the line.")
    try:
        divide(smeta.gross, parts_of(smeta.payments))
    except UnevenSchedule as uneven:
        raise Refused(str(uneven), "payments") from None
    return None


def another_person(smeta: Smeta, by: Any, details: dict[str, Any]) -> str | None:
    """Why this owner may not clear the version: its author is somebody else where there are two owners."""
    if by.id == smeta.author_id and len(persons.with_role("owner")) > 1:
        return _("Nobody lets one's own estimate go out: another owner has to look at it.")
    return None


def may_go(smeta: Smeta, by: Any, details: dict[str, Any]) -> str | None:
    """Why the version cannot go to the client yet."""
    if reason := whole(smeta, by, details):
        return reason
    if smeta.valid_until is None or smeta.valid_until < clock.today():
        raise Refused(_("Name a day until which the estimate is valid, not earlier than today."), "valid_until")
    if smeta.state == "draft" and (reasons := allowances.excess(counted(smeta), by)):
        return " ".join([*reasons, _("Ask an owner for a second look.")])
    if not clients.approvers(smeta.client_id):
        return _("Nobody at the client may approve: name an approver on the client's card.")
    if not details.get("without_brief") and not queries.has_approved_brief(smeta.project_id):
        said = _("The client has not approved the brief yet. Say why the estimate goes without it.")
        raise Refused(said, "without_brief")
    return None


def sealed(smeta: Smeta) -> str:
    """Write the seal and the moment at which the version leaves the house."""
    smeta.content_hash, smeta.sent_at, smeta.sent_on = seal(smeta), clock.now(), clock.today()
    return "sent"


def still_valid(smeta: Smeta, by: Any, details: dict[str, Any]) -> str | None:
    """Why the version can no longer be approved."""
    if smeta.valid_until is not None and smeta.valid_until < clock.today():
        return _("The estimate was valid until %(day)s. Ask your manager for a fresh one.", day=day(smeta.valid_until))
    return None


def over(smeta: Smeta, by: Any, details: dict[str, Any]) -> str | None:
    """Why the version does not expire yet."""
    return None if still_valid(smeta, by, details) else _("The estimate is still valid.")


MOVES = Moves("smeta", STATES, [
    Move("submit", ("draft",), "internal_review", "smeta.submit", "smeta.submitted",
         lazy("Ask for a second look"), guard=whole),
    Move("clear", ("internal_review",), "ready", "smeta.clear", "smeta.cleared",
         lazy("Let it go out"), guard=another_person),
    Move("bring_back", ("internal_review",), "draft", "smeta.submit", "smeta.brought_back",
         lazy("Take it back to work"), asks=("reason",)),
    Move("send", ("draft", "ready"), sealed, "smeta.send", "smeta.sent",
         lazy("Send the estimate to the client"), guard=may_go, audience="client", targets=("sent",)),
    Move("approve", ("sent",), "approved", "smeta.approve", "smeta.approved",
         lazy("Approve the estimate"), guard=still_valid, audience="client"),
    Move("reject", ("sent",), "rejected", "smeta.decline", "smeta.rejected",
         lazy("Reject the estimate"), asks=("reason",), audience="client"),
    Move("ask_changes", ("sent",), "changes_requested", "smeta.decline", "smeta.changes_asked",
         lazy("Ask for changes"), asks=("words",), audience="client"),
    Move("expire", ("sent",), "expired", "smeta.expire", "smeta.expired",
         lazy("Mark the estimate as expired"), guard=over),
    Move("withdraw", ("sent",), "withdrawn", "smeta.send", "smeta.withdrawn",
         lazy("Withdraw the estimate"), audience="client"),
    Move("supersede", ("sent",), "superseded", "smeta.supersede", "smeta.superseded",
         lazy("Replace by a newer version")),
])  # fmt: skip

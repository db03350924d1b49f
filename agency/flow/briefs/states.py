"""The moves of client briefs and of department briefs: from where, by whom, to where."""

from agency.flow.briefs.models import CLIENT_STATES, DEPARTMENT_STATES, Brief
from agency.kit.states import Move, Moves
from agency.kit.words import lazy

CLIENT_MOVES = Moves("client_brief", CLIENT_STATES, [
    Move("send", ("draft",), "sent", policy="brief.send", fact="brief.sent", label=lazy("Send to the client"),
         audience="client"),
    Move("approve", ("sent",), "approved", policy="brief.approve", fact="brief.approved",
         label=lazy("Approve the brief"), audience="client"),
    Move("return", ("sent",), "returned", policy="brief.return", fact="brief.returned", asks=("words",),
         label=lazy("Return with remarks"), audience="client"),
    Move("withdraw", ("sent",), "withdrawn", policy="brief.send", fact="brief.withdrawn",
         label=lazy("Withdraw from the client"), audience="client"),
    Move("supersede", ("approved",), "superseded", policy="brief.supersede", fact="brief.superseded",
         label=lazy("Replace by a newer version")),
])  # fmt: skip

DEPARTMENT_MOVES = Moves("department_brief", DEPARTMENT_STATES, [
    Move("issue", ("draft",), "issued", policy="brief.issue", fact="brief.issued",
         label=lazy("Issue to the department")),
    Move("accept", ("issued",), "accepted", policy="brief.accept", fact="brief.accepted", asks=("read_back",),
         label=lazy("Accept the brief")),
    Move("return", ("issued",), "returned", policy="brief.accept", fact="brief.handed_back", asks=("reason",),
         label=lazy("Return with a reason")),
    Move("supersede", ("accepted",), "superseded", policy="brief.supersede", fact="brief.superseded",
         label=lazy("Replace by a newer version")),
])  # fmt: skip

STATE_WORDS = {
    "draft": lazy("draft"),
    "sent": lazy("waits for the client"),
    "approved": lazy("approved by the client"),
    "returned": lazy("returned"),
    "withdrawn": lazy("taken back"),
    "superseded": lazy("replaced by a newer one"),
    "issued": lazy("waits for the head of the department"),
    "accepted": lazy("accepted by the department"),
}
STATE_TONES = {
    "draft": "", "sent": "sign", "approved": "green", "returned": "amber", "withdrawn": "", "superseded": "",
    "issued": "sign", "accepted": "green",
}  # fmt: skip


def moves_of(brief: Brief) -> Moves:
    """The table of moves that rules this brief."""
    return CLIENT_MOVES if brief.is_of_client else DEPARTMENT_MOVES

"""How states, kinds of lines and triggers of payments are called; a state has a tone and an icon too."""

from agency.kit.words import lazy, lazy_in

STATE_CHIPS = {
    "draft": ("", "pen", lazy_in("estimate", "draft")),
    "internal_review": ("amber", "eye", lazy_in("estimate", "checked inside")),
    "ready": ("sign", "check", lazy_in("estimate", "may be sent")),
    "sent": ("amber", "clock", lazy_in("estimate", "with the client")),
    "approved": ("green", "ok", lazy_in("estimate", "approved")),
    "rejected": ("red", "x", lazy_in("estimate", "rejected")),
    "changes_requested": ("amber", "talk", lazy_in("estimate", "changes asked for")),
    "expired": ("", "clock", lazy_in("estimate", "expired")),
    "withdrawn": ("", "undo", lazy_in("estimate", "withdrawn")),
    "superseded": ("", "sync", lazy_in("estimate", "replaced")),
}
KIND_NAMES = {
    "own": lazy("Our own work"), "subcontract": lazy("A supplier's work"),
    "media": lazy("Media bought and sold on"), "agent": lazy("Client's media money, agent's scheme"),
    "contingency": lazy("Reserve"),
}  # fmt: skip
TRIGGER_NAMES = {
    "signing": lazy("after signing"), "date": lazy("by a day"), "milestone": lazy("after a stage"),
    "act": lazy("after the act"),
}  # fmt: skip

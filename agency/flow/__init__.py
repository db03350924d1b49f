"""The work in its order; STAGES are the six stations of the line that every project page shows."""

from agency.kit.words import lazy

STAGES = (
    ("request", lazy("Request")),
    ("brief", lazy("Brief")),
    ("smeta", lazy("Estimate")),
    ("tasks", lazy("Tasks")),
    ("reports", lazy("Reports")),
    ("invoices", lazy("Invoices")),
)

"""The PDF of a report: the client's face as it was approved, one to two pages."""

from typing import Any

from agency.attached.documents.frozen import picture
from agency.attached.documents.registry import document
from agency.flow.reports.models import Report
from agency.flow.reports.queries import client_face
from agency.kit.words import _, day_year
from agency.people.agency import queries as agencies


@document("report", template="reports/report.pdf.html")
def report(record: Report, audience: str) -> dict[str, Any]:
    """The report on paper; the state is left out, so that a draft drawn twice is one paper."""
    shown = client_face(record)
    for inner in ("state", "sent_at"):
        shown.pop(inner)
    own = record.project.own_entity
    return {
        "title": _("Status No. %(n)s, %(project)s", n=shown["n"], project=shown["project"]),
        "face": shown,
        "number": _("Status No. %(n)s, %(day)s", n=shown["n"], day=day_year(record.until_on)),
        "agency_name": own.brand, "logo_data": picture(agencies.logo_of(own)),
        "agency_line": " · ".join(filter(None, (own.name, own.address, own.site))),
    }

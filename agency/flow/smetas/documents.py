"""What the PDFs of a smeta show: the client's face, and the inner one for the agency alone."""

from typing import Any

from agency.attached.documents.registry import document
from agency.flow.smetas.face import client_face
from agency.flow.smetas.models import Smeta
from agency.kit.words import _


@document("smeta", template="smetas/smeta.pdf.html")
def smeta(record: Smeta, audience: str) -> dict[str, Any]:
    """The estimate on paper."""
    return {"title": _("Estimate %(number)s", number=record.number), "face": client_face(record)}

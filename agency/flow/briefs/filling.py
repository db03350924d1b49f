"""What a new version starts with: the request for the first one, the version before for the next."""

from typing import Any

from agency.flow.briefs.catalogue import BriefType
from agency.flow.briefs.models import Brief, BriefPart, PartMark
from agency.flow.projects.models import Project
from agency.flow.requests.models import Request
from agency.kit.db import db
from agency.people.accounts.models import Person
from agency.people.clients import queries as clients

USUAL_ROUNDS = "2"


def from_request(project: Project) -> dict[str, Any]:
    """The answers that request, project and client's card already give."""
    request = db.session.get(Request, project.request_id) if project.request_id else None
    contacts = clients.active_contacts(project.client_id)
    approvers = [contact.person for contact in contacts if contact.is_approver]
    contact = request.contact if request and request.contact else next((row.person for row in contacts), None)
    brand = project.brand.name if project.brand and project.brand.name != project.client.name else ""
    return {
        "title": project.name,
        "client_brand": ", ".join(filter(None, (project.client.name, brand))),
        "contact": person(contact),
        # Two who may approve: which of them does is for the manager to ask.
        "approver": person(approvers[0]) if len(approvers) == 1 else None,
        "background": request.words if request else None,
        "deadline": project.ends_on.isoformat() if project.ends_on else None,
        "budget": _budget(project),
        "rounds": USUAL_ROUNDS,
    }


def _budget(project: Project) -> dict[str, Any] | None:
    if project.budget is None:
        return None
    return {
        "amount": project.budget, "least": None, "currency": project.currency,
        "vat": "with" if project.budget_has_vat else "without", "inside": "",
    }


def person(who: Person | None) -> dict[str, Any] | None:
    """A person as an answer: the id, and the name as it was then."""
    return {"person_id": who.id, "name": who.name} if who else None


def lay(brief: Brief, kind: BriefType, values: dict[str, Any]) -> None:
    """Give a new version one part for each question of its type."""
    for ordinal, field in enumerate(kind.fields):
        brief.parts.append(BriefPart(
            key=field.code, ordinal=ordinal, value=values.get(field.code), departments=list(field.to),
        ))


def copy(brief: Brief, previous: Brief) -> None:
    """Give a new version the parts, bullets and marks of the one before."""
    for part in previous.parts:
        brief.parts.append(BriefPart(
            key=part.key, ordinal=part.ordinal, value=part.value, departments=list(part.departments or []),
            source_id=part.source_id,
            marks=[PartMark(requirement_id=mark.requirement_id) for mark in part.marks],
        ))

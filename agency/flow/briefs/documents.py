"""What the PDF of a brief shows."""

from typing import Any

from agency.attached.approvals import operations as approvals
from agency.attached.approvals.models import APPROVED
from agency.attached.documents.frozen import picture
from agency.attached.documents.registry import document
from agency.flow.briefs import speech
from agency.flow.briefs.models import Brief
from agency.flow.briefs.speech import Answer
from agency.flow.projects import requirements
from agency.kit import words
from agency.kit.words import _
from agency.people.agency import queries as agencies
from agency.people.departments.models import NAMES

# What the title and the line of facts say already.
ON_TOP = ("title", "client_brand")


@document("brief", template="briefs/brief.pdf.html")
def brief(record: Brief, audience: str) -> dict[str, Any]:
    """A client brief or a department's brief; a client's paper holds what the client was sent and nothing else."""
    project, own = record.project, record.project.own_entity
    sections = [_section(section) for section in speech.sections_of(record)]
    return {
        "title": _("Brief %(number)s", number=record.number), "heading": _heading(record), "number": record.number,
        "version": record.n, "agency_name": own.brand, "logo_data": picture(agencies.logo_of(own)),
        "agency_line": ", ".join(filter(None, (own.name, own.address))),
        "lede": lede(record), "facts": _facts(record),
        "sections": [section for section in sections if section["answers"]],
        "requirements": _requirements(record), "return_words": "" if audience == "client" else record.return_words,
        "read_back": record.read_back, "is_draft": record.is_draft, "evidence": _evidence(record),
        "department": str(NAMES[record.department]) if record.department else "", "accepted": _accepted(record),
        "manager": {
            "name": words.called(project.manager), "email": project.manager.email, "phone": project.manager.phone,
        },
    }


def lede(record: Brief) -> str:
    """The one thought of the brief in one line, when it has been written."""
    answers = record.answers
    for code in ("smp", "key_message", "task", "success"):
        said = answers.get(code)
        if isinstance(said, str) and said.strip():
            return said.strip()
    return ""


def _heading(record: Brief) -> str:
    return f"{record.kind.name}: {record.answers.get('title') or record.project.name}"


def _facts(record: Brief) -> list[list[str]]:
    answers, project = record.answers, record.project
    source = record.source.answers if record.source else answers
    budget = source.get("budget") or {}
    found = [[_("Client"), project.client.name]]
    if deadline := source.get("deadline"):
        found.append([_("Deadline"), speech.tell(_field(record, "deadline"), deadline).text])
    if budget.get("amount") is not None and record.department != "creative":
        vat = {"with": _("Budget with VAT"), "without": _("Budget without VAT")}.get(budget.get("vat", ""), _("Budget"))
        found.append([vat, words.money0(budget["amount"], budget["currency"])])
    found.append([_("Manager"), words.called(project.manager)])
    if record.decided_at and record.decided_by and record.state in ("approved", "accepted", "superseded"):
        label = _("Approved") if record.is_of_client else _("Accepted")
        found.append([label, f"{words.day(record.decided_at)}, {record.decided_by.short_name}"])
    return found


def _field(record: Brief, code: str) -> Any:
    kind = record.source.kind if record.source else record.kind
    return kind.field(code)


def _section(section: dict[str, Any]) -> dict[str, Any]:
    answers: list[Answer] = [answer for answer in section["answers"] if answer.key not in ON_TOP]
    readers = {code for answer in answers for code in answer.departments}
    return {
        "title": section["title"], "is_inherited": section["is_inherited"],
        "readers": [code for code in ("creative", "media", "production") if code in readers],
        "answers": answers,
    }


def _requirements(record: Brief) -> list[dict[str, Any]]:
    """Requirements with who answers for them: by bullets in the client brief, those handed over in a department's."""
    if not record.is_of_client:
        rows = sorted((row.requirement for row in record.requirements), key=lambda row: row.n)
        return [_requirement(row, []) for row in rows]
    readers: dict[int, set[str]] = {}
    for part in record.parts:
        for mark in part.marks:
            readers.setdefault(mark.requirement_id, set()).update(part.departments or ())
    order = ("creative", "media", "production")
    return [
        _requirement(row, [code for code in order if code in readers.get(row.id, ())])
        for row in requirements.of(record.project_id) if row.id in readers
    ]


def _requirement(row: Any, readers: list[str]) -> dict[str, Any]:
    said = ", ".join(filter(None, (row.said_by, words.day(row.said_on) if row.said_on else "")))
    return {"mark": words.mark(row.n), "words": row.words, "said": said, "readers": readers}


def _accepted(record: Brief) -> dict[str, Any] | None:
    if record.state != "accepted" or record.decided_by is None:
        return None
    return {"name": record.decided_by.name, "at": record.decided_at}


def _evidence(record: Brief) -> dict[str, Any] | None:
    kept = next((row for row in approvals.evidence_of(record) if row.decision == APPROVED), None)
    if kept is None:
        return None
    return {
        "name": kept.signed, "client": record.project.client.name, "at": kept.at,
        "code": f"{kept.content_hash[:4]}-{kept.content_hash[4:8]}".upper(),
    }

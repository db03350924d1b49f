"""The canonical content of a brief and its hash: what exactly was sent, and what was approved."""

import json
from typing import Any

from agency.flow.briefs.models import Brief
from agency.kit import ids


def content_of(brief: Brief) -> dict[str, Any]:
    """Everything a version says, in one order on every machine."""
    return {
        "number": brief.number, "type": brief.type, "type_version": brief.type_version,
        "language": brief.language, "project": brief.project_id, "client": brief.client_id,
        "parts": [
            {
                "key": part.key, "value": part.value, "departments": sorted(part.departments or []),
                "marks": sorted([mark.requirement.n, mark.requirement.words] for mark in part.marks),
            }
            for part in sorted(brief.parts, key=lambda part: (part.ordinal, part.key))
        ],
        "requirements": sorted([row.requirement.n, row.requirement.words] for row in brief.requirements),
    }  # fmt: skip


def hash_of(brief: Brief) -> str:
    """The SHA-256 of the canonical content."""
    return ids.digest(json.dumps(content_of(brief), ensure_ascii=False, sort_keys=True, separators=(",", ":")))

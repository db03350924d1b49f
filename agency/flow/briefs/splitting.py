"""The page that splits an approved client brief: requirements and parts by department."""

from typing import Any

from flask import request

from agency.flow.briefs import answers, division, queries
from agency.flow.briefs.catalogue import DEPARTMENTS
from agency.flow.briefs.forms import SplitForm
from agency.flow.briefs.models import Brief
from agency.flow.briefs.speech import answer_of
from agency.flow.briefs.states import STATE_TONES, STATE_WORDS
from agency.flow.briefs.tabs import tabs_of
from agency.flow.projects import requirements
from agency.kit.states import Refused
from agency.kit.web import Room, actor, fragment, go, needs, page, refusals, whole
from agency.kit.web.answers import wants_part
from agency.kit.words import _


def routes(room: Room) -> None:
    """Add the page of the split."""
    room.add_url_rule("/<int:id>/split", "split", split)
    room.add_url_rule("/<int:id>/split", "divide", divide, methods=["POST"])
    room.add_url_rule("/<int:id>/given", "give", give, methods=["POST"])
    room.add_url_rule("/<int:id>/source", "refresh", refresh, methods=["POST"])


@needs("brief.issue", of=queries.get)
def split(brief: Brief) -> Any:
    """Who gets what."""
    return _page(brief if brief.is_of_client else brief.source or brief)


def _page(brief: Brief, status: int = 200, form: SplitForm | None = None) -> Any:
    return page("briefs/split.html", status, **_table(brief), project=brief.project, tabs=tabs_of(brief, actor()),
                score=queries.score_of(brief), form=form or SplitForm())  # fmt: skip


def _table(brief: Brief) -> dict[str, Any]:
    made = {code: queries.newest(brief.project_id, code) for code in DEPARTMENTS}
    return {
        "brief": brief, "departments": made, "statements": requirements.of(brief.project_id),
        "given": {code: {row.requirement_id for row in one.requirements} for code, one in made.items() if one},
        "taken": {code: {part.key for part in one.parts} for code, one in made.items() if one},
        "crafted": {code: {field.code for field in one.kind.fields} for code, one in made.items() if one},
        "parts": [(part, answer_of(part)) for part in brief.parts if answers.is_answered(part.field, part.value)],
        "ready": {code: queries.readiness_of(one) for code, one in made.items() if one},
        "state_words": STATE_WORDS, "state_tones": STATE_TONES,
    }


@needs("brief.issue", of=queries.get)
def divide(brief: Brief) -> Any:
    """Open the departments' drafts."""
    form = SplitForm()
    with refusals(form) as answer:
        division.split(brief, by=actor(), reason=form.reason.data or "")
    if not answer.ok:
        return _page(brief, answer.status, form)
    return go("briefs.split", said=_("Each department has its draft. Check who gets what."), id=brief.id)


@needs("brief.issue", of=queries.get)
def give(brief: Brief) -> Any:
    """Hand a requirement or a part to the department of this draft, or take it back."""
    named, key = request.form.get("requirement", 0, whole), request.form.get("part", "")
    source, row = brief.source, requirements.get(named)
    if row is not None:
        division.turn_requirement(brief, row, by=actor())
    elif source is not None and (part := queries.part(source.id, key)) is not None:
        division.turn_part(brief, part, by=actor())
    else:
        raise Refused(_("Choose one of the answers."))
    back = source or brief
    if wants_part():
        given = {one.requirement_id for one in brief.requirements}
        pressed = row.id in given if row is not None else any(one.key == key for one in brief.parts)
        return fragment("briefs/_toggle.html", to=brief, requirement=row, key=key, pressed=pressed)
    return go("briefs.split", id=back.id, _anchor=key or "requirements")


@needs("brief.issue", of=queries.get)
def refresh(brief: Brief) -> Any:
    """Take the newest approved words of the client over into a department's draft."""
    division.refresh(brief, by=actor())
    return go("briefs.edit", said=_("The client's newest words are in the draft."), id=brief.id)

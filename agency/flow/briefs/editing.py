"""Pages of a draft: parts that save themselves, bullets, and the client's words made requirements."""

from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
from typing import Any

from flask import jsonify, render_template, request, url_for

from agency.attached.comments import queries as talks
from agency.flow.briefs import answers, lint, queries, speech, writing
from agency.flow.briefs.forms import People, StatementForm, heard
from agency.flow.briefs.models import Brief, BriefPart
from agency.flow.briefs.tabs import tabs_of
from agency.flow.projects import requirements
from agency.flow.projects.models import Requirement
from agency.flow.requests.models import Request
from agency.kit import clock
from agency.kit.db import db
from agency.kit.money import to_major
from agency.kit.states import Refused
from agency.kit.web import Room, actor, fragment, go, needs, page, refusals, whole
from agency.kit.web.answers import wants_part
from agency.kit.words import _, number
from agency.kit.words import clock as hour
from agency.people.accounts import queries as persons
from agency.people.agency import queries as agencies
from agency.people.clients import queries as clients

IsWorking = Callable[[date], bool]


def write_page(brief: Brief, status: int = 200, gaps: Any = (), statement: Any = None) -> Any:
    """The draft, to be written in; `gaps` are the questions that stopped it from being sent."""
    return page("briefs/edit.html", status, **_draft(brief), gaps=gaps, tabs=tabs_of(brief, actor()),
                statement_form=statement or StatementForm(), **_talk(brief))  # fmt: skip


def _draft(brief: Brief) -> dict[str, Any]:
    request_row = db.session.get(Request, brief.project.request_id) if brief.project.request_id else None
    asked, statements = {field.code for field in queries.asked_fields(brief)}, queries.statements(brief)
    has_days = any(part.field.kind == "date" and part.value for part in brief.parts)
    is_working = agencies.calendar().is_working if has_days else None
    return {
        "brief": brief, "project": brief.project, "kind": brief.kind, "letter": request_row,
        "sections": [(section, _parts_in(brief, section.code, asked)) for section in brief.kind.sections],
        "inherited": [section for section in speech.sections_of(brief) if section["is_inherited"]],
        "readiness": queries.readiness_of(brief), "statements": statements,
        "score": queries.score_of(brief, given=sum(row.is_given for row in statements)),
        "loose": {row.id for row in queries.unsorted(brief, statements)}, "people": people_for(brief),
        "audience": answers.AUDIENCE, "vat": answers.VAT, "is_answered": answers.is_answered,
        "warnings_of": partial(warnings_of, is_working=is_working), "typed_sums": typed_sums,
        "steering": {"kind"} if any(field.when for field in brief.kind.fields) else set(),
        "came_back": queries.came_back(brief) if brief.previous_id else None,
        "saved_at": max((part.edited_at for part in brief.parts if part.edited_at), default=None),
    }


def _parts_in(brief: Brief, section: str, asked: set[str]) -> list[BriefPart]:
    return [
        part for part in brief.parts
        if not part.is_inherited and part.key in asked and part.field.section == section
    ]


def _talk(brief: Brief) -> dict[str, Any]:
    return {"talk_of": brief, "talk": talks.of(brief), "talk_back": url_for("briefs.edit", id=brief.id)}


def typed_sums(value: dict[str, Any]) -> dict[str, str]:
    """The sums of a budget as a person would type them."""
    return {
        name: number(to_major(value[name], value["currency"]))
        for name in ("least", "amount") if value.get(name) is not None
    }


def people_for(brief: Brief) -> Mapping[str, People]:
    """Whom the answers of a brief may name, by where they come from: the client's contacts, deciders, or our people."""
    wanted, found = {field.source for field in brief.kind.fields}, {}
    if "staff" in wanted and brief.department:
        found["staff"] = persons.hands([brief.department])[brief.department]
    elif "staff" in wanted:
        found["staff"] = {person.id: person.name for person in persons.staff()}
    if wanted & {"contacts", "approvers"}:
        speakers = clients.speakers(brief.client_id)
        deciders = sorted((row for row in speakers if row.decides), key=lambda row: not row.is_approver)
        found["contacts"] = {row.person_id: row.name for row in speakers}
        found["approvers"] = {row.person_id: row.name for row in deciders}
    return found


def warnings_of(part: BriefPart, is_working: IsWorking | None = None) -> list[Any]:
    """The soft warnings about a part's words; `is_working` is the agency's calendar, if it is known."""
    left = None
    if part.field.kind == "date" and part.value:
        is_working = is_working or agencies.calendar().is_working
        left = lint.working_days_until(date.fromisoformat(part.value), clock.today(), is_working)
    return lint.warnings(lint.Asked(part.field, part.value, part.brief.language, left, part.kind.lead_days))


def requirement(id: int, requirement_id: int) -> Requirement | None:
    """A requirement of the brief's project."""
    brief, row = queries.get(id), requirements.get(requirement_id)
    return row if brief and row and row.project_id == brief.project_id else None


def routes(room: Room) -> None:
    """Add the pages of a draft."""
    room.add_url_rule("/<int:id>/edit", "edit", edit)
    room.add_url_rule("/<int:id>/parts/<key>", "save", save, methods=["POST"])
    room.add_url_rule("/<int:id>/parts/<key>/departments", "turn", turn, methods=["POST"])
    room.add_url_rule("/<int:id>/parts/<key>/marks", "mark", mark, methods=["POST"])
    room.add_url_rule("/<int:id>/requirements", "state", state, methods=["POST"])


@needs("brief.edit", of=queries.get)
def edit(brief: Brief) -> Any:
    """The draft, to be written in; what is frozen is only read."""
    return write_page(brief) if brief.is_draft else go("briefs.show", id=brief.id)


@needs("brief.edit", of=queries.part)
def save(part: BriefPart) -> Any:
    """Save one part: by itself while typing, or by its button."""
    currency = part.brief.project.currency
    try:
        people = people_for(part.brief)[part.field.source] if part.field.source else {}
        value = heard(part.field, request.form, currency, people)
        writing.save(part, value, _edition(), by=actor())
    except writing.Conflict as conflict:
        return _both(conflict.part, value)
    except Refused as refusal:
        if not wants_part() or refusal.status == 409:
            raise
        return jsonify(field=refusal.field, sentence=str(refusal.sentence)), refusal.status
    if not wants_part():
        return go("briefs.edit", said=_("Saved."), id=part.brief_id, _anchor=part.key)
    parts = render_template("briefs/_saved.html", part=part, **_draft(part.brief))
    return jsonify(version=part.edition, saved=hour(clock.now()), parts=parts)


def _edition() -> int:
    return request.form.get("version", 0, whole)


def _both(part: BriefPart, mine: Any) -> Any:
    shown = {"part": part, "mine": speech.tell(part.field, mine), "theirs": speech.tell(part.field, part.value)}
    if wants_part():
        return fragment("briefs/_conflict.html", 409, **shown)
    return page("briefs/conflict.html", 409, typed=list(request.form.items(multi=True)), **shown)


@needs("brief.edit", of=queries.part)
def turn(part: BriefPart) -> Any:
    """Let a part into a department's brief, or keep it out."""
    writing.turn(part, request.form.get("department", ""), by=actor())
    if wants_part():
        return fragment("briefs/_bullets.html", part=part)
    return go("briefs.edit", id=part.brief_id, _anchor=part.key)


@needs("brief.edit", of=queries.part)
def mark(part: BriefPart) -> Any:
    """Mark a requirement beside a part, or take the mark away."""
    row = requirement(part.brief_id, request.form.get("requirement", 0, whole))
    if row is None:
        raise Refused(_("Choose one of the answers."), "requirement")
    step = writing.unlink if request.form.get("off") else writing.link
    step(part, row, by=actor())
    if wants_part():
        return fragment("briefs/_marked.html", part=part, **_draft(part.brief))
    return go("briefs.edit", id=part.brief_id, _anchor=part.key)


@needs("brief.edit", of=queries.get)
def state(brief: Brief) -> Any:
    """Make the client's words a requirement."""
    form = StatementForm()
    part = queries.part(brief.id, request.form.get("part", ""))
    with refusals(form) as answer:
        row = writing.add_statement(brief, form.words.data or "", by=actor(), part=part)
    if not answer.ok:
        return write_page(brief, answer.status, statement=form)
    return go("briefs.edit", said=_("Requirement %(mark)s is in the project.", mark=row.mark), id=brief.id,
              _anchor=part.key if part else "said")  # fmt: skip

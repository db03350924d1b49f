"""Pages of the room: lists, the grid and its saving, one line, the client's face, evidence."""

from typing import Any

from flask import jsonify, redirect, request, url_for

from agency.attached.approvals import operations as approvals
from agency.attached.documents import queries as papers
from agency.flow.projects.models import Project
from agency.flow.smetas import beginning, documents, editing, grid, meeting, operations, pages, queries, steps, tables
from agency.flow.smetas.catalogue import BY_CODE
from agency.flow.smetas.forms import EarlyForm, LineForm, rate_choices, rules_of
from agency.flow.smetas.models import TRIGGERS, Smeta, SmetaLine
from agency.flow.smetas.naming import TRIGGER_NAMES
from agency.flow.smetas.room import room
from agency.flow.smetas.showing import around, common, shown
from agency.kit import clock, words
from agency.kit.policy import may, sees
from agency.kit.states import Refused, WrongState
from agency.kit.web import actor, changed_meanwhile, fragment, go, needs, own_unit, page, refusals, whole
from agency.kit.words import _

__all__ = ["documents", "room", "steps"]
tables.routes(room)


@room.get("/")
@needs("smeta.read")
def index() -> Any:
    """Estimates the actor may see, or those of one project."""
    project = queries.project(request.args.get("project_id", 0, type=whole))
    if project is not None and sees(actor(), project):
        return page("smetas/of_project.html", project=project, smetas=queries.of_project(project.id), **common())
    return page("smetas/index.html", smetas=queries.visible_to(actor()), **common())


@room.post("/projects/<int:project_id>")
@needs("smeta.create", of=queries.project)
def create(project: Project) -> Any:
    """Begin an estimate of a project, with a reason where its brief says too little."""
    form = EarlyForm()
    try:
        smeta = beginning.begin(project, by=actor(), reason=form.reason.data or "")
    except Refused as refusal:
        if refusal.field != "reason":
            raise
        form.reason.errors = [str(refusal.sentence)]
        return page("smetas/begin.html", refusal.status, project=project, form=form, score=beginning.score(project))
    return go("smetas.edit", id=smeta.id)


@room.get("/<int:id>")
@needs("smeta.read", of=queries.to_read)
def show(smeta: Smeta) -> Any:
    """One version as it stands, with its next step."""
    return shown(smeta)


@room.get("/<int:id>/edit")
@needs("smeta.edit_lines", of=queries.to_read)
def edit(smeta: Smeta) -> Any:
    """The editor of a draft; a frozen version is shown instead."""
    if not smeta.is_draft:
        return redirect(url_for("smetas.show", id=smeta.id), 303)
    return _editor(smeta)


def _editor(smeta: Smeta, status: int = 200, typed: grid.Typed | None = None, conflict: Any = ()) -> Any:
    context = pages.sheet(smeta, actor(), typed)
    return page(
        "smetas/edit.html", status, **context, **around(smeta, context), rates=rate_choices(smeta), conflict=conflict,
        triggers=[(code, TRIGGER_NAMES[code]) for code in TRIGGERS], errors=typed.errors if typed else {},
        said=request.form if typed else {}, who=smeta.edited_by if conflict else None,
    )


@room.post("/<int:id>/edit")
@needs("smeta.edit_lines", of=queries.get_whole)
def save(smeta: Smeta) -> Any:
    """Keep the whole grid, then do what was asked for a line; a clash shows both versions."""
    editing.demand_draft(smeta)
    typed = _hear(smeta)
    quiet = request.headers.get("X-Autosave") == "1"
    stale = request.form.get("version") != str(smeta.version)
    on_page = typed
    if quiet and "changed" in request.form:
        typed = grid.only(typed, request.form["changed"].split())
    if typed.errors:
        name, sentence = next(iter(typed.errors.items()))
        return (jsonify(field=name, sentence=sentence), 422) if quiet else _editor(smeta, 422, typed)
    if stale and (clashes := meeting.clashes(smeta, request.form, typed)):
        if quiet:
            return fragment("smetas/_conflict.html", 409, smeta=smeta, conflict=clashes, who=smeta.edited_by)
        return _editor(smeta, 409, typed, clashes)
    others = smeta.edited_by_id not in (None, actor().id)
    try:
        _write(smeta, typed)
        at = _do(smeta, request.form.get("do", ""))
    except Refused as refused:
        if isinstance(refused, WrongState):
            raise
        typed.errors[refused.field or ""] = str(refused.sentence)
        return _editor(smeta, refused.status, typed)
    if quiet:
        return _saved(smeta, others and meeting.is_behind(smeta, on_page, typed))
    if request.form.get("do") == "show":
        return go("smetas.show", id=smeta.id)
    return go("smetas.edit", id=smeta.id, _anchor=at, said=None if at else _("The estimate is saved."))


def _saved(smeta: Smeta, behind: bool) -> Any:
    # A page that does not show what others settled meanwhile keeps its old version: sent as a whole, it would clash.
    version = request.form.get("version") if behind else smeta.version
    return jsonify(version=version, saved=words.clock(clock.now()), stands=meeting.standing(smeta, request.form))


def _hear(smeta: Smeta) -> grid.Typed:
    lines = [line for line in smeta.lines if may(actor(), "smeta_line.edit", line)]
    return grid.read(request.form, lines, rules_of(smeta), terms=may(actor(), "smeta.edit", smeta))


def _write(smeta: Smeta, typed: grid.Typed) -> None:
    by_id = {line.id: line for line in smeta.lines}
    places = {}
    for line_id, fields in typed.lines.items():
        if place := fields.pop("place", 0):
            places[line_id] = place
        editing.change_line(by_id[line_id], fields, by=actor())
    editing.arrange(smeta, places, by=actor())
    if typed.terms:
        editing.set_terms(smeta, by=actor(), **typed.terms)
    if typed.payments is not None:
        editing.set_payments(smeta, typed.payments, by=actor())
    editing.recount(smeta, by=actor())
    editing.note_edit(smeta, by=actor())


def _do(smeta: Smeta, deed: str) -> str | None:
    """Take a button of the grid, "copy:12"; answers where the page should open again."""
    verb, _colon, what = deed.partition(":")
    if verb == "add":
        item = BY_CODE.get(request.form.get(f"item-{what}", ""))
        at = f"line-{editing.add_line(smeta, what, by=actor(), item=item).id}"
    elif verb == "pay":
        rows = [operations.schedule_of(row) for row in smeta.payments]
        rows = rows[:-1] if what == "less" else [*rows, {"trigger": "act"}]
        editing.set_payments(smeta, rows, by=actor())
        at = "payments"
    elif line := _line_named(smeta, what):
        at = f"line-{_do_to(line, verb).id}"
    else:
        return None
    editing.recount(smeta, by=actor())
    return at


def _line_named(smeta: Smeta, what: str) -> SmetaLine | None:
    return next((line for line in smeta.lines if str(line.id) == what), None)


def _do_to(line: SmetaLine, verb: str) -> Any:
    if verb == "copy":
        return editing.duplicate(line, by=actor())
    if verb == "remove":
        editing.remove_line(line, by=actor())
    elif verb in ("up", "down"):
        editing.shift(line, -1 if verb == "up" else 1, by=actor())
    return line


@room.post("/<int:id>/totals")
@own_unit
@needs("smeta.edit_lines", of=queries.get_whole)
def totals(smeta: Smeta) -> Any:
    """What it would add up to as typed; writes nothing."""
    return fragment("smetas/_totals.html", **pages.sheet(smeta, actor(), _hear(smeta)))


@room.get("/<int:id>/lines/<int:line_id>")
@needs("smeta_line.edit", of=queries.line)
def line(line: SmetaLine) -> Any:
    """What the grid has no room for about a line."""
    return page("smetas/line.html", line=line, smeta=line.smeta, form=LineForm.of(line))


@room.post("/<int:id>/lines/<int:line_id>")
@needs("smeta_line.edit", of=queries.line)
def change_line(line: SmetaLine) -> Any:
    """Keep what was typed about a line."""
    form = LineForm.of(line)
    if clash := changed_meanwhile(form, line.smeta, {"supplier": line.supplier, "note": line.note}):
        return clash
    if form.sent():
        with refusals(form) as answer:
            editing.change_line(line, form.fields(), by=actor())
            editing.recount(line.smeta, by=actor())
            editing.note_edit(line.smeta, by=actor())
        if answer.ok:
            return go("smetas.edit", id=line.smeta_id, _anchor=f"line-{line.id}")
    return page("smetas/line.html", 422, line=line, smeta=line.smeta, form=form)


@room.get("/<int:id>/client")
@needs("smeta.read", of=queries.get_whole)
def client(smeta: Smeta) -> Any:
    """The version with the client's eyes."""
    return page("smetas/client.html", smeta=smeta, face=queries.client_face(smeta), **common())


@room.get("/<int:id>/evidence")
@needs("smeta.read", of=queries.get_whole)
def evidence(smeta: Smeta) -> Any:
    """Who decided what, when, on exactly which content and paper."""
    decisions = approvals.evidence_of(smeta)
    paper = papers.latest_ready(smeta, "smeta", "client")
    return page("smetas/evidence.html", smeta=smeta, decisions=decisions, paper=paper, **common())

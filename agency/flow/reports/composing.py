"""The composer: words, ticks and lights that save themselves, and beside them what the client gets."""

import json
from typing import Any

from flask import Response, abort, g, jsonify, make_response, render_template, request

from agency.attached.documents import queries as documents
from agency.flow.reports import emails, forms, lights, operations, queries
from agency.flow.reports.editing import SECTIONS
from agency.flow.reports.forms import Clash
from agency.flow.reports.models import Report
from agency.flow.reports.moves import MOVES
from agency.flow.reports.reading import Reading
from agency.kit import clock
from agency.kit.policy import may
from agency.kit.states import Refused
from agency.kit.web import Room, actor, fragment, go, needs, page
from agency.kit.web.answers import wants_part
from agency.kit.words import _, using
from agency.kit.words import clock as hour

LOOKS = ("pdf", "letter", "portal")
# The letter is shown as it is, in a frame without scripts, forms, origin or any request to the outside.
FRAME = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'; sandbox"


def routes(room: Room) -> None:
    """Add the composer's pages and parts."""
    room.add_url_rule("/<int:id>/edit", "edit", edit)
    room.add_url_rule("/<int:id>/words", "save", save, methods=["POST"])
    room.add_url_rule("/<int:id>/lines/<section>", "add_line", add_line, methods=["POST"])
    room.add_url_rule("/<int:id>/lines/<section>/<key>/removal", "remove_line", remove_line, methods=["POST"])
    room.add_url_rule("/<int:id>/facts", "refresh", refresh, methods=["POST"])
    room.add_url_rule("/<int:id>/look", "look", look)
    room.add_url_rule("/<int:id>/paper", "draw", draw, methods=["POST"])
    room.add_url_rule("/<int:id>/letter", "letter", letter)


def in_section(id: int, section: str, key: str = "") -> Report | None:
    """A report that has such a section."""
    return queries.get(id) if section in SECTIONS else None


@needs("report.edit", of=queries.get)
def edit(report: Report) -> Any:
    """The composer of a draft; what is approved is only read."""
    return write_page(report) if report.is_draft else go("reports.show", id=report.id)


def write_page(report: Report, status: int = 200, refusal: Refused | None = None, version: int | None = None) -> Any:
    """The composer; after a refusal with its sentence, and the version that is still the saved one."""
    g.shows_pdf = True
    reading, n = Reading(report), queries.number_of(report)
    base = request.form.get("base") or json.dumps(fields_of(reading), ensure_ascii=False)
    return page(
        "reports/edit.html",
        status,
        report=report,
        project=report.project,
        n=n,
        lines=reading.lines,
        suggested=reading.suggested,
        tones=lights.TONES,
        light_names=lights.NAMES,
        light_words=lights.WORDS,
        dimensions=lights.DIMENSIONS,
        shown_tone=lights.shown,
        written_verdict=reading.words.get("verdict", ""),
        candidates=reading.candidates,
        reader_ids={row.person_id for row in reading.readers},
        refusal=refusal,
        refused_field=(refusal.field or "") if refusal else "",
        version=version or report.version,
        base=base,
        new=request.args.get("new", ""),
        may_approve=MOVES.can(report, "approve", actor()),
        is_director=may(actor(), "report.approve_red", report),
        **_looking(reading, n, request.args.get("look", "portal")),
    )


def _looking(reading: Reading, n: int, kind: str) -> dict[str, Any]:
    """What the preview of the report, which gets number n, shows."""
    report = reading.report
    kind = kind if kind in LOOKS else "portal"
    paper = documents.latest(report, "report", "inner") if kind == "pdf" else None
    newest = max(filter(None, (report.edited_at, report.gathered_at)))
    return {
        "kind": kind,
        "looks": LOOKS,
        "paper": paper,
        "is_old": paper is not None and paper.asked_at < newest,
        "face": reading.client_face(n) if kind == "portal" else None,
    }


def fields_of(reading: Reading) -> dict[str, str]:
    """Every field of the composer as it is saved."""
    readers = {row.person_id for row in reading.readers}
    return forms.fields(reading.lines, reading.verdict, reading.report.lights, readers)


def listen(report: Report, changed: set[str] | None = None) -> dict[str, str]:
    """Write what this person changed into the draft; answers what the page's fields hold from now on.

    Raises Clash when somebody else wrote other words into the same fields meanwhile.
    """
    reading, who = Reading(report), actor()
    saved, lines = fields_of(reading), reading.lines
    wrote = forms.mine(request.form, saved, changed, report.version)
    if parts := forms.parts_of(wrote, lines):
        operations.write(report, parts, by=who)
    if "verdict" in wrote:
        operations.say(report, wrote["verdict"], by=who)
    if "to" in wrote:
        operations.address(report, forms.ids(wrote["to"]), by=who)
    for dimension, tone, comment in forms.judged(wrote, saved):
        operations.judge(report, dimension, tone, comment, by=who)
    return forms.base_of(request.form) | wrote


@needs("report.edit", of=queries.get)
def save(report: Report) -> Any:
    """Save what changed: by itself while one types, or by a button."""
    seen = report.version
    changed = set(request.form["changed"].split()) if "changed" in request.form else None
    try:
        base = listen(report, changed)
    except Clash as clash:
        return both(report, clash)
    except Refused as refusal:
        if refusal.status == 409:
            raise
        if wants_part():
            return jsonify(field=refusal.field, sentence=str(refusal.sentence)), refusal.status
        return write_page(report, refusal.status, refusal=refusal, version=seen)
    if wants_part():
        parts = render_template("reports/_base.html", base=json.dumps(base, ensure_ascii=False))
        return jsonify(version=report.version, saved=hour(clock.now()), parts=parts)
    return go("reports.edit", said=_("Saved."), id=report.id)


def both(report: Report, clash: Clash) -> Any:
    """Both versions, side by side; nothing is lost."""
    saved = fields_of(Reading(report))
    sent = forms.typed(request.form, saved, set(clash.names))
    parts = [{"label": "", "mine": sent[name], "theirs": saved[name]} for name in clash.names]
    who = report.edited_by.short_name if report.edited_by else ""
    settled = f"{report.version}!{','.join(clash.names)}"
    shown = {
        "report": report,
        "parts": parts,
        "settled": settled,
        "who": who,
        "at": hour(report.edited_at) if report.edited_at else "",
    }
    if wants_part():
        return fragment("reports/_conflict.html", 409, **shown)
    return page("reports/conflict.html", 409, typed=list(request.form.items(multi=True)), **shown)


@needs("report.edit", of=in_section)
def add_line(report: Report) -> Any:
    """Add a line of one's own; what was typed elsewhere is saved with it."""
    return _with_form(report, lambda section: operations.add_line(report, section, by=actor()))


@needs("report.edit", of=in_section)
def remove_line(report: Report) -> Any:
    """Take away a line of one's own."""
    key = (request.view_args or {})["key"]
    return _with_form(report, lambda section: operations.remove_line(report, section, key, by=actor()))


def _with_form(report: Report, step: Any) -> Any:
    section = (request.view_args or {})["section"]
    seen = report.version
    try:
        if "version" in request.form:
            listen(report)
        new = step(section)
    except Clash as clash:
        return both(report, clash)
    except Refused as refusal:
        if refusal.status == 409:
            raise
        return write_page(report, refusal.status, refusal=refusal, version=seen)
    if new:  # The new field takes the focus, which an anchor would prevent.
        return go("reports.edit", id=report.id, new=f"{section}/{new}")
    return go("reports.edit", id=report.id, _anchor=f"part-{section}")


@needs("report.edit", of=queries.get)
def refresh(report: Report) -> Any:
    """Gather the facts anew; what was typed is saved first."""
    try:
        if "version" in request.form:
            listen(report)
        operations.refresh(report, by=actor())
    except Clash as clash:
        return both(report, clash)
    return go("reports.edit", said=_("The facts are up to date, your words are kept."), id=report.id)


@needs("report.edit", of=queries.get)
def look(report: Report) -> Any:
    """One of the three faces of the draft; the PDF asks for itself until it is drawn."""
    return _look(report, request.args.get("look", "portal"))


def _look(report: Report, kind: str) -> Any:
    shown = _looking(Reading(report), queries.number_of(report), kind)
    return fragment("reports/_look.html", report=report, **shown)


@needs("report.edit", of=queries.get)
def draw(report: Report) -> Any:
    """Have the draft's PDF drawn, for us alone."""
    operations.preview(report, by=actor())
    if wants_part():
        return _look(report, "pdf")
    return go("reports.edit", id=report.id, look="pdf")


@needs("report.view", of=queries.get)
def letter(report: Report) -> Response:
    """The letter alone, for a frame."""
    if report.state == "discarded":
        abort(404)
    with using(report.language):
        response = make_response(emails.html_of(report))
    response.headers["Content-Security-Policy"] = FRAME
    return response

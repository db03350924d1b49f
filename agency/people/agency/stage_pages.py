"""The pages of the rows of stages a project may begin with."""

from typing import Any

from flask import abort, request

from agency.kit.web import Room, actor, changed_meanwhile, go, needs, page
from agency.kit.words import _
from agency.people.agency import queries, settling, stage_endings, stage_rows
from agency.people.agency.forms import StagesForm
from agency.people.agency.stage_endings import BY_HAND

MOST, SPARE = 12, 2


def routes(room: Room) -> None:
    """Add the addresses of the rows."""
    room.add_url_rule("/stages", "stages", stages)
    room.add_url_rule("/stages/<row>", "stage_row", edit, methods=["GET", "POST"])
    room.add_url_rule("/stages/<row>/return", "usual_stages", usual, methods=["POST"])


@needs("settings.view")
def stages() -> Any:
    """Every row with its stages."""
    rows = [(key, queries.stages(key)) for key in stage_rows.ROWS]
    return page("settings/stages.html", rows=rows, endings=stage_endings.NAMES)


@needs("settings.edit")
def edit(row: str) -> Any:
    """Change a row: its name, its stages and their shares of the time."""
    if row not in stage_rows.ROWS:
        abort(404)
    kept, edition = queries.stages(row), queries.edition(f"stages.{row}")
    shown, wrong = kept["stages"], ""
    form = StagesForm(data={"version": edition.version, "name": kept["name"]})
    if request.method == "POST":
        if stale := changed_meanwhile(form, edition, {"name": kept["name"]}):
            return stale
        shown, wrong = _heard()
        if form.sent() and not wrong:
            # A stage that ends by hand is kept as a pair.
            becomes = {"name": " ".join((form.name.data or "").split()), "stages": [
                [name, share, ending] if ending else [name, share] for name, share, ending in shown
            ]}  # fmt: skip
            settling.put(f"stages.{row}", becomes, by=actor())
            return go("settings.stages", said=_("Saved. Projects that are open keep their stages."))
    rows = [*shown, *[["", "", BY_HAND]] * SPARE][:MOST]
    return page("settings/stage_row.html", 422 if request.method == "POST" else 200, form=form, key=row, rows=rows,
                wrong=wrong, endings=stage_endings.NAMES, is_own=queries.value(f"stages.{row}") is not None)


def _heard() -> tuple[list[list[Any]], str]:
    """The stages as they were typed, and what is wrong with them."""
    parts = ("stage", "share", "ending")
    sent = [[request.form.get(f"{part}_{n}", "") for part in parts] for n in range(1, MOST + 1)]
    typed: list[list[Any]] = [
        [" ".join(name.split())[:120], share.strip(), stage_endings.known(ending)] for name, share, ending in sent
    ]
    typed = [row for row in typed if row[0] or row[1]]
    if not typed or any(not name for name, _share, _ending in typed):
        return typed, _("Name every stage.")
    if any(not share.isdecimal() or not 0 < int(share) <= 100 for _name, share, _ending in typed):
        return typed, _("The share of each stage is a whole number from 1 to 100.")
    return [[name, int(share), ending] for name, share, ending in typed], ""


@needs("settings.edit")
def usual(row: str) -> Any:
    """Go back to the ready-made row."""
    if row not in stage_rows.ROWS:
        abort(404)
    settling.put(f"stages.{row}", None, by=actor())
    return go("settings.stages", said=_("The ready-made row is back."))

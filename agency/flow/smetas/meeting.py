"""Two who write in one draft at once: what each typed, where they meet, and what each should see of the other."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from agency.flow.smetas.cells import cell
from agency.flow.smetas.counting import parts_of
from agency.flow.smetas.grid import Typed, input_of
from agency.flow.smetas.models import Smeta
from agency.flow.smetas.schedule import Part
from agency.kit.words import _, lazy, number

LABELS = {
    "title": lazy("Work"), "quantity": lazy("Quantity"), "unit": lazy("Unit"), "cost": lazy("Cost"),
    "price": lazy("Price"), "discount_percent": lazy("Discount, %"),
}  # fmt: skip
TERM_LABELS = {
    "title": lazy("Title"), "discount_percent": lazy("Project discount, %"),
    "commission_percent": lazy("Agency commission, %"), "valid_until": lazy("Valid until"), "basis": lazy("Basis"),
    "terms": lazy("Terms for the client"), "note": lazy("Note"), "vat_mode": lazy("VAT"),
}  # fmt: skip


def clashes(smeta: Smeta, said: Mapping[str, str], typed: Any) -> list[dict[str, str]]:
    """Where what was typed over an older state differs from what is saved now, both as a person reads them."""
    found = []
    for line in smeta.lines:
        for name, now in typed.lines.get(line.id, {}).items():
            field = input_of(line.id, name)
            if name in LABELS and now != getattr(line, name) and said.get(f"was-{field}") != cell(name, line):
                mine = said.get(field, "")
                found.append({"label": f"{line.title}: {LABELS[name]}", "mine": mine, "theirs": cell(name, line)})
    for name, now in typed.terms.items():
        shown = _shown(smeta, name)
        if name in TERM_LABELS and now != getattr(smeta, name) and said.get(f"was-{name}") != shown:
            found.append({"label": str(TERM_LABELS[name]), "mine": said.get(name, ""), "theirs": shown})
    return found + _lost(smeta, said)


def _shown(smeta: Smeta, name: str) -> str:
    value = getattr(smeta, name)
    return number(value) if isinstance(value, Decimal) else str(value or "")


def standing(smeta: Smeta, said: Mapping[str, str]) -> dict[str, str]:
    """What stands in the cells somebody looks at, by the names of their inputs."""
    cells = {input_of(line.id, name): cell(name, line) for line in smeta.lines for name in LABELS}
    return {name: value for name, value in cells.items() if name in said}


def is_behind(smeta: Smeta, whole: Typed, typed: Typed) -> bool:
    """Whether the page somebody writes in still shows what others settled otherwise about the version as a whole."""
    terms = any(now != getattr(smeta, name) for name, now in whole.terms.items() if name not in typed.terms)
    marks = any(
        "marks" in fields and "marks" not in typed.lines[line.id] and fields["marks"] != sorted(line.numbers)
        for line in smeta.lines if (fields := whole.lines.get(line.id))
    )  # fmt: skip
    shown = [Part(row.get("percent"), row.get("fixed")) for row in whole.payments or ()]
    return terms or marks or (typed.payments is None and bool(shown) and shown != parts_of(list(smeta.payments)))


def _lost(smeta: Smeta, said: Mapping[str, str]) -> list[dict[str, str]]:
    """Lines that were typed into while somebody removed them."""
    here = {f"line-{line.id}-title" for line in smeta.lines}
    gone = [name for name in said if name.startswith("line-") and name.endswith("-title") and name not in here]
    return [{"label": said[name], "mine": said[name], "theirs": _("this line was removed")} for name in gone]

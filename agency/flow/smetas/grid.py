"""What was typed into the grid, read cell by cell; a cell that is unclear gets a sentence and keeps its words."""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from agency.flow.smetas.models import TRIGGERS, SmetaLine
from agency.kit import clock, money
from agency.kit.words import _

MOST = {"quantity": Decimal(1_000_000), "price": Decimal(10) ** 9, "cost": Decimal(10) ** 9}
MOST_A_LINE = Decimal(10) ** 12
LENGTHS = {"title": 300, "unit": 30, "basis": 200, "terms": 4000, "note": 4000}
CHOICES = {
    "vat_mode": ("on_top", "inside", "reverse_charge"), "rounding": ("per_line", "per_rate_total"),
    "commission_mode": ("none", "on_net", "of_gross"), "price_kind": ("fixed", "approximate"),
}  # fmt: skip
CLOCK = re.compile(r"(\d{1,4}):([0-5]\d)")
NO_VAT = "none"


@dataclass
class Typed:
    """Everything that was typed and understood, and a sentence for each field that was not."""

    lines: dict[int, dict[str, Any]] = field(default_factory=dict)
    terms: dict[str, Any] = field(default_factory=dict)
    payments: list[dict[str, Any]] | None = None
    errors: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Rules:
    """What this smeta allows: its currency, requirement numbers, VAT rates, and whether it may take off."""

    currency: str
    numbers: Collection[int]
    rates: Collection[Decimal | None]
    may_be_negative: bool = False


def read(form: Mapping[str, str], lines: Iterable[SmetaLine], rules: Rules, *, terms: bool) -> Typed:
    """Read the cells of the given lines and, for whoever may, the terms and payments."""
    typed = Typed()
    for line in lines:
        cells = _Cells(form, f"line-{line.id}-", typed.errors)
        if "title" in cells:
            typed.lines[line.id] = _line(cells, rules)
    if terms and "discount_percent" in form:
        typed.terms = _terms(_Cells(form, "", typed.errors), rules)
        typed.payments = _payments(form, rules, typed.errors)
    return typed


INPUTS = {"discount_percent": "discount", "minutes": "quantity"}


def input_of(line_id: int, name: str) -> str:
    """The name of the input in which a field of a line is typed."""
    return f"line-{line_id}-{INPUTS.get(name, name)}"


def only(typed: Typed, changed: Collection[str]) -> Typed:
    """What one typed of the whole form one sees, by the names of the inputs; the order of lines is always one's own."""
    lines = {
        line_id: {name: now for name, now in fields.items() if name == "place" or input_of(line_id, name) in changed}
        for line_id, fields in typed.lines.items()
    }
    pays = any(name.startswith("pay-") for name in changed)
    terms = {name: now for name, now in typed.terms.items() if name in changed}
    return Typed(lines, terms, typed.payments if pays else None, typed.errors)


class _Cells:
    """Some fields of the form under a common prefix; what cannot be read is left out and said why."""

    def __init__(self, form: Mapping[str, str], prefix: str, errors: dict[str, str]) -> None:
        self.form, self.prefix, self.errors = form, prefix, errors

    def __contains__(self, name: str) -> bool:
        return self.prefix + name in self.form

    def text(self, name: str) -> str:
        return " ".join(self.form.get(self.prefix + name, "").split()) if name != "terms" and name != "note" else (
            self.form.get(self.prefix + name, "").strip()
        )

    def refuse(self, name: str, sentence: str) -> None:
        self.errors[self.prefix + name] = sentence

    def words(self, name: str) -> dict[str, str]:
        said = self.text(name)
        if len(said) > LENGTHS[name]:
            self.refuse(name, _("At most %(n)s characters, please.", n=LENGTHS[name]))
            return {}
        return {name: said}

    def number(self, name: str, *, low: Decimal, high: Decimal, empty: Decimal | None, to: str = "") -> dict[str, Any]:
        said = self.text(name)
        if not said and empty is not None:
            return {to or name: empty}
        if not said:
            self.refuse(name, _("Write a number here."))
            return {}
        try:
            value = money.parse_scaled(said.removesuffix("%").strip())
        except money.UnclearAmount as unclear:
            self.refuse(name, str(unclear))
            return {}
        if not low <= value <= high:
            self.refuse(name, _("The number must be from %(low)s to %(high)s.", low=f"{low:f}", high=f"{high:f}"))
            return {}
        return {to or name: value}

    def choice(self, name: str) -> dict[str, str]:
        said = self.text(name)
        if said in CHOICES[name]:
            return {name: said}
        self.refuse(name, _("Choose one of the offered values."))
        return {}


def _line(cells: _Cells, rules: Rules) -> dict[str, Any]:
    low = -MOST["quantity"] if rules.may_be_negative else Decimal(0)
    fields: dict[str, Any] = {**cells.words("title"), **cells.words("unit"), "minutes": None}
    spoken = CLOCK.fullmatch(cells.text("quantity"))
    if spoken:
        fields["minutes"] = int(spoken[1]) * 60 + int(spoken[2])
        fields["quantity"] = money.half_up(Decimal(fields["minutes"]) / 60, money.SCALE)
    else:
        fields |= cells.number("quantity", low=low, high=MOST["quantity"], empty=None)
    fields |= cells.number("price", low=Decimal(0), high=MOST["price"], empty=Decimal(0))
    fields |= cells.number("discount", low=Decimal(0), high=Decimal(100), empty=Decimal(0), to="discount_percent")
    if "cost" in cells:
        fields |= cells.number("cost", low=Decimal(0), high=MOST["cost"], empty=Decimal(0))
    if abs(fields.get("quantity", Decimal(0))) * max(fields.get("price", 0), fields.get("cost", 0)) > MOST_A_LINE:
        cells.refuse("price", _("The sum of this line is too large. Look at the quantity and the price."))
    place = cells.text("place")
    if place.isascii() and place.isdigit() and len(place) < 7:
        fields["place"] = int(place)
    if "marks" in cells:
        fields |= _marks(cells, rules)
    return fields


def _marks(cells: _Cells, rules: Rules) -> dict[str, Any]:
    said = cells.text("marks")
    numbers = [int(found) for found in re.findall(r"[0-9]{1,6}", said)]
    unknown = sorted(set(numbers) - set(rules.numbers))
    if unknown or (said and not numbers):
        wrong = ", ".join(map(str, unknown)) or said
        cells.refuse("marks", _("There is no requirement %(marks)s in this project.", marks=wrong))
        return {}
    return {"marks": sorted(set(numbers))}


def _terms(cells: _Cells, rules: Rules) -> dict[str, Any]:
    fields: dict[str, Any] = {}
    for name in CHOICES:
        fields |= cells.choice(name)
    for name in ("title", "basis", "terms", "note"):
        fields |= cells.words(name)
    fields |= cells.number("discount_percent", low=Decimal(0), high=Decimal(100), empty=Decimal(0))
    fields |= cells.number("commission_percent", low=Decimal(0), high=Decimal(99), empty=Decimal(0))
    fields |= rate(cells.text("tax_rate"), rules.rates, lambda said: cells.refuse("tax_rate", said))
    return fields | _day(cells, "valid_until", "valid_until")


def rate(said: str, rates: Collection[Decimal | None], refuse: Any) -> dict[str, Any]:
    """The VAT rate of a select: a number of per cents, or `none` for outside VAT."""
    if said == NO_VAT:
        return {"tax_rate": None}
    for known in rates:
        if known is not None and f"{known:f}" == said:
            return {"tax_rate": known}
    refuse(_("Choose one of the offered values."))
    return {}


def _day(cells: _Cells, name: str, to: str) -> dict[str, Any]:
    said = cells.text(name)
    if not said:
        return {to: None}
    try:
        return {to: clock.day_typed(said)}
    except ValueError:
        cells.refuse(name, _("This is no day of the calendar."))
        return {}


def _payments(form: Mapping[str, str], rules: Rules, errors: dict[str, str]) -> list[dict[str, Any]]:
    rows = []
    n = 1
    while f"pay-{n}-how" in form:
        rows.append(_payment(_Cells(form, f"pay-{n}-", errors), rules))
        n += 1
    return rows


def _payment(cells: _Cells, rules: Rules) -> dict[str, Any]:
    how, trigger = cells.text("how"), cells.text("trigger")
    fields: dict[str, Any] = {"trigger": trigger if trigger in TRIGGERS else "date", "words": cells.text("words")[:200]}
    if how == "percent":
        fields |= cells.number("share", low=Decimal(0), high=Decimal(100), empty=None, to="percent")
    elif how == "fixed":
        try:
            fields["fixed"] = money.parse_money(cells.text("share"), rules.currency)
        except money.UnclearAmount as unclear:
            cells.refuse("share", str(unclear))
        if abs(fields.get("fixed", 0)) > MOST_A_LINE:
            cells.refuse("share", _("The sum of this line is too large. Look at the quantity and the price."))
    return fields | _day(cells, "due", "due_on")

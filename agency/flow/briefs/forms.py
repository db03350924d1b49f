"""What a person may type into a brief: one form a part, heard by the kind of its field."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from werkzeug.datastructures import MultiDict
from wtforms import TextAreaField

from agency.flow.briefs.answers import AUDIENCE, VAT
from agency.flow.briefs.catalogue import Field
from agency.kit import clock
from agency.kit.money import UnclearAmount, parse_money, parse_number
from agency.kit.states import Refused
from agency.kit.web import Form
from agency.kit.words import lazy

LONGEST = 20_000
MOST_ROWS = 100
ROW = re.compile(r"r(\d{1,3})-(\w+)")

Typed = MultiDict[str, str]
# Whom an answer may name: names by id.
People = Mapping[int, str]


class ReturnForm(Form):
    """Why a brief comes back."""

    reason = TextAreaField(lazy("What is missing or unclear?"))


class AcceptForm(Form):
    """How the head understood the task."""

    read_back = TextAreaField(
        lazy("How did you understand the task?"),
        description=lazy("In your own words: what you will do, for whom, what counts as done. The manager reads it."),
    )


class SplitForm(Form):
    """Why a weak brief may be split all the same."""

    reason = TextAreaField(lazy("Why split it all the same?"))


class StatementForm(Form):
    """The client's words that become a requirement."""

    words = TextAreaField(lazy("The client’s words"))


def heard(field: Field, typed: Typed, currency: str, people: People) -> Any:
    """The value typed into a part's form; raises Refused naming the input that cannot be understood."""
    if any(len(text) > LONGEST for _name, text in typed.items(multi=True)):
        raise Refused(lazy("This is too long for one answer: put it into a file."), "value")
    if field.kind == "money":
        return _money(typed, currency)
    if field.kind == "person":
        return _person(typed, people)
    return HEARERS.get(field.kind, _text)(field, typed)


def _text(_field: Field, typed: Typed) -> str:
    return _clean(typed.get("value", ""))


def _one(field: Field, typed: Typed) -> str:
    chosen = typed.get("value", "")
    if chosen and all(option.code != chosen for option in field.options):
        raise Refused(lazy("Choose one of the answers."), "value")
    return chosen


def _many(field: Field, typed: Typed) -> list[str]:
    if field.options:
        chosen = set(typed.getlist("value"))
        return [option.code for option in field.options if option.code in chosen]
    return [line for line in (_clean(line) for line in typed.get("value", "").splitlines()) if line]


def _num(_field: Field, typed: Typed) -> str:
    text = _clean(typed.get("value", ""))
    if not text:
        return ""
    try:
        return format(parse_number(text).normalize(), "f")
    except UnclearAmount as unclear:
        raise Refused(str(unclear), "value") from unclear


def _money(typed: Typed, currency: str) -> dict[str, Any] | None:
    sums: dict[str, int | None] = {}
    for name in ("least", "amount"):
        text = _clean(typed.get(name, ""))
        try:
            sums[name] = parse_money(text, currency) if text else None
        except UnclearAmount as unclear:
            raise Refused(str(unclear), name) from unclear
    if sums["least"] is not None and sums["amount"] is not None and sums["least"] > sums["amount"]:
        raise Refused(lazy("The lower bound is above the upper one."), "least")
    vat = typed.get("vat", "")
    value = {
        **sums, "currency": currency, "vat": vat if vat in dict(VAT) else "", "inside": _clean(typed.get("inside", "")),
    }
    return value if any(value[name] not in (None, "") for name in ("least", "amount", "vat", "inside")) else None


def _date(_field: Field, typed: Typed) -> str:
    return _day(typed, "value")


def _range(_field: Field, typed: Typed) -> dict[str, str] | None:
    value = {name: _day(typed, name) for name in ("from", "until")}
    if all(value.values()) and value["from"] > value["until"]:
        raise Refused(lazy("The end is earlier than the start."), "until")
    return value if any(value.values()) else None


def _day(typed: Typed, name: str) -> str:
    text = typed.get(name, "").strip()
    try:
        return clock.day_typed(text).isoformat() if text else ""
    except ValueError as unclear:
        raise Refused(lazy("This is no day of the calendar."), name) from unclear


def _person(typed: Typed, people: People) -> dict[str, Any] | None:
    chosen = typed.get("value", "")
    if not chosen:
        return None
    found = next((id for id in people if str(id) == chosen), None)
    if found is None:
        raise Refused(lazy("Choose one of the answers."), "value")
    return {"person_id": found, "name": people[found]}


def _people(_field: Field, typed: Typed) -> dict[str, str] | None:
    value = {name: text for name, _label in AUDIENCE if (text := _clean(typed.get(name, "")))}
    return value or None


def _table(field: Field, typed: Typed) -> list[dict[str, str]]:
    codes = [column.code for column in field.columns]
    rows: dict[int, dict[str, str]] = {}
    for name, text in typed.items():
        found = ROW.fullmatch(name)
        if found and found[2] in codes and (said := _clean(text)):
            rows.setdefault(int(found[1]), {})[found[2]] = said
    if len(rows) > MOST_ROWS:
        raise Refused(lazy("This is too long for one answer: put it into a file."), "value")
    return [{code: row.get(code, "") for code in codes} for _place, row in sorted(rows.items())]


def _bool(_field: Field, typed: Typed) -> bool | None:
    return {"yes": True, "no": False}.get(typed.get("value", ""))


def _clean(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\0", "").strip()


HEARERS: dict[str, Callable[[Field, Typed], Any]] = {
    "one": _one, "many": _many, "num": _num, "date": _date, "range": _range, "aud": _people, "table": _table,
    "bool": _bool,
}

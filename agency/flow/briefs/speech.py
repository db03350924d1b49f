"""An answer as a page or a document shows it: plain words, lists, pairs and tables in the current language."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from agency.flow.briefs.answers import AUDIENCE, VAT, is_answered
from agency.flow.briefs.catalogue import Field
from agency.flow.briefs.models import Brief, BriefPart
from agency.kit import words
from agency.kit.words import _


@dataclass(frozen=True)
class Told:
    """What an answer looks like; `form` is text, list, pairs or table."""

    form: str
    text: str = ""
    rows: tuple[tuple[str, ...], ...] = ()
    headings: tuple[str, ...] = ()


@dataclass(frozen=True)
class SaidMark:
    """A requirement beside a part: its mark, the client's words, who said them and when."""

    mark: str
    said: str
    by: str
    on: date | None


@dataclass(frozen=True)
class Answer:
    """A part of a brief as it is read."""

    key: str
    label: str
    told: Told
    departments: tuple[str, ...]
    marks: tuple[SaidMark, ...]


def tell(field: Field, value: Any) -> Told:
    """The answer in words; an empty answer is empty text."""
    if not is_answered(field, value):
        return Told("text", str(value) if isinstance(value, str) else "")
    return TELLERS.get(field.kind, _plain)(field, value)


def _plain(_field: Field, value: Any) -> Told:
    return Told("text", str(value).strip())


def money_in_words(value: dict[str, Any]) -> str:
    """A budget as one phrase: sum or span, VAT, what is inside."""
    currency = value["currency"]
    said = words.money0(value["amount"], currency)
    if value.get("least") is not None:
        said = f"{words.money0(value['least'], currency)} – {said}"
    vat = next((str(label) for name, label in VAT if name == value.get("vat")), "")
    inside = str(value.get("inside", "")).strip()
    return ", ".join(part for part in (" ".join(filter(None, (said, vat))), inside) if part)


def _number(_field: Field, value: str) -> Told:
    return Told("text", words.number(int(value)) if value.lstrip("-").isdigit() else value)


def _people(_field: Field, value: dict[str, str]) -> Told:
    return Told("pairs", rows=tuple((str(label), value[name]) for name, label in AUDIENCE if value.get(name)))


def _span(value: dict[str, str]) -> str:
    first, last = (date.fromisoformat(value[name]) for name in ("from", "until"))
    if first.year == last.year:
        return f"{words.day(first)} – {words.day_year(last)}"
    return f"{words.day_year(first)} – {words.day_year(last)}"


def _table(field: Field, rows: list[dict[str, str]]) -> Told:
    used = [column for column in field.columns if any(row.get(column.code) for row in rows)]
    return Told(
        "table", headings=tuple(str(column.label) for column in used),
        rows=tuple(tuple(str(row.get(column.code, "")) for column in used) for row in rows),
    )


TELLERS: dict[str, Callable[[Field, Any], Told]] = {
    "one": lambda field, value: Told("text", field.option(value)),
    "many": lambda field, value: Told("list", rows=tuple((field.option(item),) for item in value)),
    "money": lambda _field, value: Told("text", money_in_words(value)),
    "date": lambda _field, value: Told("text", words.day_year(date.fromisoformat(value))),
    "range": lambda _field, value: Told("text", _span(value)),
    "person": lambda _field, value: Told("text", value.get("name", "")),
    "bool": lambda _field, value: Told("text", _("Yes") if value else _("No")),
    "num": _number,
    "aud": _people,
    "table": _table,
}


def answer_of(part: BriefPart) -> Answer:
    """One part as it is read."""
    said = (SaidMark(words.mark(row.n), row.words, row.said_by, row.said_on) for row in part.said)
    return answer(part.field, part.value, tuple(part.departments or ()), tuple(said))


def answer(field: Field, value: Any, departments: tuple[str, ...] = (), marks: tuple[SaidMark, ...] = ()) -> Answer:
    """The answer to a question as it is read."""
    return Answer(field.code, str(field.label), tell(field, value), departments, marks)


def sections_of(brief: Brief) -> list[dict[str, Any]]:
    """The answered parts under the headings of their type, what a department inherited last."""
    found: dict[str, dict[str, Any]] = {}
    for part in sorted(brief.parts, key=lambda part: (part.is_inherited, part.ordinal)):
        field = part.field
        if not is_answered(field, part.value):
            continue
        section = part.kind.section(field.section)
        code = f"client-{field.section}" if part.is_inherited else field.section
        place = found.setdefault(code, {
            "code": code, "title": str(section.label) if section else "", "is_inherited": part.is_inherited,
            "answers": [],
        })
        place["answers"].append(answer_of(part))
    return list(found.values())

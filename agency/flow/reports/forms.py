"""What an AM types in the composer: fields are called section/key/part, and only those that changed are heard."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Protocol

from agency.flow.reports import lights
from agency.flow.reports.editing import DAYS, SECTIONS
from agency.kit.states import Refused
from agency.kit.words import lazy

Lines = Mapping[str, Sequence[Mapping[str, Any]]]


class Typed(Protocol):
    """A posted form."""

    def __contains__(self, name: object) -> bool: ...
    def get(self, name: str, default: Any = None) -> Any: ...
    def getlist(self, name: str) -> list[str]: ...


@dataclass
class Heard:
    """What was typed: parts of lines, the first sentence, lights as (tone, comment), readers; None is not asked."""

    lines: dict[tuple[str, str, str], Any] = field(default_factory=dict)
    verdict: str | None = None
    lights: dict[str, tuple[str, str]] = field(default_factory=dict)
    to: list[int] | None = None


def names_of(lines: Lines) -> Iterator[tuple[str, str, str, str]]:
    """Every field of the lines as (name, section, key, part); a tick is the part "off", asked as "shown"."""
    for section, rows in lines.items():
        kind = SECTIONS[section]
        for row in rows:
            key = row["key"]
            for part in kind.own if row["is_own"] else kind.writes:
                yield f"{section}/{key}/{part}", section, key, part
            if kind.ticks:
                yield f"{section}/{key}/shown", section, key, "off"


def heard(form: Typed, lines: Lines, changed: Collection[str] | None = None) -> Heard:
    """What the form says; with `changed` only of those fields. Raises Refused for a day that cannot be read."""
    told = Heard()
    for name, section, key, part in names_of(lines):
        if part == "off":
            if _asked(name, changed, f"{section}/{key}/text" in form):
                told.lines[section, key, part] = name not in form
        elif _asked(name, changed, name in form):
            told.lines[section, key, part] = _day(name, form.get(name)) if part in DAYS else form.get(name, "")
    if _asked("verdict", changed, "verdict" in form):
        told.verdict = form.get("verdict", "")
    if _asked("to", changed, "to_asked" in form):
        told.to = [int(id) for id in form.getlist("to") if id.isdigit()]
    for key in lights.DIMENSIONS:
        names = {f"lights/{key}/tone", f"lights/{key}/comment"}
        if f"lights/{key}/tone" in form and (changed is None or names & set(changed)):
            told.lights[key] = (form.get(f"lights/{key}/tone", ""), form.get(f"lights/{key}/comment", ""))
    return told


def _asked(name: str, changed: Collection[str] | None, present: bool) -> bool:
    return present if changed is None else name in changed


def _day(name: str, typed: Any) -> date | None:
    if not typed:
        return None
    try:
        return date.fromisoformat(str(typed))
    except ValueError:
        raise Refused(lazy("This is no day of the calendar."), name) from None

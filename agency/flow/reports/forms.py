"""What an AM types in the composer: fields called section/key/part, merged one by one with what others saved."""

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, Protocol

from agency.flow.reports import lights
from agency.flow.reports.editing import DAYS, SECTIONS
from agency.kit import clock
from agency.kit.states import Refused
from agency.kit.web import whole
from agency.kit.words import lazy

Lines = Mapping[str, Sequence[Mapping[str, Any]]]
Place = tuple[str, str, str]


class Typed(Protocol):
    """A posted form."""

    def __contains__(self, name: object, /) -> bool: ...
    def get(self, name: Any, /) -> Any: ...
    def getlist(self, name: Any, kind: Any = None, /) -> list[Any]: ...


class Clash(Exception):
    """Somebody saved other words in the same fields since the page was opened."""

    def __init__(self, names: Sequence[str]) -> None:
        super().__init__(", ".join(names))
        self.names = names


def places(lines: Lines) -> Iterator[tuple[str, Place, Mapping[str, Any]]]:
    """Every field of the lines with its place; a tick is the part "off", asked as "shown"."""
    for section, rows in lines.items():
        kind = SECTIONS[section]
        for row in rows:
            for part in kind.own if row["is_own"] else kind.writes:
                yield f"{section}/{row['key']}/{part}", (section, row["key"], part), row
            if kind.ticks:
                yield f"{section}/{row['key']}/shown", (section, row["key"], "off"), row


def fields(lines: Lines, verdict: str, lamps: Mapping[str, Any], readers: Collection[int]) -> dict[str, str]:
    """Every field of the composer as a browser would send it."""
    found = {"verdict": verdict, "to": _joined(readers)}
    for key, row in lamps.items():
        found[f"lights/{key}/tone"] = row.get("chosen") or row["tone"]
        found[f"lights/{key}/comment"] = row.get("comment", "")
    for name, (_section, _key, part), row in places(lines):
        value = row.get(part)
        found[name] = ("" if value else "1") if part == "off" else "" if value is None else str(value)
    return found


def typed(form: Typed, saved: Mapping[str, str], changed: Collection[str] | None) -> dict[str, str]:
    """The fields that were sent; with `changed` only those."""
    found = {}
    for name in saved:
        if name in changed if changed is not None else _is_asked(form, name):
            found[name] = _value(form, name)
    return found


def mine(form: Typed, saved: Mapping[str, str], changed: Collection[str] | None, version: int) -> dict[str, str]:
    """What this person changed since the page came; raises Clash where somebody else wrote otherwise meanwhile.

    The page's version may name fields, as in "8!verdict": their clash was seen, and this person's words stay.
    """
    seen, _bang, settled = str(form.get("version") or "").partition("!")
    base = base_of(form) or (saved if seen == str(version) else {})
    sent = typed(form, saved, changed)
    wrote = {name: value for name, value in sent.items() if value != base.get(name, saved[name])}
    clashes = [
        name
        for name, value in wrote.items()
        if saved[name] not in (value, base.get(name)) and name not in settled.split(",")
    ]
    if clashes:
        raise Clash(clashes)
    return wrote


def base_of(form: Typed) -> dict[str, str]:
    """What the fields held when the page came; nothing when it cannot be read."""
    try:
        found = json.loads(form.get("base") or "{}")
    except (ValueError, RecursionError):
        return {}
    return {str(name): str(value) for name, value in found.items()} if isinstance(found, dict) else {}


def parts_of(wrote: Mapping[str, str], lines: Lines) -> dict[Place, Any]:
    """The typed parts of lines as values; raises Refused beside a day that is none."""
    found: dict[Place, Any] = {}
    for name, place, _row in places(lines):
        if name in wrote:
            value = wrote[name]
            found[place] = value == "" if place[2] == "off" else _day(name, value) if place[2] in DAYS else value
    return found


def judged(wrote: Mapping[str, str], saved: Mapping[str, str]) -> Iterator[tuple[str, str, str]]:
    """Lights that were judged anew: dimension, tone, comment."""
    for key in lights.DIMENSIONS:
        names = (f"lights/{key}/tone", f"lights/{key}/comment")
        if any(name in wrote for name in names):
            tone, comment = (wrote.get(name, saved.get(name, "")) for name in names)
            yield key, tone, comment


def ids(joined: str) -> list[int]:
    """The ids of readers as they were sent."""
    return [int(id) for id in joined.split(",") if id]


def _is_asked(form: Typed, name: str) -> bool:
    if name == "to":
        return "to_asked" in form
    return name.replace("/shown", "/text") in form


def _value(form: Typed, name: str) -> str:
    if name == "to":
        return _joined(form.getlist("to", whole))
    if name.endswith("/shown"):
        return "1" if name in form else ""
    return str(form.get(name) or "").replace("\r\n", "\n")


def _joined(found: Any) -> str:
    return ",".join(str(id) for id in sorted(found))


def _day(name: str, value: str) -> date | None:
    if not value:
        return None
    try:
        return clock.day_typed(value)
    except ValueError:
        raise Refused(lazy("This is no day of the calendar."), name) from None

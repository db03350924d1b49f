"""What an AM may write in a report: words over lines, ticks, own lines; figures and dates of facts stay; pure."""

import re
from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass
from datetime import date
from typing import Any

from agency.kit.language.currencies import TYPED
from agency.kit.states import Refused
from agency.kit.words import _, lazy

OWN = "own:"
# A no-break space between digits is meant and stays.
SPACES = re.compile(r"[ \t\r\n]+")
SUM = re.compile(rf"(?:{TYPED})\s?\d[\d\s.,]*\d|\d[\d\s.,]*?\s?(?:{TYPED})")
SPACES_OF_SUM = re.compile(r"\s")
LONGEST = 600
MOST_OWN = 20


@dataclass(frozen=True)
class Section:
    """What may be written over a computed line, what an own line has besides, and whether lines are ticked."""

    writes: tuple[str, ...]
    own: tuple[str, ...] = ()
    ticks: bool = True


SECTIONS = {
    "needed": Section(("text", "who", "slips"), ("text", "who", "slips", "by")),
    "done": Section(("text",), ("text",)),
    "next": Section(("text",), ("text", "on")),
    "moved": Section(("explanation",), ticks=False),
    "promises": Section(("explanation",), ticks=False),
    "offers": Section(("explanation",), ticks=False),
    "risks": Section(("text", "action", "who", "by"), ("text", "action", "who", "by")),
}
DAYS = ("on", "by")
BLANK = {
    "text": "",
    "who": "",
    "slips": "",
    "by": None,
    "on": None,
    "action": "",
    "explanation": "",
    "department": "",
    "hint": "",
    "off": False,
}


def written(
    words: Mapping[str, Any], computed: Mapping[str, Any], section: str, key: str, name: str, value: Any
) -> dict[str, Any]:
    """The words with one part of one line written over; raises Refused for a figure, or a moved date left out."""
    kind = SECTIONS.get(section)
    line = next((row for row in computed.get(section, []) if row["key"] == key), None) if kind else None
    own = key in words.get("own", {}).get(section, [])
    if kind is None or (line is None and not own):
        raise Refused(lazy("This line is no longer in the report. Look at it again."))
    if name == "off" and not kind.ticks:
        raise Refused(
            lazy("What moved or was promised stays in the report. Explain it instead."), f"{section}/{key}/off"
        )
    if name != "off" and name not in (kind.own if own else kind.writes):
        raise Refused(lazy("Figures and dates come from facts and cannot be written over."), f"{section}/{key}/{name}")
    if name == "text" and line is not None:
        _demand_sums(line["text"], str(value or ""), f"{section}/{key}/text")
    result = deepcopy(dict(words))
    place = result.setdefault("lines", {}).setdefault(section, {}).setdefault(key, {})
    place[name] = clean(name, value)
    if line is not None and place[name] == clean(name, line.get(name, BLANK.get(name))):
        del place[name]
    return result


def _demand_sums(fact: str, said: str, field: str) -> None:
    """A sum that a fact names stays in whatever is written over it."""
    if lost := sums_of(fact) - sums_of(said):
        raise Refused(_("The sum comes from facts and stays: %(sum)s.", sum=", ".join(sorted(lost))), field)


def sums_of(text: str) -> set[str]:
    """The sums of money a text names, without the spaces of their writing."""
    return {SPACES_OF_SUM.sub("", found) for found in SUM.findall(text)}


def clean(name: str, value: Any) -> Any:
    """A value as it is kept: a tick, a day, or words in one piece."""
    if name == "off":
        return bool(value)
    if name in DAYS:
        return value if value is None or isinstance(value, date) else date.fromisoformat(str(value))
    return SPACES.sub(" ", str(value or "")).strip()[:LONGEST]


def with_own(words: Mapping[str, Any], section: str) -> tuple[dict[str, Any], str]:
    """The words with an empty own line in a section, and its key."""
    kind = SECTIONS.get(section)
    if kind is None or not kind.own:
        raise Refused(lazy("A line cannot be added here."))
    result = deepcopy(dict(words))
    keys = result.setdefault("own", {}).setdefault(section, [])
    if len(keys) >= MOST_OWN:
        raise Refused(lazy("Twenty lines of one's own are enough: a report is read in a minute."))
    result["last_own"] = result.get("last_own", 0) + 1
    key = f"{OWN}{result['last_own']}"
    keys.append(key)
    return result, key


def without_own(words: Mapping[str, Any], section: str, key: str) -> dict[str, Any]:
    """The words without one own line."""
    result = deepcopy(dict(words))
    keys = result.get("own", {}).get(section, [])
    if key in keys:
        keys.remove(key)
        result.get("lines", {}).get(section, {}).pop(key, None)
    return result


def carried(words: Mapping[str, Any]) -> dict[str, Any]:
    """The words a next report begins with: asks of one's own that were told and are not answered yet, and risks."""
    result: dict[str, Any] = {"lines": {}, "own": {}, "last_own": words.get("last_own", 0)}
    for section in ("needed", "risks"):
        lines = words.get("lines", {}).get(section, {})
        keys = [
            key
            for key in words.get("own", {}).get(section, [])
            if lines.get(key, {}).get("text") and not lines[key].get("off")
        ]
        result["own"][section] = keys
        result["lines"][section] = {key: dict(lines[key]) for key in keys}
    return result

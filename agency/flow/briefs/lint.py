"""Soft warnings about an answer, shown while typing; none of them stops anything. Pure.

Rules of the trade: an objective has a figure, a baseline and a day; one message is one thought; an audience
is no age bracket; an insight holds a tension; a tone says what it is not; a KPI names its source.
"""

import re
import tomllib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from agency.flow.briefs.answers import is_answered, words_of
from agency.flow.briefs.catalogue import Field
from agency.kit.words import Lazy, lazy

LONGEST_MESSAGE = 140
MOST_OBJECTIVES = 2
TONES = range(3, 6)
CARD = re.compile(r"\b(?:\d[ -]?){13,19}\b")
DAY = re.compile(r"\b\d{1,2}[./-]\d{1,2}([./-]\d{2,4})?\b|\b20\d\d\b")
BRACKET = re.compile(r"\b\d{2}\s*[-–—]\s*\d{2}\b")

Check = Callable[["Asked"], Iterable[Lazy | str]]


@dataclass(frozen=True)
class Asked:
    """An answer with what the rules need to know about it."""

    field: Field
    value: Any
    language: str
    working_days_left: int | None = None
    lead_days: int = 0

    @property
    def text(self) -> str:
        """All its words in lower case, with a space on both sides."""
        return f" {' '.join(words_of(self.value)).casefold()} "

    def has(self, *lists: str) -> bool:
        """Whether one of the words of these lists is in it."""
        return any(word in self.text for name in lists for word in lexicon(self.language)[name])


@cache
def lexicon(language: str) -> dict[str, list[str]]:
    """The words the rules look for in a language, English when there are none."""
    known = tomllib.loads((Path(__file__).parent / "lint.toml").read_text("utf-8"))
    return known.get(language, known["en"])


def warnings(asked: Asked) -> list[Lazy | str]:
    """What a careful colleague would say about this answer; nothing about an empty one."""
    said: list[Lazy | str] = list(secrets(asked))
    if is_answered(asked.field, asked.value):
        for name in asked.field.lint:
            said += CHECKS[name](asked)
    return said


def secrets(asked: Asked) -> Iterable[Lazy | str]:
    """Passwords, cards and passports have no place in a brief."""
    if asked.has("secrets") or any(_luhn(found) for found in CARD.findall(asked.text)):
        yield lazy("This looks like a password, a card or a passport. Keep such things out of the brief.")


def objective(asked: Asked) -> Iterable[Lazy | str]:
    """A goal: verb, figure, from where, until when."""
    if not re.search(r"\d", asked.text):
        yield lazy("A goal without a figure cannot be checked: name one.")
    elif not (asked.has("from") and asked.has("to")):
        yield lazy("Name both figures: how much there is now and how much there has to be.")
    if not DAY.search(asked.text) and not asked.has("months"):
        yield lazy("By which day? A goal needs a date.")
    if not asked.has("verbs"):
        yield lazy("Say what has to happen: to raise, to win, to keep.")


def communication(asked: Asked) -> Iterable[Lazy | str]:
    """What advertising alone can move, and not too many of them."""
    if asked.has("sales"):
        yield lazy("Sales are a business goal. What can advertising alone change: knowing, liking, trying?")
    if len([line for line in re.split(r"[\n;]", str(asked.value)) if line.strip()]) > MOST_OBJECTIVES:
        yield lazy("More than two goals: which two matter?")


def single(asked: Asked) -> Iterable[Lazy | str]:
    """One message is one thought."""
    if len(str(asked.value).strip()) > LONGEST_MESSAGE:
        yield lazy("Longer than 140 characters: a person will not remember it.")
    if asked.has("joiners") or len(re.findall(r"[.!?]\s+\S", str(asked.value))) > 0:
        yield lazy("There seem to be two thoughts here. Keep one.")


def audience(asked: Asked) -> Iterable[Lazy | str]:
    """People, not an age bracket."""
    segment = str(asked.value.get("segment", ""))
    everybody = any(f" {segment.casefold()} ".startswith(f" {word}") for word in lexicon(asked.language)["everybody"])
    if everybody or BRACKET.fullmatch(segment.strip()):
        yield lazy("Everybody is nobody. Describe one person.")
    if not asked.value.get("behaviour") and not asked.value.get("need"):
        yield lazy("What do these people do now, or what do they need?")
    if not asked.value.get("barrier"):
        yield lazy("What holds them back?")


def insight(asked: Asked) -> Iterable[Lazy | str]:
    """A truth with a tension in it."""
    if not asked.has("tension"):
        yield lazy("This is a fact so far. Where is the tension: they want one thing, but…")


def proof(asked: Asked) -> Iterable[Lazy | str]:
    """Each reason to believe can be proved."""
    rows = [" ".join(words_of(row)).casefold() for row in asked.value]
    listed = lexicon(asked.language)["proof"]
    if any(row.strip() and not re.search(r"\d", row) and not any(word in row for word in listed) for row in rows):
        yield lazy("How would you prove it? A figure or a document helps.")
    if len(rows) > max(TONES) - 2:
        yield lazy("More than three reasons: keep the strongest.")


def tone(asked: Asked) -> Iterable[Lazy | str]:
    """Three to five, and what each is not."""
    if not asked.has("anti"):
        yield lazy("Say what the tone is not: “bold but not rude”.")
    if len(asked.value) not in TONES:
        yield lazy("Three to five words of tone are enough.")


def source(asked: Asked) -> Iterable[Lazy | str]:
    """A figure is worth what its source is worth."""
    if any(row.get("metric") and not row.get("source") for row in asked.value):
        yield lazy("By what will it be measured? Name the source of each figure.")


def budget(asked: Asked) -> Iterable[Lazy | str]:
    """With VAT or without, and what is inside."""
    if not asked.value.get("vat"):
        yield lazy("With VAT or without?")
    if not str(asked.value.get("inside", "")).strip():
        yield lazy("What is inside: media, production, our work?")


def lead_time(asked: Asked) -> Iterable[Lazy | str]:
    """Enough working days until then."""
    left = asked.working_days_left
    if left is not None and left < 0:
        yield lazy("This day has passed.")
    elif left is not None and left < asked.lead_days:
        yield lazy("%(left)s working days are left, usually it takes %(need)s.") % {
            "left": left, "need": asked.lead_days,
        }


def why(asked: Asked) -> Iterable[Lazy | str]:
    """Each like and dislike has a reason."""
    liked = [row.get(name, "") for row in asked.value for name in ("like", "dislike") if row.get(name)]
    reasons = lexicon(asked.language)["why"]
    if any(not any(word in text.casefold() for word in reasons) for text in liked):
        yield lazy("Why is it liked or disliked? A reason helps more than a name.")


def volume(asked: Asked) -> Iterable[Lazy | str]:
    """Each thing to be made has its number."""
    if any(row.get("name") and not row.get("qty") for row in asked.value):
        yield lazy("How many? Name a quantity with its unit in each line.")


def files(asked: Asked) -> Iterable[Lazy | str]:
    """What every designer asks for first."""
    if not asked.has("vector"):
        yield lazy("Is there a logo in vectors?")
    if not asked.has("guideline"):
        yield lazy("Is there a guideline of the brand?")


def erid(asked: Asked) -> Iterable[Lazy | str]:
    """Marking of advertising needs the advertiser's tax number and the category code."""
    if any(row.get("advertiser") and not (row.get("inn") and row.get("kktu")) for row in asked.value):
        yield lazy("Marking needs the advertiser's tax number and the category code.")


CHECKS: dict[str, Check] = {
    "objective": objective, "communication": communication, "single": single, "audience": audience,
    "insight": insight, "proof": proof, "tone": tone, "source": source, "budget": budget, "lead_time": lead_time,
    "why": why, "volume": volume, "files": files, "erid": erid,
}


def working_days_until(day: date, today: date, is_working: Callable[[date], bool]) -> int:
    """Working days after today up to and with a day; -1 when it has passed."""
    if day < today:
        return -1
    return sum(is_working(today + timedelta(days=n)) for n in range(1, (day - today).days + 1))


def _luhn(found: str) -> bool:
    figures = [int(letter) for letter in found if letter.isdigit()]
    doubled = [sum(divmod(2 * n, 10)) if place % 2 else n for place, n in enumerate(reversed(figures))]
    return len(set(figures)) > 1 and sum(doubled) % 10 == 0

"""A client's letter cut into statements, each of which may become a requirement; pure."""

import re
from dataclasses import dataclass

from agency.flow.requests import guessing

# A sentence ends at a stop before a space and a capital, a digit or a quotation mark.
END = re.compile(r"(?<=[.!?…])\s+(?=[\"'«„“(]?[^\W_a-z])|\n+")
QUOTES = " \t•*–—-"
SHORTEST = 3


@dataclass(frozen=True)
class Statement:
    """One sentence; `wanted` is our first guess whether it says something to be done."""

    words: str
    wanted: bool


def split(text: str, said_by: str = "") -> list[Statement]:
    """The sentences of a text in their order, greetings, signature and questions to us not wanted."""
    found = [" ".join(part.split()).strip(QUOTES) for part in _sentences(text)]
    return [Statement(words, _is_wanted(words, said_by)) for words in found if words]


def _sentences(text: str) -> list[str]:
    parts: list[str] = []
    for part in END.split(text.strip()):
        # A sentence that begins with a small letter goes on from an abbreviation before it.
        if parts and part[:1].islower():
            parts[-1] = f"{parts[-1]} {part}"
        else:
            parts.append(part)
    return parts


def _is_wanted(words: str, said_by: str) -> bool:
    plain = words.rstrip(".!? ").casefold()
    signed = said_by.strip().casefold()
    if words.endswith("?") or (signed and plain.startswith(signed)) or guessing.is_introduction(words):
        return False
    return len(plain.split()) >= SHORTEST

"""What somebody typed into a search, understood; pure."""

import re
from dataclasses import dataclass

from agency.kit.language.folding import MARK_LETTERS, REQUEST_LETTERS, fold

LONGEST = 200
MOST_WORDS = 8
MARK = re.compile(rf"[{MARK_LETTERS}](\d{{1,3}})")
REQUEST = re.compile(rf"(?:[{REQUEST_LETTERS}]-?)?(\d{{4}}-\d+)")
# "#" looks for numbers of documents, "@" for people and companies.
NARROWED = {
    "#": frozenset({"project", "request", "brief", "smeta", "document"}),
    "@": frozenset({"client", "contact"}),
}


@dataclass(frozen=True)
class Wanted:
    """The folded words and what they were; the number of a mark among them; the digits of a telephone number."""

    words: tuple[str, ...]
    mark: int | None = None
    digits: str = ""
    kinds: frozenset[str] | None = None
    typed: str = ""

    @property
    def text(self) -> str:
        """All words, as one looks for a whole name."""
        return " ".join(self.words)

    @property
    def beside_mark(self) -> tuple[str, ...]:
        """The words other than the mark."""
        return tuple(word for word in self.words if not MARK.fullmatch(word))

    def asks_for(self, kind: str) -> bool:
        """Whether records of this kind are looked for."""
        return self.kinds is None or kind in self.kinds

    def __bool__(self) -> bool:
        return bool(self.words)


def understand(typed: str) -> Wanted:
    """What was typed, whatever its case, its spelling of yo, and the sign it may begin with."""
    text = fold(typed[:LONGEST])
    kinds = NARROWED.get(text[:1])
    if kinds is not None:
        text = text[1:].strip()
    words = tuple(text.replace("№", " ").replace("«", " ").replace("»", " ").split()[:MOST_WORDS])
    marked = next((found for word in words if (found := MARK.fullmatch(word))), None)
    digits = re.sub(r"\D", "", text) if re.fullmatch(r"[\d\s()+\-]{4,}", text) else ""
    return Wanted(words, int(marked[1]) if marked else None, digits, kinds, typed[:LONGEST].strip())


def serial(word: str) -> str:
    """The number of a request without the letter of the language it is written in."""
    found = REQUEST.fullmatch(word)
    return found[1] if found else word

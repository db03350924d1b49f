"""How each kind of record is looked through: by the list of a rare word, the newest first, or not at all; pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from agency.overview.search.wanted import Wanted

# The kinds of words by which records of a kind are found: their own, and those of what they belong to.
WORDS_OF: Mapping[str, tuple[str, ...]] = {
    "client": ("client",), "contact": ("person", "client"), "project": ("project",), "request": ("request",),
    "brief": ("brief", "project", "brief_part"), "smeta": ("smeta", "project"), "task": ("task", "project"),
    "report": ("project",), "requirement": ("requirement", "project"), "document": ("document",), "file": ("file",),
}  # fmt: skip
# Found by words of their own alone, or by them beside those of the project: never by the project's alone.
OF_THEIR_OWN = frozenset({"task", "requirement"})
COUNTED = tuple(sorted({name for names in WORDS_OF.values() for name in names}))
Counts = Mapping[tuple[str, int], int]


@dataclass(frozen=True)
class Way:
    """One kind: the number of the word whose rows are listed, or None where the newest are looked at one by one."""

    kind: str
    word: int | None


def ways(wanted: Wanted, asked: tuple[str, ...], counts: Counts, many: int) -> Iterator[Way]:
    """The kinds worth asking of those asked for; `counts` tells how many rows have each word, up to `many`."""
    for kind in asked:
        if kind == "contact" and wanted.digits:
            yield Way(kind, None)
            continue
        words = [n for n, word in enumerate(wanted.words) if kind != "requirement" or word in wanted.beside_mark]
        if kind in OF_THEIR_OWN and len(words) == len(wanted.words) and not any(counts[kind, n] for n in words):
            continue
        names = (kind,) if kind in OF_THEIR_OWN and len(wanted.words) == 1 else WORDS_OF[kind]
        most = {n: max(counts[name, n] for name in names) for n in words}
        if all(most.values()):
            yield Way(kind, min((n for n in most if most[n] <= many), key=most.__getitem__, default=None))

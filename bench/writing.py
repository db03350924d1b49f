"""The figures of a run put into their page of the docs, between two marks; the words around them are people's."""

from collections.abc import Sequence

from agency.kit import clock
from bench import place

PAGE = place.ROOT / "docs" / "performance.md"
BEGIN, END = "<!-- figures -->", "<!-- end of figures -->"


def write(said: Sequence[str], argv: Sequence[str]) -> None:
    """Replace what stands between the marks by this run; raises ValueError when a mark is gone."""
    page = PAGE.read_text(encoding="utf-8")
    before, after = page.index(BEGIN) + len(BEGIN), page.index(END)
    command = " ".join(["./run bench", *argv])
    figures = "\n\n".join(["", f"Made by `{command}` on {clock.today().isoformat()}.", *said, ""])
    PAGE.write_text(page[:before] + figures + page[after:], encoding="utf-8")

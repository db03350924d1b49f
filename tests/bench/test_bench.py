"""The bench itself: it builds an agency that keeps its rules, finds every page, and asks constant questions."""

from pathlib import Path

import pytest

from agency.kit.db import db
from bench import place, tables, writing
from bench.build import build
from bench.cases import cases
from bench.load import Times
from bench.pages import Figures, Found, count
from bench.sizes import SIZES, Size

# What a page may ask the database, who asks included.
MOST_QUESTIONS = 12
SMALL = Size("few", staff=9, clients=6, projects=6)
MORE = Size("more", staff=18, clients=12, projects=18)


@pytest.fixture(scope="module")
def agencies(tmp_path_factory: pytest.TempPathFactory) -> dict[Size, Path]:
    """Two tiny agencies, one with more of everything."""
    home = tmp_path_factory.mktemp("bench")
    said: list[str] = []
    return {size: build(size, home, said.append) for size in (SMALL, MORE)}


def test_an_agency_is_built_once_and_found_again(agencies: dict[Size, Path]) -> None:
    said: list[str] = []
    folder = build(SMALL, agencies[SMALL].parent, said.append)
    assert folder == agencies[SMALL]
    assert said == []


def test_no_page_asks_more_than_twelve_questions_nor_more_in_a_larger_agency(agencies: dict[Size, Path]) -> None:
    asked = {}
    for size, folder in agencies.items():
        app = place.app(place.environ(folder))
        asked[size] = {case.name: count(app, case)[0] for case in cases(app, size)}
        with app.app_context():
            db.session.remove()
            db.engine.dispose()
    assert asked[SMALL] == asked[MORE]
    assert {name: n for name, n in asked[MORE].items() if n > MOST_QUESTIONS} == {}


def test_figures_become_a_table() -> None:
    large, small = Figures(Times([20.0, 30.0]), 9, 2048), Figures(Times([10.0, 20.0]), 9, 1024)
    found = Found("my day", {"large": large, "small": small})
    printed = tables.pages([found], Times([5.0, 5.0]))
    assert "| my day | 25" in printed
    assert SIZES["large"].facts == 1_000_000
    assert "p95 in the large agency more than 1.3 times that in the small one: my day (1.5)." in tables.verdict([found])


def test_figures_are_put_between_the_marks_of_their_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = tmp_path / "performance.md"
    page.write_text(f"Before.\n{writing.BEGIN}\nold\n{writing.END}\nAfter.\n")
    monkeypatch.setattr(writing, "PAGE", page)
    writing.write(["| new |"], ["--write"])
    assert page.read_text().startswith("Before.\n")
    assert page.read_text().endswith("\nAfter.\n")
    assert "old" not in page.read_text()
    assert "Made by `./run bench --write`" in page.read_text()
    assert writing.END in (place.ROOT / "docs" / "performance.md").read_text()

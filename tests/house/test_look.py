"""The look keeps its promises: readable inks, drawn icons, small scripts, vendored files as published."""

import hashlib
import re
from pathlib import Path

import pytest

TOP = Path(__file__).parents[2]
STATIC = TOP / "static"
TEMPLATES = sorted((TOP / "templates").rglob("*.html"))
TOKEN = re.compile(r"--([\w-]+):\s*light-dark\((#\w{6}),\s*(#\w{6})\)")
TEXT, CONTROL = 4.5, 3.0  # WCAG 2.2, 1.4.3 and 1.4.11
INKS = ("green", "amber", "red", "cre", "med", "pro", "sign")


def inks() -> dict[str, tuple[str, str]]:
    found = {name: (light, dark) for name, light, dark in TOKEN.findall((STATIC / "css/tokens.css").read_text())}
    return found | {"on-fill": ("#ffffff", "#ffffff"), "key": found["ink"]}


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def pairs() -> list[tuple[str, str, float]]:
    on_grounds = [
        (ink, ground, TEXT) for ground in ("paper", "lift", "sunk") for ink in ("ink", "ink-2", "ink-3", *INKS)
    ]
    edges = [("edge", ground, CONTROL) for ground in ("paper", "lift", "sunk")]
    on_washes = [(ink, f"{wash}-wash", TEXT) for wash in INKS for ink in ("ink", "ink-2", "ink-3", wash)]
    fills = [("ink", "key-wash", TEXT), ("on-fill", "sign-fill", TEXT), ("paper", "ink", TEXT)]
    letters = [("lift", department, TEXT) for department in ("cre", "med", "pro", "key")]
    return on_grounds + edges + on_washes + fills + letters


@pytest.mark.parametrize(("ink", "ground", "least"), pairs())
def test_an_ink_can_be_read_on_its_ground_in_both_themes(ink: str, ground: str, least: float) -> None:
    colours = inks()
    for theme in (0, 1):
        assert contrast(colours[ink][theme], colours[ground][theme]) >= least


def test_every_icon_named_in_a_template_is_drawn() -> None:
    drawn = set(re.findall(r'id="i-([\w-]+)"', (STATIC / "icons.svg").read_text()))
    named = {
        (str(path.relative_to(TOP)), name)
        for path in TEMPLATES
        for name in re.findall(r"""\bicon\(["'](\w+)["']""", path.read_text())
    }
    assert [(place, name) for place, name in sorted(named) if name not in drawn] == []


def test_vendored_files_are_as_published() -> None:
    rows = re.findall(r"^\| (\S+) \|.*\| (\w{64}) \|$", (STATIC / "vendor/README.md").read_text(), re.MULTILINE)
    assert rows
    for name, told in rows:
        assert hashlib.sha256((STATIC / "vendor" / name).read_bytes()).hexdigest() == told


@pytest.mark.parametrize("path", sorted((STATIC / "js").glob("*.js")), ids=lambda path: path.name)
def test_a_script_is_small_and_builds_no_code_or_style(path: Path) -> None:
    source = path.read_text()
    assert len(source.splitlines()) <= 150
    assert not re.search(r"\beval\(|new Function|\.innerHTML|\.style\b|insertAdjacentHTML|setAttribute\('style", source)


@pytest.mark.parametrize("path", sorted((STATIC / "css").glob("*.css")), ids=lambda path: path.name)
def test_colours_have_one_home(path: Path) -> None:
    """Values live in tokens.css; paper (print.css) cannot read light-dark() marks and repeats the light ones."""
    if path.name in ("tokens.css", "print.css"):
        return
    colours = {found.lower() for found in re.findall(r"#[0-9a-fA-F]{3,8}\b", path.read_text())}
    assert colours <= {"#fff", "#main", "#live"}


def test_a_page_carries_no_style_or_script_of_its_own() -> None:
    own = re.compile(r"<style|\sstyle=|\son[a-z]+=\"|<script(?![^>]*src=)|hx-on|javascript:|hx-\w+=\"js:")
    places = {path: str(path.relative_to(TOP / "templates")) for path in TEMPLATES}
    pages = {
        path: place for path, place in places.items()
        if not place.startswith(("pdf/", "email/")) and not place.endswith((".pdf.html", ".email.html"))
    }
    assert [place for path, place in pages.items() if own.search(path.read_text())] == []

"""Nothing grows past what a person reads in one go, and no name collects everything."""

import ast
from functools import cache
from pathlib import Path

TOP = Path(__file__).parents[2]
PYTHON = [
    path for folder in ("agency", "workers") for path in sorted((TOP / folder).rglob("*.py"))
    if "migrations/versions" not in str(path)
]
TEMPLATES = sorted((TOP / "templates").rglob("*.*"))
# Longer than the rest, and why.
LONGER = {"agency/policy.py": (330, "the one page of who may what is one page")}
BAGS = {"util", "utils", "helper", "helpers", "common", "misc", "manager", "managers", "service", "services", "views2"}


def place(path: Path) -> str:
    return str(path.relative_to(TOP))


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text())


def test_a_file_is_short_and_says_what_it_is_for() -> None:
    lengths = {place(path): len(path.read_text().splitlines()) for path in PYTHON}
    assert {name: n for name, n in lengths.items() if n > LONGER.get(name, (250, ""))[0]} == {}, "split it by noun"
    assert [place(path) for path in PYTHON if not ast.get_docstring(tree(path))] == [], "it says nothing about itself"


def test_a_function_is_short() -> None:
    lengths = {
        (place(path), node.name): (node.end_lineno or 0) - node.lineno + 1 for path in PYTHON
        for node in ast.walk(tree(path)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    }
    assert {name: n for name, n in lengths.items() if n > 30} == {}


def test_what_others_may_call_says_what_it_promises() -> None:
    silent = [
        (place(path), node.name) for path in PYTHON for node in tree(path).body
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_")
        and not ast.get_docstring(node)
    ]
    assert silent == []


def test_a_template_is_short() -> None:
    assert {place(path): n for path in TEMPLATES if (n := len(path.read_text().splitlines())) > 150} == {}


def test_no_name_collects_everything() -> None:
    assert [str(path) for path in PYTHON if path.stem in BAGS or path.parent.name in BAGS] == []


def test_nothing_is_left_for_later() -> None:
    words = ("TO" + "DO", "FIX" + "ME", "XX" + "X", "HA" + "CK", "NotImplemented" + "Error")
    found = [(str(path), word) for path in (*PYTHON, *TEMPLATES) for word in words if word in path.read_text()]
    assert found == []

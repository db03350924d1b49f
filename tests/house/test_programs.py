"""What a new machine lacks is started nowhere: `./run` installs no other programs than a shell and a browser."""

import ast
from collections.abc import Iterator
from pathlib import Path

TOP = Path(__file__).parents[2]
THERE = {"sh"}


def _started(source: str) -> Iterator[str]:
    """The programs that are named outright where processes are started."""
    for call in ast.walk(ast.parse(source)):
        if not isinstance(call, ast.Call) or "subprocess" not in ast.unparse(call.func) or not call.args:
            continue
        first = call.args[0].elts[0] if isinstance(call.args[0], ast.List) and call.args[0].elts else call.args[0]
        if isinstance(first, ast.Constant):
            yield str(first.value)


def test_no_program_is_started_that_nobody_installs() -> None:
    found = {
        f"{path.relative_to(TOP)}: {name}"
        for folder in ("agency", "workers", "tests", "bench") for path in (TOP / folder).rglob("*.py")
        for name in _started(path.read_text()) if name not in THERE
    }
    assert not found, "; ".join(sorted(found))


def test_one_would_be_seen() -> None:
    """The test of the test."""
    assert list(_started('subprocess.run(["pdftotext", path])')) == ["pdftotext"]

"""The linter finds nothing: the same list of rules at home and in CI (pyproject.toml)."""

import subprocess
import sys
from pathlib import Path

TOP = Path(__file__).parents[2]


def test_the_linter_finds_nothing() -> None:
    run = subprocess.run(
        [str(Path(sys.executable).parent / "ruff"), "check", "--no-cache", "."],
        cwd=TOP, capture_output=True, text=True, timeout=100,
    )
    assert run.returncode == 0, run.stdout[-4000:]

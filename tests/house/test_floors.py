"""Code imports downwards only: the contracts of import-linter, run with the tests."""

import subprocess
import sys
from pathlib import Path

TOP = Path(__file__).parents[2]


def test_the_floors_hold() -> None:
    run = subprocess.run(
        [str(Path(sys.executable).parent / "lint-imports")], cwd=TOP, capture_output=True, text=True, timeout=110,
    )
    assert run.returncode == 0, run.stdout[-6000:]

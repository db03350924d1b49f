"""Each guard that is taken away turns a test red; all of them in a soak, a few in every run."""

import os
import subprocess
import sys

import pytest

from tests.figures import SOAKING
from tests.walk.removals import GUARDS, REMOVED, TOP

# The quickest of those on which most hangs.
FEW = ("a link can be revoked", "what was approved is what was seen")


def test_the_list_names_what_stands_in_the_product() -> None:
    assert len(GUARDS) >= 40
    for name, guard in GUARDS.items():
        for file, text, _instead in guard.pieces():
            assert (TOP / file).read_text().count(text) == 1, name
        assert (TOP / guard.test.partition("::")[0]).exists(), name


@pytest.mark.slow
@pytest.mark.parametrize("name", GUARDS if SOAKING else FEW)
def test_without_the_guard_its_test_is_red(name: str) -> None:
    plugins = [part for one in ("tests.walk.removals", "no:randomly", "no:cacheprovider") for part in ("-p", one)]
    run = subprocess.run(
        [sys.executable, "-m", "pytest", *plugins, "-x", "-q", GUARDS[name].test],
        cwd=TOP, env={**_plain(), REMOVED: name}, capture_output=True, text=True, timeout=280,
    )
    assert run.returncode == 1, f"nobody misses it: {run.stdout[-2000:]}{run.stderr[-2000:]}"


def _plain() -> dict[str, str]:
    """The environment without what the runner tells its own processes."""
    return {key: value for key, value in os.environ.items() if not key.startswith(("PYTEST_", "AGENCY_"))}

"""The two commands and the locks they install from."""

import re
import subprocess
from pathlib import Path

import pytest

import config

ROOT = Path(config.__file__).parent
RUNTIME, DEVELOPMENT = ROOT / "requirements.lock", ROOT / "requirements-dev.lock"


def pinned(lock: Path) -> dict[str, set[str]]:
    """Package and version to its hashes."""
    blocks = re.split(r"\n(?=[a-z0-9])", lock.read_text())
    return {block.split()[0]: set(re.findall(r"--hash=(sha256:[0-9a-f]{64})", block)) for block in blocks[1:]}


def wanted(listing: Path) -> set[str]:
    """The packages a person asked for, by their names on the index."""
    lines = [line for line in listing.read_text().splitlines() if line and line[0] not in "#-"]
    return {re.split(r"[\[<>=!;~ ]", line)[0].lower().replace("_", "-") for line in lines}


@pytest.mark.parametrize("lock", [RUNTIME, DEVELOPMENT], ids=lambda lock: lock.name)
def test_a_lock_pins_every_package_by_hash_and_names_no_address(lock: Path) -> None:
    assert "://" not in lock.read_text()
    assert len(pinned(lock)) > 20
    assert all("==" in name and hashes for name, hashes in pinned(lock).items())


@pytest.mark.parametrize("lock", [RUNTIME, DEVELOPMENT], ids=lambda lock: lock.name)
def test_a_lock_holds_all_that_is_asked_for(lock: Path) -> None:
    assert wanted(lock.with_suffix(".in")) <= {name.split("==")[0] for name in pinned(lock)}


def test_tests_run_on_the_very_packages_of_the_product() -> None:
    assert pinned(RUNTIME).items() <= pinned(DEVELOPMENT).items()


@pytest.mark.parametrize("script", ["run", ".ci/run"])
def test_the_commands_are_plain_shell(script: str) -> None:
    path = ROOT / script
    assert path.stat().st_mode & 0o111
    assert path.read_text().startswith("#!/bin/sh\n")
    assert subprocess.run(["sh", "-n", path], capture_output=True).returncode == 0


def test_the_build_machine_does_what_a_person_does() -> None:
    assert "exec ./run test" in (ROOT / ".ci/run").read_text()

"""The supervisor with real processes: it brings back what dies and stops what it started, nothing else."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import config

ROOT = Path(config.__file__).parent
Household = Callable[..., subprocess.Popen[str]]


@pytest.fixture
def household(tmp_path: Path) -> Iterator[Household]:
    """Starts a supervisor over the named children; none outlives the test."""
    started: list[subprocess.Popen[str]] = []

    def start(*names: str) -> subprocess.Popen[str]:
        argv = [sys.executable, "-m", "tests.entrypoints.cli.household", str(tmp_path), *names]
        started.append(subprocess.Popen(argv, cwd=ROOT, stderr=subprocess.PIPE, text=True, process_group=0))
        return started[-1]

    yield start
    for process in started:
        process.kill()
        process.communicate()


def eventually(claim: Callable[[], bool], seconds: float = 10.0) -> bool:
    """Wait until the claim holds."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if claim():
            return True
        time.sleep(0.02)
    return False


def pid_of(path: Path) -> int:
    """The process id a child wrote, once it has."""
    assert eventually(lambda: path.exists() and path.read_text().isdigit()), f"{path.name} has not started"
    return int(path.read_text())


def lives(pid: int) -> bool:
    """Whether a process exists and is no zombie."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


def test_a_killed_child_comes_back(household: Household, tmp_path: Path) -> None:
    household("calm")
    first = pid_of(tmp_path / "calm")
    os.kill(first, signal.SIGKILL)
    assert eventually(lambda: pid_of(tmp_path / "calm") != first)


def test_a_stop_ends_every_child_and_nothing_else(household: Household, tmp_path: Path) -> None:
    neighbour = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
    supervisor = household("calm", "deaf", "parent")
    pids = [pid_of(tmp_path / name) for name in ("calm", "deaf", "parent", "parent-horse")]
    supervisor.send_signal(signal.SIGTERM)
    assert supervisor.wait(10) == 0
    assert not any(map(lives, pids))
    assert lives(neighbour.pid)
    neighbour.kill()
    neighbour.wait()


def test_what_a_killed_child_left_behind_is_stopped_too(household: Household, tmp_path: Path) -> None:
    supervisor = household("parent")
    horse = pid_of(tmp_path / "parent-horse")
    os.kill(pid_of(tmp_path / "parent"), signal.SIGKILL)
    supervisor.send_signal(signal.SIGINT)
    assert supervisor.wait(10) == 0
    assert not lives(horse)


def test_a_second_ctrl_c_does_not_wait(household: Household, tmp_path: Path) -> None:
    supervisor = household("deaf")
    pid_of(tmp_path / "deaf")
    began = time.monotonic()
    supervisor.send_signal(signal.SIGINT)
    time.sleep(0.1)
    supervisor.send_signal(signal.SIGINT)
    assert supervisor.wait(10) == 0
    assert time.monotonic() - began < 0.9


def test_children_get_no_ctrl_c_of_the_terminal(household: Household, tmp_path: Path) -> None:
    supervisor = household("calm")
    child = pid_of(tmp_path / "calm")
    assert os.getpgid(child) != os.getpgid(supervisor.pid)


def test_children_die_with_a_killed_supervisor(household: Household, tmp_path: Path) -> None:
    supervisor = household("calm")
    child = pid_of(tmp_path / "calm")
    supervisor.kill()
    assert eventually(lambda: not lives(child))


def test_two_runs_never_share_a_folder(household: Household, tmp_path: Path) -> None:
    first = household("calm")
    pid_of(tmp_path / "calm")
    second = household("calm")
    _, said = second.communicate(timeout=10)
    assert second.returncode == 2
    assert f"Agency already runs in {tmp_path} (process {first.pid})." in said


def test_after_a_cut_off_run_the_next_waits_for_its_last_process(household: Household, tmp_path: Path) -> None:
    first = household("deaf")
    deaf = pid_of(tmp_path / "deaf")
    first.kill()
    first.wait()
    second = household("calm")
    assert second.stderr is not None
    assert "waiting for its processes to end" in second.stderr.readline()
    assert not (tmp_path / "calm").exists()
    os.kill(deaf, signal.SIGKILL)
    assert lives(pid_of(tmp_path / "calm"))

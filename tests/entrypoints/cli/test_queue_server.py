"""The embedded queue server, for real."""

import subprocess
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from redis import Redis

from agency.entrypoints.cli import queue_server


@pytest.fixture
def server(tmp_path: Path) -> Iterator[subprocess.Popen[bytes]]:
    """A server in a folder with a space in its name."""
    program = queue_server.program()
    assert program is not None
    data = tmp_path / "my agency"
    data.mkdir()
    assert not queue_server.answers(data / "queue.sock")
    process = subprocess.Popen(queue_server.arguments(program, data, data / "queue.sock"))
    deadline = time.monotonic() + 10
    while not queue_server.answers(data / "queue.sock") and time.monotonic() < deadline:
        time.sleep(0.02)
    yield process
    process.terminate()
    process.wait()


def test_it_listens_on_its_socket_alone(server: subprocess.Popen[bytes], tmp_path: Path) -> None:
    path = tmp_path / "my agency" / "queue.sock"
    assert queue_server.answers(path)
    assert path.stat().st_mode & 0o777 == 0o700
    listening = Path(f"/proc/{server.pid}/net/tcp").read_text().splitlines()[1:]
    mine = _open_files(server.pid)
    assert any(name.startswith("socket:") for name in mine)
    assert not [line for line in listening if f"socket:[{line.split()[9]}]" in mine]


def _open_files(pid: int) -> set[str]:
    """What a process has open; a file it closes meanwhile is none of them."""
    names = set()
    for link in Path(f"/proc/{pid}/fd").iterdir():
        with suppress(FileNotFoundError):
            names.add(link.readlink().name)
    return names


def test_clients_understand_it_in_a_folder_with_spaces(server: subprocess.Popen[bytes], tmp_path: Path) -> None:
    assert server.poll() is None
    with Redis(unix_socket_path=str(tmp_path / "my agency" / "queue.sock")) as client:
        assert client.client_info()["name"] == ""

"""The places of a run: a port of its own, and the embedded queue server."""

import socket
import subprocess
import time
from pathlib import Path

import pytest

from agency.entrypoints.cli.places import NoPlace, choose_port, queue_answers, queue_program
from agency.entrypoints.cli.run import QUEUE_FLAGS


def test_a_taken_port_gives_way_to_the_next_unless_somebody_insisted() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert choose_port("127.0.0.1", port, given=False) > port
        with pytest.raises(NoPlace, match=f"Port {port} on 127.0.0.1 cannot be used"):
            choose_port("127.0.0.1", port, given=True)


def test_the_embedded_queue_server_answers_on_its_socket_alone(tmp_path: Path) -> None:
    program = queue_program()
    assert program is not None
    path = tmp_path / "queue.sock"
    assert not queue_answers(path)
    server = subprocess.Popen(
        [program, *QUEUE_FLAGS, "--unixsocket", str(path), "--dir", str(tmp_path), "--logfile", str(tmp_path / "log")]
    )
    try:
        deadline = time.monotonic() + 10
        while not queue_answers(path) and time.monotonic() < deadline:
            time.sleep(0.02)
        assert queue_answers(path)
        assert path.stat().st_mode & 0o777 == 0o700
        listening = Path(f"/proc/{server.pid}/net/tcp").read_text()
        inodes = {link.readlink().name for link in Path(f"/proc/{server.pid}/fd").iterdir()}
        assert not [line for line in listening.splitlines()[1:] if f"socket:[{line.split()[9]}]" in inodes]
    finally:
        server.terminate()
        server.wait()

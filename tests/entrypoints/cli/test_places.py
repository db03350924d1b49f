"""The places of a run: a port of its own."""

import socket
from threading import Timer

import pytest

from agency.entrypoints.cli import places
from agency.entrypoints.cli.places import NoPlace, await_port, choose_port


def test_a_taken_port_gives_way_to_the_next_unless_somebody_insisted() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert choose_port("127.0.0.1", port, given=False) > port
        with pytest.raises(NoPlace, match=f"Port {port} on 127.0.0.1 cannot be used"):
            choose_port("127.0.0.1", port, given=True)


def test_a_port_shared_by_listeners_is_taken_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(places, "LETTING_GO", 0.2)
    with socket.socket() as taken:
        taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(NoPlace, match=f"Port {port} on 127.0.0.1 cannot be used"):
            await_port("127.0.0.1", port)


def test_a_server_waits_until_the_one_before_it_has_let_its_port_go() -> None:
    taken = socket.socket()
    taken.bind(("127.0.0.1", 0))
    taken.listen()
    Timer(0.3, taken.close).start()
    await_port("127.0.0.1", taken.getsockname()[1])
    assert taken.fileno() == -1

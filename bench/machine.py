"""The machine a run was made on, so that figures can be compared with others."""

import os
import platform
import sqlite3
from pathlib import Path


def described() -> str:
    """Cores, memory, system and versions in one line."""
    model = _first("/proc/cpuinfo", "model name").partition(":")[2].strip()
    memory = int(_first("/proc/meminfo", "MemTotal").split()[1])
    return (
        f"{os.cpu_count()} cores {model}, {memory / 1024**2:.0f} GiB, {platform.system()} {platform.release()}, "
        f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}. {busy()}"
    )


def busy() -> str:
    """How loaded the machine is, ourselves included."""
    return f"Load average {os.getloadavg()[0]:.1f}."


def _first(path: str, word: str) -> str:
    """The first line of a file of the kernel that begins with a word."""
    lines = Path(path).read_text(encoding="utf-8").splitlines() if Path(path).exists() else []
    return next((line for line in lines if line.startswith(word)), f"{word}: 0")

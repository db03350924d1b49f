"""Styles and scripts: their addresses say what is in them, so that browsers may keep them for good."""

from functools import cache
from hashlib import sha256
from pathlib import Path

STATIC = Path(__file__).parents[3] / "static"
KINDS = frozenset({".css", ".js", ".svg"})


@cache
def version() -> str:
    """A name for the present styles and scripts: it changes with any of their bytes."""
    digest = sha256()
    for path in sorted(STATIC.rglob("*.*")):
        if path.suffix in KINDS:
            digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def asset(name: str) -> str:
    """The address of a style or a script, by its name within static/."""
    return f"/static/{name}?v={version()}"

"""Styles, scripts, fonts and pictures: their addresses say what is in them, so that browsers may keep them for good."""

from functools import cache
from hashlib import sha256
from pathlib import Path

STATIC = Path(__file__).parents[3] / "static"
# Paper has fonts of its own, which no browser asks for.
KINDS = frozenset({".css", ".js", ".svg", ".woff2"})
LENGTH = 12
ADDRESS = f"/static/<string(length={LENGTH}):version>/<path:filename>"


@cache
def version() -> str:
    """A name for the present files: it changes with any of their bytes."""
    digest = sha256()
    for path in sorted(STATIC.rglob("*.*")):
        if path.suffix in KINDS:
            digest.update(path.read_bytes())
    return digest.hexdigest()[:LENGTH]


@cache
def asset(name: str) -> str:
    """The address of a file by its name within static/.

    The version is a folder, not a question: what a script or a style names beside itself has it too.
    """
    return f"/static/{version()}/{name}"

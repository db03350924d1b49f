"""Builds an agency of a size in bulk, once: the folder is used again until the builder or the tables change."""

import time
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from shutil import rmtree

from sqlalchemy import text
from sqlalchemy.schema import CreateTable

from agency.entrypoints.cli import check, founding
from agency.kit.db import db, unit
from bench import crowd, history, papers, place, store, works
from bench.sizes import Size

SOURCES = tuple(f"bench/{name}.py" for name in ("crowd", "works", "papers", "history", "sizes", "build"))
Say = Callable[[str], None]


def build(size: Size, home: Path = place.HOME, say: Say = print, as_is: bool = False) -> Path:
    """The folder of an agency of this size, built if there is none yet; `as_is` asks not if it is up to date."""
    folder = home / size.name
    mark = folder / "built"
    app = place.app(place.environ(folder))
    if mark.exists() and (as_is or mark.read_text() == _name()):
        return folder
    rmtree(folder)
    began = time.monotonic()
    app = place.app(place.environ(folder))
    with app.app_context():
        _fill(size, say)
        broken = check.broken()
        db.session.remove()
        db.engine.dispose()
    for one in broken:
        say(f"{one.name}: {one.says}: {', '.join(one.rows)}")
    if broken:
        raise SystemExit(f"the {size.name} agency breaks its own rules")
    say(f"{size.name}: built and checked in {time.monotonic() - began:.0f} s")
    mark.write_text(_name())
    return folder


def _fill(size: Size, say: Say) -> None:
    with unit():
        db.metadata.create_all(db.session.connection())
        founding.found()
    store.roomy()
    everybody = crowd.gather(size)
    for name, step in (
        ("projects", works.build), ("papers", papers.build), ("tasks and time", works.build_tasks),
        ("journal and reports", history.build),
    ):  # fmt: skip
        began = time.monotonic()
        step(everybody)
        say(f"{size.name}: {name} in {time.monotonic() - began:.0f} s")
    with unit():
        # What the nightly job of an agency does: statistics for the planner.
        db.session.execute(text("ANALYZE"))


def _name() -> str:
    """A name for this builder and these tables."""
    digest = sha256()
    for name in SOURCES:
        digest.update((place.ROOT / name).read_bytes())
    for table in db.metadata.sorted_tables:
        digest.update(str(CreateTable(table)).encode())
        digest.update(" ".join(sorted(str(index.name) for index in table.indexes)).encode())
    return digest.hexdigest()

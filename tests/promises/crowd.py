"""Several people at the same instant on one database: threads, each with a session of its own."""

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from flask import Flask

from agency.kit.db import db

Got = TypeVar("Got")


def at_once(app: Flask, deeds: Sequence[Callable[[], Got]]) -> list[Got]:
    """Begin all deeds together and answer what came of each, in their order."""
    together = threading.Barrier(len(deeds))

    def do(deed: Callable[[], Got]) -> Got:
        with app.app_context():
            db.session.connection()
            db.session.rollback()
            together.wait(100)
            try:
                return deed()
            finally:
                db.session.remove()

    with ThreadPoolExecutor(len(deeds)) as crowd:
        return list(crowd.map(do, deeds))

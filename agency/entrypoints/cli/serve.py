"""The web server: gunicorn with threads, the app loaded once before it forks."""

import ctypes
import gc
from typing import Any

from flask import Flask
from gunicorn.app.base import BaseApplication

from agency.entrypoints.cli.outfit import Outfit
from agency.entrypoints.cli.places import NoPlace, await_port
from agency.entrypoints.cli.supervisor import say
from agency.kit.db import db, upgrade

# A page makes and drops some ten thousand objects; what is left over is looked at now and then.
RARELY = 10_000, 20, 50
# Each list a question names is a table of eighty kilobytes to SQLite. Given back to the system page by page at its end
# and taken anew by the next one, they took half of the time of a manager's morning. By glibc's numbers for: give back
# only what is free beyond this, take so much at once, and see to so much oneself. In bytes.
M_TRIM_THRESHOLD, M_TOP_PAD, M_MMAP_THRESHOLD = -1, -2, -3
MEMORY = {M_TRIM_THRESHOLD: 16 * 1024 * 1024, M_TOP_PAD: 4 * 1024 * 1024, M_MMAP_THRESHOLD: 8 * 1024 * 1024}


class Web(BaseApplication):
    """Gunicorn around one app; it reads no file and no environment of its own."""

    def __init__(self, outfit: Outfit, migrate_first: bool) -> None:
        self.outfit = outfit
        self.migrate_first = migrate_first
        super().__init__()

    def load_config(self) -> None:
        """Two processes of four threads; no control socket, no access log, heartbeat files off the disk."""
        settings = self.outfit.settings
        host = f"[{settings.host}]" if ":" in settings.host else settings.host
        choices: dict[str, Any] = {
            "bind": f"{host}:{settings.port}",
            "worker_class": "gthread",
            "workers": 2,
            "threads": 4,
            "preload_app": True,
            # Each process listens for itself, and the system deals new lines out to them. Of one place to listen at,
            # whichever process woke first took them all, and the other had nothing to do.
            "reuse_port": True,
            "timeout": 60,
            "graceful_timeout": 20,
            "keepalive": 5,
            "loglevel": "warning",
            "accesslog": None,
            "control_socket_disable": True,
            "proc_name": "agency-web",
            "post_fork": forget_connections,
        }
        cfg: Any = self.cfg
        for name, value in choices.items():
            cfg.set(name, value)

    def load(self) -> Flask:
        """The app, after the database has the schema it expects."""
        app = self.outfit.app()
        if self.migrate_first:
            upgrade(app)
        settle_memory()
        return app


def settle_memory() -> None:
    """What was loaded before the fork stays: no request waits for the collector to look through it again.

    What requests free is kept for the next ones, up to some tens of megabytes.
    """
    keep_freed()
    gc.collect()
    gc.freeze()
    gc.set_threshold(*RARELY)


def keep_freed() -> bool:
    """Tell the allocator to keep what was freed; False where it is not glibc's, which does as it likes."""
    choose = getattr(ctypes.CDLL(None), "mallopt", None)
    if choose is None:
        return False
    told = [choose(what, size) for what, size in MEMORY.items()]
    return all(told)


def forget_connections(server: Any, _worker: Any) -> None:
    """A forked process must not speak through the connections of its parent."""
    app = server.app.wsgi()
    with app.app_context():
        db.engine.dispose(close=False)


def serve(outfit: Outfit, migrate_first: bool = False) -> int:
    """Serve until told to stop; 2 when somebody else listens at this place."""
    try:
        await_port(outfit.settings.host, outfit.settings.port)
    except NoPlace as sentence:
        say(str(sentence))
        return 2
    Web(outfit, migrate_first).run()
    return 0

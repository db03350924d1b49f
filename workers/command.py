"""The `agency` command: reads the environment and hands settings, app and workers to the command line."""

import os
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from agency.entrypoints.cli.outfit import Outfit
from agency.entrypoints.cli.program import main as answer
from agency.kit.settings import Settings
from config import WrongSetting, cautions, load

if TYPE_CHECKING:
    from flask import Flask


def create_app(settings: Settings) -> "Flask":
    """The app, imported only when a command needs it; it knows the jobs, so that it can ring their workers."""
    from agency.app import create_app as put_together
    from workers.loading import load_jobs

    load_jobs()
    return put_together(settings)


def start_worker(settings: Settings, queue: str) -> None:
    """One worker of one queue, until told to stop."""
    from workers.main import start_worker as start

    start(settings, queue)


def start_schedule(settings: Settings) -> None:
    """The loop of relay, sweeper and calendar, until told to stop."""
    from workers.main import start_schedule as start

    start(settings)


def main(argv: Sequence[str] | None = None) -> int:
    """Answer one command line; a wrong setting is one sentence and exit code 2."""
    words = sys.argv[1:] if argv is None else list(argv)
    try:
        settings = load()
    except WrongSetting as wrong:
        print(f"agency: {wrong}", file=sys.stderr)
        return 2
    if not os.environ.get("AGENCY_SUPERVISED"):
        for sentence in cautions(settings):
            print(f"agency: {sentence}", file=sys.stderr)
    given = frozenset(name for name, value in os.environ.items() if name.startswith("AGENCY_") and value)
    return answer(Outfit(settings, given, create_app, start_worker, start_schedule), words)


if __name__ == "__main__":
    raise SystemExit(main())

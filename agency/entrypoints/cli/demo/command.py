"""`agency demo`: an invented agency with living work, for trying things out; one unit, so all of it or nothing."""

import os
from argparse import ArgumentParser
from collections.abc import Sequence
from pathlib import Path

from flask import Flask

from agency.entrypoints.cli.demo import filler, others, people
from agency.entrypoints.cli.demo.days import Days
from agency.entrypoints.cli.demo.morning import play, week
from agency.kit import clock
from agency.kit.db import db_reading, unit
from agency.people.accounts import queries as persons

FILLED = "There are people in this database already, so the demo agency is not loaded into it."


def main(app: Flask, args: Sequence[str]) -> int:
    """Load the demo agency into an empty database; 1 and a sentence when it is not empty."""
    options = _options(args)
    with app.app_context():
        with db_reading():
            filled = not persons.is_empty()
        if filled:
            if not options.if_empty:
                print(f"agency: {FILLED}")
            return 0 if options.if_empty else 1
        load(app.config["SETTINGS"].data, options.size)
    return 0


def _options(args: Sequence[str]) -> "Options":
    parser = ArgumentParser(prog="agency demo", description="Load the demo agency into an empty database.")
    parser.add_argument("--if-empty", action="store_true", help="say nothing when the database is not empty")
    parser.add_argument("--size", type=int, default=0, help="so many more clients of 50 tasks each, for weight")
    read = parser.parse_args(args)
    return Options(read.if_empty, max(0, read.size))


class Options:
    """What was asked for."""

    def __init__(self, if_empty: bool, size: int) -> None:
        self.if_empty, self.size = if_empty, size


def load(data: Path, size: int = 0) -> None:
    """Load everything in one unit: a crash on the way leaves the database as empty as it was."""
    days, fresh = Days.before(clock.today()), people.fresh_passwords()
    with unit():
        with days.at("2026-11-02 09:00"):
            company = people.gather(fresh)
        project = play.play(company, days)
        others.play(company, days, project)
        week.live(company, days, project)
        filler.fill(company, size)
        # Written before the commit: passwords without people do no harm, people without passwords cannot come in.
        write_cards(data / "demo-passwords", company.cards)


def write_cards(path: Path, cards: Sequence[str]) -> None:
    """Write how everybody signs in, readable for this user alone."""
    draft = path.with_name(f".{path.name}-{os.getpid()}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
        file.write("\n".join(["Так входят люди демо-агентства:", *cards, ""]))
    draft.replace(path)

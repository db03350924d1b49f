"""The two pages of the workers name only what exists, and no job lies about that nobody asks for."""

import ast
from pathlib import Path

import pytest
from flask import Flask

from agency.kit import journal
from agency.kit.queue import known
from workers.consequences import CONSEQUENCES
from workers.loading import load_jobs
from workers.schedule import CALENDAR

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module", autouse=True)
def jobs() -> set[str]:
    """The names of the product's own jobs."""
    load_jobs()
    return {name for name, work in known().items() if work.function.__module__.startswith("workers.")}


def _asked() -> set[str]:
    """Every job named where it is asked for: written there, or in a constant of the same module."""
    found = set()
    for path in [*ROOT.glob("agency/**/*.py"), *ROOT.glob("workers/**/*.py")]:
        tree = ast.parse(path.read_text())
        constants = {
            target.id: node.value.value
            for node in tree.body
            if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant)
            for target in node.targets
            if isinstance(target, ast.Name)
        }
        for node in ast.walk(tree):
            if not (isinstance(node, ast.Call) and node.args and _is_ask(node.func)):
                continue
            name = node.args[0]
            found.add(name.value if isinstance(name, ast.Constant) else constants.get(getattr(name, "id", "")))
    return {name for name in found if isinstance(name, str) and "." in name}


def _is_ask(called: ast.expr) -> bool:
    name = called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")
    return name == "ask"


def test_every_consequence_follows_from_a_declared_fact_and_is_a_job(app: Flask, jobs: set[str]) -> None:
    assert set(CONSEQUENCES) <= set(journal.declared())
    assert {name for names in CONSEQUENCES.values() for name in names} <= jobs


def test_every_line_of_the_calendar_is_a_job(jobs: set[str]) -> None:
    assert {line.job for line in CALENDAR} <= jobs


def test_every_job_that_is_asked_for_exists(jobs: set[str]) -> None:
    assert _asked() <= jobs


def test_every_job_is_a_consequence_a_line_of_the_calendar_or_asked_for(jobs: set[str]) -> None:
    wanted = {name for names in CONSEQUENCES.values() for name in names} | {line.job for line in CALENDAR} | _asked()
    assert jobs <= wanted, f"nobody asks for {sorted(jobs - wanted)}"

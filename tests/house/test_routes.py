"""Every route says who may use it, and the list of all routes is one golden file."""

from pathlib import Path

from flask import Flask

from agency.entrypoints.cli import listing
from agency.kit import policy
from agency.kit.web import routes

GOLDEN = Path(__file__).parent / "routes.txt"


def test_no_route_is_without_a_rule(app: Flask) -> None:
    assert routes.undeclared(app) == []


def test_every_right_that_a_route_names_has_a_rule(app: Flask) -> None:
    named = {view.needs for view in app.view_functions.values() if hasattr(view, "needs")}
    assert named <= policy.keys()


def test_a_route_without_a_rule_is_closed_and_the_app_would_not_start(app: Flask) -> None:
    app.view_functions["site.forgotten"] = lambda: "open"
    try:
        assert routes.undeclared(app) == ["site.forgotten"]
    finally:
        del app.view_functions["site.forgotten"]


def test_the_routes_are_those_of_the_golden_file(app: Flask) -> None:
    now = "\n".join(listing.routes(app)) + "\n"
    assert GOLDEN.read_text() == now, f"routes changed; look at the difference and write it with:\n{now}"

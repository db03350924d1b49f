"""The case of the morning as its people type it: the words, lines and sums of the demo's own data."""

from datetime import date, timedelta
from typing import Any

from agency.entrypoints.cli.demo.days import Days, read
from agency.entrypoints.cli.demo.morning.briefs import plain

DAYS = Days(timedelta(0))
CASE = DAYS.told(read("morning/case.toml"))
SMETA = read("morning/smeta.toml")
FIRST, SECOND = "2 743 682,40", "2 661 464,16"
# What a person types in the client brief; the rest stands there from the request.
TYPED = (
    "success", "business_problem", "business_goal", "marketing_goal", "comm_goal", "kpi", "product", "period",
    "deliverables",
)  # fmt: skip


def client_answers() -> dict[str, Any]:
    """The answers of version 1, the audience without its barrier."""
    first = plain(CASE["brief"]["first"])
    answers = {key: first[key] for key in TYPED} | {"audience": first["audience"]}
    answers["insight"] = CASE["brief"]["second"]["insight"]
    return {**answers, "kpi": answers["kpi"][:2], "deliverables": answers["deliverables"][:2]}


def audience_again() -> dict[str, Any]:
    """What the client asked to add."""
    return {"audience": CASE["brief"]["second"]["audience"]}


def craft(department: str) -> dict[str, Any]:
    """A department's own answers, two lines of a table at most; its kind of work is chosen first."""
    answers = plain(CASE["departments"][department])
    answers = {key: value[:2] if _is_table(value) else value for key, value in answers.items()}
    # What begins with the client's own answer is left as it is.
    answers.pop("period", None)
    if "media_budget" in answers:
        answers["media_budget"] = {"amount": "600000", "vat": "without", "inside": "Директ и VK Реклама"}
    return answers


def _is_table(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and isinstance(value[0], dict)


def lines() -> list[dict[str, Any]]:
    """The nineteen lines, with their kind."""
    return [{"kind": "own", **line} for line in SMETA["lines"]]


def days() -> tuple[date, date]:
    """The project begins today and takes four months."""
    today = date.today()  # noqa: DTZ011 - the story is played on the day it is played
    return today, today + timedelta(days=120)

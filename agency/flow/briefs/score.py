"""The score of a brief, 0 to 100 by rules everybody can see. Pure."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from agency.flow.briefs.completeness import Readiness
from agency.kit.words import Lazy, lazy

GATE = 80
FIGURE = re.compile(r"\d")


@dataclass(frozen=True)
class Line:
    """One rule: how many of its points were earned, and what it asks for."""

    earned: int
    points: int
    sentence: Lazy

    @property
    def is_met(self) -> bool:
        """Whether all its points were earned."""
        return self.earned == self.points


@dataclass(frozen=True)
class Score:
    """The sum of the rules, and the rules."""

    total: int
    lines: tuple[Line, ...]

    @property
    def is_enough(self) -> bool:
        """Whether the brief may be estimated and split without a written reason."""
        return self.total >= GATE


def of_client(answers: Mapping[str, Any], readiness: Readiness) -> Score:
    """The client brief: 60 for answers, 40 for what a smeta and a result depend on."""
    goal, budget = str(answers.get("business_goal") or ""), answers.get("budget") or {}
    kpi, approver = answers.get("kpi") or [], answers.get("approver") or {}
    measured = [row for row in kpi if row.get("metric") and row.get("target") and row.get("source")]
    return _sum(
        Line(readiness.percent * 60 // 100, 60, lazy("Required answers are there")),
        _line(15, len(FIGURE.findall(goal)) > 1, lazy("The business objective can be measured")),
        _line(5, bool(measured), lazy("KPIs name a target and a source")),
        _line(10, bool(budget.get("amount") and budget.get("vat") and budget.get("inside")),
              lazy("The budget says its sum, VAT and what is inside")),
        _line(5, bool(answers.get("deadline")), lazy("There is a deadline")),
        _line(5, bool(approver.get("person_id")), lazy("One person approves")),
    )  # fmt: skip


def of_department(readiness: Readiness, requirements: int) -> Score:
    """A department's brief: 80 for answers, 20 for at least one requirement of the client in it."""
    return _sum(
        Line(readiness.percent * 80 // 100, 80, lazy("Required answers are there")),
        _line(20, requirements > 0, lazy("The client's requirements are handed to the department")),
    )


def _line(points: int, is_met: bool, sentence: Lazy) -> Line:
    return Line(points if is_met else 0, points, sentence)


def _sum(*lines: Line) -> Score:
    return Score(sum(line.earned for line in lines), lines)

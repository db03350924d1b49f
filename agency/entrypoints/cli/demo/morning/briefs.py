"""The client brief is returned once, approved, split into three, issued and accepted with read-backs."""

from datetime import date
from typing import Any

from agency.entrypoints.cli.demo.days import Days
from agency.entrypoints.cli.demo.people import Company
from agency.flow.briefs import division, operations, queries, writing
from agency.flow.briefs.models import Brief
from agency.flow.projects import requirements, stages
from agency.flow.projects.models import Project

HEADS = {"creative": "pavel", "media": "timur_s", "production": "vershinin"}


def agree(company: Company, days: Days, case: dict[str, Any], project: Project) -> Brief:
    """Version 1 is returned with words, version 2 approved under Irina's name."""
    told = days.told(case["brief"])
    with days.at("2026-11-24 12:30"):
        brief = operations.open_for(project, by=company.by("vera"))
        fill(brief, told["first"], company.by("vera"))
        for key, numbers in told["marks"].items():
            link(brief, key, numbers, company.by("vera"))
    with days.at("2026-11-25 16:40"):
        operations.send(brief, by=company.by("vera"))
    with days.at("2026-11-26 12:15"):
        second = operations.give_back(
            brief, told["returned"]["words"], by=company.by("irina"), seen=brief.content_hash,
            typed_name="Ирина Ветлугина",
        )
    with days.at("2026-11-27 11:00"):
        fill(second, told["second"], company.by("vera"))
        for statement in told["statements"]:
            part = queries.part(second.id, statement["part"])
            said_by = company.person("irina").name
            writing.add_statement(second, statement["words"], by=company.by("vera"), part=part, said_by=said_by)
    with days.at("2026-11-27 15:20"):
        operations.send(second, by=company.by("vera"))
    with days.at("2026-11-30 10:35"):
        operations.approve(second, second.content_hash, "Ирина Ветлугина", by=company.by("irina"))
        stages.finish(project.stages[0], by=company.by("vera"))
        stages.start(project.stages[1], by=company.by("vera"))
    return second


def share_out(company: Company, days: Days, case: dict[str, Any], brief: Brief) -> None:
    """Three department briefs, each accepted by its head in the head's own words."""
    crafts = days.told(case["departments"])
    with days.at("2026-11-30 15:00"):
        made = division.split(brief, by=company.by("vera"))
    for one in made:
        hand_over(company, days, one, crafts[str(one.department)], "2026-12-01 12:10")
    for hour, one in enumerate(made, 10):
        with days.at(f"2026-12-02 {hour}:25"):
            words = days.told(case["read_backs"][one.department])
            operations.accept(one, words, by=company.by(HEADS[str(one.department)]))


def hand_over(company: Company, days: Days, brief: Brief, craft: dict[str, Any], at: str) -> None:
    """Fill the craft's own questions, hand over what nobody has yet, and issue."""
    with days.at(at):
        fill(brief, craft, company.by("vera"))
        given = {row.requirement_id for row in brief.requirements}
        for row in requirements.of(brief.project_id):
            if row.n in (1, 6, 8) and row.id not in given:
                division.turn_requirement(brief, row, by=company.by("vera"))
        operations.issue(brief, by=company.by("vera"))


def fill(brief: Brief, values: dict[str, Any], by: Any) -> None:
    """Write answers into a draft, part by part, as a person would."""
    for key, value in values.items():
        part = queries.part(brief.id, key)
        if part is None:
            raise LookupError(f"the brief {brief.number} does not ask for {key}")
        writing.save(part, plain(value), part.edition, by=by)


def link(brief: Brief, key: str, numbers: list[int], by: Any) -> None:
    """Mark requirements beside a part."""
    part = queries.part(brief.id, key)
    for n in numbers:
        row = requirements.by_number(brief.project_id, n)
        if part is not None and row is not None:
            writing.link(part, row, by=by)


def plain(value: Any) -> Any:
    """An answer as the brief keeps it: days as ISO words."""
    match value:
        case date():
            return value.isoformat()
        case dict():
            return {name: plain(part) for name, part in value.items()}
        case list():
            return [plain(part) for part in value]
        case _:
            return value

"""Status no. 1 drafts itself, gets Vera's words, is approved and sent on its Friday."""

from typing import Any

from agency.entrypoints.cli.demo.days import Days
from agency.entrypoints.cli.demo.people import Company
from agency.flow.projects.models import Project
from agency.flow.reports import operations, queries
from agency.flow.reports.models import Report
from agency.flow.tasks.models import Task


def tell(company: Company, days: Days, words: dict[str, Any], project: Project, tasks: dict[str, Task]) -> Report:
    """The report as it went out."""
    told = days.told(words)
    with days.at(words["drafted_at"]):
        report = operations.begin(project, told["until"], by=company.by("vera"))
        _write(report, told, tasks, company.by("vera"))
    with days.at(words["approved_at"]):
        operations.approve(report, by=company.by("vera"))
    with days.at(words["sent_at"]):
        operations.send(report, by=company.by("vera"))
    return report


def _write(report: Report, told: dict[str, Any], tasks: dict[str, Task], by: Any) -> None:
    changes: dict[tuple[str, str, str], Any] = {}
    for section in ("needed", "done"):
        for title, parts in told[section].items():
            for name, said in parts.items():
                changes[(section, f"task:{tasks[title].id}", name)] = said
    for line in told["unticked"]:
        changes[(line["section"], f"task:{tasks[line['task']].id}", "off")] = True
    known = {(section, row["key"]) for section, rows in queries.lines_of(report).items() for row in rows}
    operations.write(report, {place: said for place, said in changes.items() if place[:2] in known}, by=by)
    for line in told["own"]:
        operations.add_line(report, line["section"], {n: v for n, v in line.items() if n != "section"}, by=by)

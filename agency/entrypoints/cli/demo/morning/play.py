"""The whole case in its order, in the open unit."""

from agency.entrypoints.cli.demo.days import Days, read
from agency.entrypoints.cli.demo.morning import briefs, report, request, smetas, tasks, week
from agency.entrypoints.cli.demo.people import Company
from agency.flow.projects.models import Project


def play(company: Company, days: Days) -> Project:
    """From the letter of Monday to the report of the Friday four weeks later; answers the project."""
    case, paper, deeds = read("morning/case.toml"), read("morning/smeta.toml"), read("morning/tasks.toml")
    asked = request.receive(company, days, case)
    project = request.open_project(company, days, case, asked)
    brief = briefs.agree(company, days, case, project)
    briefs.share_out(company, days, case, brief)
    smetas.agree(company, days, paper, project)
    planned = tasks.plan(company, days, project, days.told(paper["lines"]), deeds["opened_at"])
    promised = days.told(deeds["promises"])
    tasks.promise(company, days, promised, project, "irina", "2026-12-09 11:00")
    week.promise(company, days, planned["Съёмка ролика"])
    tasks.work(company, days, days.told(deeds["log"]), planned)
    tasks.remark(company, days, days.told(deeds["remark"]), planned)
    report.tell(company, days, read("morning/report.toml"), project, planned)
    return project

"""The tasks are planned with the days of the case, and worked on until the Friday of the first report."""

from dataclasses import dataclass
from io import BytesIO
from typing import Any

from agency.attached.comments import operations as comments
from agency.attached.hours import operations as hours
from agency.attached.promises import operations as promises
from agency.entrypoints.cli.demo.days import Days
from agency.entrypoints.cli.demo.people import Company
from agency.flow.projects.models import Project
from agency.flow.tasks import operations, plans, queries
from agency.flow.tasks.models import Task
from agency.kit import storage
from agency.people.accounts.identity import as_actor

LARGEST = 1 << 20


@dataclass(frozen=True)
class Paper:
    """A file handed in, as a form would bring it."""

    name: str
    staged: storage.Waiting

    @classmethod
    def of(cls, name: str, content: str) -> "Paper":
        """A text under a name, staged on the disk."""
        return cls(name, storage.stage(BytesIO(content.encode()), LARGEST))


def plan(company: Company, days: Days, project: Project, lines: list[dict[str, Any]], at: str) -> dict[str, Task]:
    """Give every task its days, hours and hands, and open them all; answers them by title."""
    tasks = {task.title: task for task in queries.planned(project.id)}
    with days.at(at):
        lead = as_actor(project.manager)
        for line in lines:
            task = tasks[line["title"]]
            who = company.person(line["who"]) if "who" in line else None
            plans.place(
                task, by=lead, starts_on=line["from"], due_on=line["until"],
                estimate_minutes=line.get("estimate") or task.estimate_minutes, assignee=who,
            )
        plans.release_all(project, by=lead)
    return tasks


def promise(company: Company, days: Days, told: list[dict[str, Any]], project: Project, to: str, at: str) -> None:
    """What Vera promised when the work began."""
    for row in told:
        with days.at(at):
            made = promises.make(project, row["words"], row["due"], by=company.by("vera"), to=company.person(to))
        if "kept" in row:
            with days.at(row["kept"]):
                promises.keep(made, by=company.by("vera"))


def work(company: Company, days: Days, log: list[dict[str, Any]], tasks: dict[str, Task]) -> None:
    """Do what the log says, in its order."""
    for line in log:
        with days.at(line["at"]):
            do(line, tasks[line["task"]], company.by(line["who"]))


def do(line: dict[str, Any], task: Task, by: Any) -> None:
    """One line of a log: a deed of one person on one task."""
    match line["do"]:
        case "take" | "start" | "pass":
            {"take": operations.take, "start": operations.start, "pass": operations.pass_}[line["do"]](task, by=by)
        case "log":
            hours.log(task, by, line["minutes"], note=line["note"])
        case "hand_in":
            papers = [Paper.of(line["file"], line["content"])] if "file" in line else []
            kept = [mark.requirement_id for mark in task.marks]
            operations.hand_in(task, by, note=line["note"], uploads=papers, kept=kept)
        case "send_back":
            operations.send_back(task, by, line["remarks"])
        case "block":
            operations.block(task, by, line["reason"], line["side"])
        case deed:
            raise LookupError(f"nobody knows how to {deed}")


def remark(company: Company, days: Days, said: dict[str, Any], tasks: dict[str, Task]) -> None:
    """A remark inside the agency."""
    with days.at(said["at"]):
        comments.write(tasks[said["task"]], said["words"], by=company.by(said["who"]))

"""What is done: requests, projects with stages and requirements, tasks with marks and versions, time."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

from agency.attached.hours.models import TimeEntry
from agency.attached.promises.models import Promise
from agency.flow.projects.models import Member, Project, ProjectStage, Requirement
from agency.flow.requests.models import Request
from agency.flow.tasks.models import Delivery, Task, TaskMark
from agency.kit import clock
from bench import store
from bench.crowd import WORKING, Crowd
from bench.sizes import ENTRIES
from bench.store import Row

REQUIREMENTS = 5
# Of twenty projects, and of the twenty tasks of one that is going.
LIVES = ("active",) * 4 + ("planned", "on_hold", "closing") + ("closed",) * 12 + ("cancelled",)
WORK = (
    ("done",) * 9 + ("backlog",) * 4
    + ("open", "taken", "in_progress", "in_progress", "in_review", "client_review", "blocked")
)  # fmt: skip
GOING = ("active", "on_hold")
HANDED_IN = ("in_review", "client_review", "done")
IN_HANDS = ("taken", "in_progress", "in_review", "client_review", "blocked", "done")
STAGES = ("Бриф", "Концепция", "Производство", "Запуск")
WORDS = ("Тексты для сайта", "Макеты наружной рекламы", "Медиаплан на квартал", "Семантическое ядро", "Съёмка ролика")


def life_of(crowd: Crowd, project: int) -> str:
    """The state of a project; each client has projects in several."""
    return LIVES[(project - 1 + 3 * ((project - 1) // crowd.size.clients)) % len(LIVES)]


def state_of(crowd: Crowd, project: int, n: int) -> str:
    """The state of a project's n-th task."""
    life = life_of(crowd, project)
    if life in GOING:
        return WORK[n * len(WORK) // crowd.size.tasks_each]
    if life == "planned":
        return "backlog"
    return "cancelled" if life == "cancelled" else "done"


def starts_on(crowd: Crowd, project: int) -> date:
    """When a project began: what goes on this month or the last, what is over some time in two years."""
    ago = 10 + project * 7 % 40 if life_of(crowd, project) in (*GOING, "planned") else 100 + project * 7 % 600
    return clock.today() - timedelta(days=ago)


def department_of(project: int, n: int) -> str:
    """The department of a project's n-th task."""
    return WORKING[(project + n) % len(WORKING)]


def task_id(crowd: Crowd, project: int, n: int) -> int:
    """The id of a project's n-th task, counted from 0."""
    return (project - 1) * crowd.size.tasks_each + n + 1


def build(crowd: Crowd) -> None:
    """Write everything up to the plan of work; the tasks themselves wait for their estimates."""
    every = range(1, crowd.size.projects + 1)
    store.put(Request, _requests(crowd))
    store.put(Project, (_project(crowd, n) for n in every))
    store.put(Member, ({**home(crowd, n), "person_id": crowd.worker(WORKING[n % 3], n)} for n in every))
    store.put(ProjectStage, (row for n in every for row in _stages(crowd, n)))
    store.put(Requirement, (row for n in every for row in _requirements(crowd, n)))
    store.put(Promise, (row for n in every for row in _promises(crowd, n)))


def build_tasks(crowd: Crowd) -> None:
    """Write the tasks, what they answer, what was handed in and the time they took."""
    every = [(project, n) for project in range(1, crowd.size.projects + 1) for n in range(crowd.size.tasks_each)]
    store.put(Task, (_task(crowd, *one) for one in every))
    store.put(TaskMark, (
        {"task_id": task_id(crowd, *one), "requirement_id": (one[0] - 1) * REQUIREMENTS + which + 1}
        for one in every for which in {one[1] % REQUIREMENTS, (one[1] + 1 + one[1] % 2) % REQUIREMENTS}
    ))  # fmt: skip
    store.put(Delivery, (_delivery(crowd, *one) for one in every if state_of(crowd, *one) in HANDED_IN))
    store.put(TimeEntry, (row for one in every for row in _entries(crowd, *one)))


def home(crowd: Crowd, project: int) -> dict[str, Any]:
    """The project and the client a row belongs to."""
    return {"project_id": project, "client_id": crowd.client_of(project)}


def at(day: date, hour: int = 9) -> datetime:
    """A working hour of a day."""
    return datetime.combine(day, time(hour), clock.home_zone())


def _requests(crowd: Crowd) -> Iterator[Row]:
    year = clock.today().year
    for n in range(1, crowd.size.projects + crowd.size.clients // 20 + 2):
        fresh = n > crowd.size.projects
        came = at(clock.today() - timedelta(days=n % 5 + 1) if fresh else starts_on(crowd, n) - timedelta(days=3))
        client = crowd.client_of(n)
        subject = f"{WORDS[n % len(WORDS)]}, запрос {n}"
        state = ("new", "in_review", "waiting_client")[n % 3] if fresh else "qualified"
        yield {
            "id": n, "number": f"{year}-B{n}", "state": state,
            "source": "site", "client_id": client, "contact_person_id": crowd.contact_of(client), "subject": subject,
            "words": f"{subject}. Нужно к концу квартала, бюджет обсудим." * 3, "received_at": came,
            "reply_due_at": came + timedelta(hours=4), "replied_at": None if fresh else came + timedelta(hours=2),
            "taken_by_id": crowd.manager_of(client), "search_text": subject,
        }  # fmt: skip


def _project(crowd: Crowd, n: int) -> Row:
    client, starts, number = crowd.client_of(n), starts_on(crowd, n), f"B{crowd.client_of(n):04}-{n:05}"
    name = f"{WORDS[n % len(WORDS)]} {n}"
    return {
        "id": n, "number": number, "name": name, "state": life_of(crowd, n), "client_id": client, "brand_id": client,
        "billing_entity_id": client, "request_id": n, "own_entity_id": 1, "manager_id": crowd.manager_of(client),
        "language": "ru", "currency": "RUB", "budget": 90_000_000, "starts_on": starts,
        "ends_on": starts + timedelta(days=90), "report_weekday": n % 5,
        "search_text": f"{number} {name} Клиент Берёза {client}",
    }  # fmt: skip


def _stages(crowd: Crowd, project: int) -> Iterator[Row]:
    over = life_of(crowd, project) in ("closed", "closing")
    for ordinal, name in enumerate(STAGES, 1):
        day = starts_on(crowd, project) + timedelta(days=22 * ordinal)
        done = day if over or ordinal == 1 else None
        yield {
            **home(crowd, project), "ordinal": ordinal, "name": name, "planned_on": day, "forecast_on": day,
            "done_on": done, "started_on": starts_on(crowd, project) if done else None,
        }  # fmt: skip


def _requirements(crowd: Crowd, project: int) -> Iterator[Row]:
    for n in range(1, REQUIREMENTS + 1):
        words = f"Требование {n}: {WORDS[n % len(WORDS)].lower()} без переделок"
        yield {
            "id": (project - 1) * REQUIREMENTS + n, **home(crowd, project), "n": n, "words": words,
            "said_on": starts_on(crowd, project),
        }  # fmt: skip


def _promises(crowd: Crowd, project: int) -> Iterator[Row]:
    going = life_of(crowd, project) in GOING
    client = crowd.client_of(project)
    due = clock.today() + timedelta(days=project % 9 - 2) if going else starts_on(crowd, project)
    yield {
        **home(crowd, project), "subject_kind": "project", "subject_id": project, "words": "Показать черновик",
        "due_on": due, "state": "open" if going else "kept", "made_by_id": crowd.manager_of(client),
        "made_to_id": crowd.contact_of(client), "settled_at": None if going else at(due),
    }  # fmt: skip


def _task(crowd: Crowd, project: int, n: int) -> Row:
    state, department, id_ = state_of(crowd, project, n), department_of(project, n), task_id(crowd, project, n)
    begun = starts_on(crowd, project) + timedelta(days=3 + n)
    due = begun + timedelta(days=5) if state == "done" else clock.today() + timedelta(days=id_ * 7 % 30 - 4)
    title = f"{WORDS[n % len(WORDS)]} {id_}"
    return {
        "id": id_, **home(crowd, project), "smeta_line_id": None if life_of(crowd, project) == "planned" else id_,
        "department": department, "title": title, "about": "Сделать так, как сказано в брифе.", "state": state,
        "assignee_id": crowd.worker(department, project * 7 + n) if state in IN_HANDS else None,
        "starts_on": begun, "due_on": due, "estimate_minutes": 480, "client_accepts": n % 4 == 0,
        "before_block": "in_progress" if state == "blocked" else "", "search_text": title,
        "blocked_reason": "Ждём исходники" if state == "blocked" else "",
        "taken_at": at(begun) if state in IN_HANDS else None, "done_at": at(due, 15) if state == "done" else None,
        "shown_at": at(clock.today() - timedelta(days=2)) if state == "client_review" else None,
    }  # fmt: skip


def _delivery(crowd: Crowd, project: int, n: int) -> Row:
    task = _task(crowd, project, n)
    checked = task["state"] != "in_review"
    given = task["done_at"] or at(clock.today() - timedelta(days=2))
    return {
        **home(crowd, project), "task_id": task["id"], "n": 1, "note": "Готово", "by_id": task["assignee_id"],
        "kept": {}, "checks": [], "remarks": [], "verdict": "passed" if checked else "", "shown_at": task["shown_at"],
        "checked_by_id": crowd.heads[task["department"]] if checked else None,
        "checked_at": given if checked else None, "created_at": given,
    }  # fmt: skip


def _entries(crowd: Crowd, project: int, n: int) -> Iterator[Row]:
    id_, over = task_id(crowd, project, n), state_of(crowd, project, n) in ("done", "cancelled")
    person, first = crowd.worker(department_of(project, n), project * 7 + n), starts_on(crowd, project)
    for which in range(ENTRIES):
        day = first + timedelta(days=(3 + n + which) % 10 if over else min(which, 9))
        yield {
            "id": (id_ - 1) * ENTRIES + which + 1, **home(crowd, project), "subject_kind": "task", "subject_id": id_,
            "person_id": person, "day": day, "minutes": 30 + id_ % 4 * 15, "note": "",
        }  # fmt: skip

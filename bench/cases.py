"""What is asked of both agencies: pages by those who open them daily, and what they write."""

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote, urlencode

from flask import Flask
from sqlalchemy import select

from agency.flow.reports.models import Report
from agency.flow.tasks.models import Task
from agency.kit import clock, ids
from agency.kit.db import db, db_reading, unit
from agency.people.accounts import operations as accounts
from agency.people.accounts.models import Person
from bench import works
from bench.crowd import Crowd, of
from bench.load import Ask
from bench.sizes import Size

SOME = 10
VISIT = "a-browser-of-the-bench"


@dataclass(frozen=True)
class Case:
    """A page, or a write, by its name; `back` undoes each write, so that it can be made again."""

    name: str
    asks: tuple[Ask, ...]
    back: tuple[Ask, ...] = ()

    @property
    def writes(self) -> bool:
        """Whether something is written."""
        return bool(self.asks[0].body)


class Visitors:
    """Signed-in browsers of an agency, one a person."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.cookies: dict[int, str] = {}

    def get(self, person: int, *paths: str) -> tuple[Ask, ...]:
        """Pages as this person asks for them."""
        return tuple(Ask(path, self._headers(person)) for path in paths)

    def post(self, person: int, path: str, **form: str) -> Ask:
        """A form of this person, with the token of the browser."""
        token = ids.sign(self.app.config["SECRET_KEY"], "csrf", VISIT)
        return Ask(path, {**self._headers(person), "X-CSRF-Token": token}, urlencode(form) or "x=1", 303)

    def _headers(self, person: int) -> dict[str, str]:
        if person not in self.cookies:
            with unit():
                secret = accounts.sign_in(db.session.get_one(Person, person), browser="bench")
            self.cookies[person] = f"agency_session={secret}; agency_visit={VISIT}"
        return {"Cookie": self.cookies[person], "Accept-Language": "ru"}


def cases(app: Flask, size: Size) -> list[Case]:
    """Every case of an agency of this size."""
    crowd = of(size)
    with app.app_context():
        found = [*_pages(crowd, Visitors(app)), *_writes(crowd, Visitors(app))]
        db.session.remove()
    return found


def _projects(crowd: Crowd, manager: int, life: str) -> list[int]:
    """Some projects of one manager in one state."""
    every = range(1, crowd.size.projects + 1)
    mine = (n for n in every if crowd.manager_of(crowd.client_of(n)) == manager)
    return [n for n in mine if works.life_of(crowd, n) == life][:SOME]


def _pages(crowd: Crowd, as_: Visitors) -> Iterator[Case]:
    am = crowd.manager_of(crowd.client_of(1))
    head, worker = crowd.heads["creative"], crowd.worker("creative", 0)
    going, planned = _projects(crowd, am, "active"), _planned(crowd)
    yield Case("my day, manager", as_.get(am, "/"))
    yield Case("my day, head", as_.get(head, "/"))
    yield Case("my day, owner", as_.get(crowd.owner, "/"))
    yield Case("own tasks, specialist", as_.get(worker, "/tasks"))
    yield Case("board, head", as_.get(head, "/board"))
    yield Case("board, manager", as_.get(am, "/board"))
    yield Case("project", as_.get(am, *(f"/projects/{n}" for n in going)))
    yield Case("task", as_.get(head, *(f"/tasks/{id_}" for id_ in _tasks("creative", "in_review"))))
    yield Case("brief", as_.get(am, *(f"/briefs/{n}" for n in going)))
    yield Case("estimate", as_.get(am, *(f"/smetas/{n}" for n in going)))
    yield Case("estimate editor", as_.get(planned[0], *(f"/smetas/{n}/edit" for n in planned[1])))
    yield Case("report composer", as_.get(crowd.owner, *(f"/reports/{n}/edit" for n in _drafts())))
    yield Case("portal, project", as_.get(crowd.contact_of(crowd.client_of(going[0])), f"/portal/projects/{going[0]}"))
    yield Case("projects", as_.get(am, "/projects/"))
    yield Case("projects, owner", as_.get(crowd.owner, "/projects/"))
    yield Case("clients", as_.get(am, "/clients/"))
    yield Case("clients, owner", as_.get(crowd.owner, "/clients/"))
    yield Case("client card", as_.get(am, *(f"/clients/{crowd.client_of(n)}" for n in going)))
    yield Case("requests", as_.get(am, "/requests/"))
    yield Case("request", as_.get(am, *(f"/requests/{n}" for n in going)))
    yield Case("payments", as_.get(crowd.owner, "/payments/"))
    yield Case("payments of a project", as_.get(am, *(f"/payments/projects/{n}" for n in going)))
    yield Case("plan of a project", as_.get(planned[0], *(f"/tasks/plan/{n}" for n in planned[1])))
    yield Case("thread", as_.get(am, *(f"/projects/{n}/thread/1" for n in going)))
    yield Case("calendar", as_.get(am, "/calendar/"))
    yield Case("notices", as_.get(am, "/notices"))
    yield Case("colleagues", as_.get(crowd.owner, "/people"))
    yield Case("palette", as_.get(am, f"/search/palette?q={quote('ядро')}"))
    yield Case("outbox", as_.get(crowd.owner, "/mails"))
    yield Case("search, manager", as_.get(am, f"/search?q={quote('ядро')}"))
    yield Case("search, owner", as_.get(crowd.owner, f"/search?q={quote('съёмка ролика')}"))


def _writes(crowd: Crowd, as_: Visitors) -> Iterator[Case]:
    today = clock.today().isoformat()
    held = _tasks("", "in_progress", most=SOME)
    yield Case("log time", tuple(
        as_.post(_assignee(id_), f"/tasks/{id_}/hours", **{"time-minutes": "0:45", "time-day": today}) for id_ in held
    ))  # fmt: skip
    free = [(id_, crowd.worker(code, n)) for code in crowd.specialists for n, id_ in enumerate(_tasks(code, "open"))]
    yield Case(
        "take a task", tuple(as_.post(who, f"/tasks/{id_}/taking") for id_, who in free[:SOME]),
        tuple(as_.post(who, f"/tasks/{id_}/giving-back", **{"back-reason": "замер"}) for id_, who in free[:SOME]),
    )  # fmt: skip


def _planned(crowd: Crowd) -> tuple[int, list[int]]:
    """A manager with projects that are planned, and those."""
    for manager in crowd.managers:
        if found := _projects(crowd, manager, "planned"):
            return manager, found
    raise LookupError("nothing is planned in this agency")


def _tasks(department: str, state: str, most: int = SOME) -> list[int]:
    rows = select(Task.id).where(Task.state == state).order_by(Task.id).limit(most)
    with db_reading():
        return list(db.session.scalars(rows.where(Task.department == department) if department else rows))


def _assignee(task: int) -> int:
    with db_reading():
        return db.session.scalars(select(Task.assignee_id).where(Task.id == task)).one() or 0


def _drafts() -> list[int]:
    with db_reading():
        return list(db.session.scalars(select(Report.id).where(Report.state == "draft").limit(SOME)))

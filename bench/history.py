"""What happened: the journal with its outbox and seals, notices, sent reports and their mails."""

from collections.abc import Iterable, Iterator
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

from sqlalchemy import select

from agency.attached.notices.models import Notice
from agency.flow.projects.models import Project
from agency.flow.reports import operations as reports
from agency.flow.reports.models import Report
from agency.kit import clock, ids
from agency.kit.db import db, unit
from agency.kit.journal import Fact, Outbox, Seal
from agency.kit.mail import Mail
from agency.kit.mail.models import MailContent
from agency.kit.queue import SYSTEM, seals
from bench import store
from bench.crowd import Crowd
from bench.sizes import ENTRIES, FACTS
from bench.store import Row
from bench.works import WORDS, at, department_of, home, life_of, starts_on, task_id

NOTICES = 200
UNREAD = 12
LIFE = (
    ("task.released", {}), ("task.taken", {}), ("task.started", {}), ("hours.logged", {"minutes": 45}),
    ("hours.logged", {"minutes": 60}), ("task.handed_in", {"n": 1}), ("task.returned", {}),
    ("task.handed_in", {"n": 2}), ("task.passed", {}), ("task.done", {}),
)  # fmt: skip


def build(crowd: Crowd) -> None:
    """Write the journal in the order in which many projects go on side by side."""
    before = seals.FIRST
    for batch in store.batches(_facts(crowd)):
        store.put(Fact, batch)
        store.put(Outbox, ({"fact_id": fact["id"], "relayed_at": fact["at"]} for fact in batch))
        chain = []
        for fact in batch:
            before = seals.link(before, SimpleNamespace(**fact))
            chain.append({"fact_id": fact["id"], "hash": before})
        store.put(Seal, chain)
    store.put(Notice, _notices(crowd))
    _reports(crowd)


def _facts(crowd: Crowd) -> Iterator[Row]:
    """Round after round, one fact of each project: so the facts of a project lie far apart, as in life."""
    tasks, id_ = crowd.size.tasks_each, 0
    begun = clock.now() - timedelta(days=600)
    span = timedelta(days=599) / (crowd.size.facts or 1)
    for step in range(tasks * FACTS):
        for project in range(1, crowd.size.projects + 1):
            id_ += 1
            yield _fact(crowd, project, step, id_, begun + span * id_)


def _fact(crowd: Crowd, project: int, step: int, id_: int, when: Any) -> Row:
    n, (verb, more) = step // FACTS, LIFE[step % FACTS]
    task = task_id(crowd, project, n)
    logged = verb == "hours.logged"
    return {
        "id": id_, "at": when, "verb": verb, "actor_id": crowd.worker(department_of(project, n), project * 7 + n),
        "behalf_id": None, "subject_kind": "time_entry" if logged else "task",
        "subject_id": (task - 1) * ENTRIES + step % FACTS - 2 if logged else task, **home(crowd, project),
        "audience": "client" if verb == "task.done" else "inner",
        "details": more if logged else {"title": f"{WORDS[n % len(WORDS)]} {task}", **more},
    }  # fmt: skip


def _notices(crowd: Crowd) -> Iterator[Row]:
    facts, number = crowd.size.facts, min(NOTICES, crowd.size.facts // 4)
    for person in range(1, crowd.size.staff + 1):
        for n in range(number):
            fact = (facts - n * 3 - person) % facts + 1
            project = (fact - 1) % crowd.size.projects + 1
            yield {
                "person_id": person, "fact_id": fact, "subject_kind": "project", "subject_id": project,
                **home(crowd, project), "about": f"{WORDS[project % len(WORDS)]} {project}",
                "read_at": None if n < UNREAD else clock.now(),
            }  # fmt: skip


def _reports(crowd: Crowd) -> None:
    """One report drafted by the house itself lends its figures to all that were sent."""
    going = [n for n in range(1, crowd.size.projects + 1) if life_of(crowd, n) == "active"]
    with unit():
        drafted = reports.begin(db.session.scalars(select(Project).where(Project.id == going[0])).one(), by=SYSTEM)
        told = {"computed": drafted.computed, "lights": drafted.lights}
    over = [n for n in range(1, crowd.size.projects + 1) if life_of(crowd, n) in ("active", "closed", "closing")]
    store.put(Report, (_report(crowd, n, which, told) for n in over for which in (1, 2) if n != going[0]))
    store.put(Report, (_draft(crowd, n, told) for n in going[1::3]))
    with unit():
        sent = [tuple(row) for row in db.session.execute(
            select(Report.id, Report.project_id, Report.n).where(Report.state == "sent").order_by(Report.id),
        )]
    store.put(Mail, (_mail(crowd, place, *row) for place, row in enumerate(sent, 1)))
    store.put(MailContent, _contents(range(1, len(sent) + 1)))


def _contents(mails: Iterable[int]) -> Iterator[Row]:
    content = ("Subject: =?utf-8?q?=D0=9E=D1=82=D1=87=D1=91=D1=82?=\r\n\r\n" + "x" * 900).encode()
    return ({"mail_id": mail, "content": content} for mail in mails)


def _report(crowd: Crowd, project: int, n: int, told: dict[str, Any]) -> Row:
    manager, until = crowd.manager_of(crowd.client_of(project)), starts_on(crowd, project) + timedelta(days=7 * n)
    until = min(until, clock.today() - timedelta(days=9 - n))
    return {
        **home(crowd, project), "n": n, "state": "sent", "language": "ru", "from_on": until - timedelta(days=6),
        "until_on": until, "author_id": manager, "gathered_at": at(until), "approved_by_id": manager,
        "approved_at": at(until), "words": {}, "content_hash": ids.digest(f"report {project} {n}"),
        "sent_at": at(until),
        "sent_by_id": manager, "recipients": [_reader(crowd, crowd.client_of(project))], "created_at": at(until),
        **told,
    }  # fmt: skip


def _reader(crowd: Crowd, client: int) -> dict[str, Any]:
    """Somebody else than who has had the mail of it: a Friday of the bench may mail it still."""
    address = f"contact-{client}-1@client.example"
    return {"person_id": crowd.contact_of(client, 1), "name": "Анна Ольховик", "email": address}


def _draft(crowd: Crowd, project: int, told: dict[str, Any]) -> Row:
    today = clock.today()
    return {
        **home(crowd, project), "n": None, "state": "draft", "language": "ru", "from_on": today - timedelta(days=6),
        "until_on": today, "author_id": crowd.manager_of(crowd.client_of(project)), "gathered_at": clock.now(),
        "words": {}, "recipients": [], **told,
    }  # fmt: skip


def _mail(crowd: Crowd, place: int, report: int, project: int, n: int) -> Row:
    client = crowd.client_of(project)
    return {
        "id": place, "message_id": f"<bench-{place}@agency.example>", "to_name": "Анна Ольховик",
        "to_address": f"contact-{client}-0@client.example", "subject": f"Отчёт № {n}", "language": "ru",
        "state": "sent", "sent_at": clock.now() - timedelta(days=7), "subject_kind": "report", "subject_id": report,
        **home(crowd, project),
    }  # fmt: skip

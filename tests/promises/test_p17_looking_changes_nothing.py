"""P17: opening changes nothing: no GET writes, and a scanner that follows and submits everything decides nothing."""

import re
from collections.abc import Iterator
from email import message_from_bytes
from email.policy import default
from html.parser import HTMLParser
from urllib.parse import urlsplit

import pytest
from flask import Flask
from sqlalchemy import select

from agency.attached.approvals.models import Approval
from agency.attached.comments import operations as comments
from agency.entrypoints.portal.models import Opening
from agency.flow.briefs.models import Brief
from agency.flow.projects.models import Project
from agency.flow.reports.models import Report
from agency.flow.requests.models import Request
from agency.flow.smetas.models import Smeta
from agency.flow.tasks.models import Task
from agency.kit import journal
from agency.kit.db import db, unit
from agency.kit.mail.models import MailContent
from agency.people.accounts.models import Person
from tests.cast import Cast
from tests.figures import figure
from tests.pages import Visitor
from tests.walk import doors
from tests.walk.doors import Door, Identity
from tests.walk.world import Twin
from workers import portal as jobs
from workers.drain import drain

Twins = tuple[Twin, Twin]
# Of both databases together.
MAILS = figure(500, 5000)
HERE = MAILS // 2
PAGES = 400


@pytest.mark.parametrize("name", ["owner", "irina", "link", None])
def test_no_page_writes_when_only_its_head_is_asked_for(
    app: Flask, cast: Cast, twins: Twins, every_door: list[Door], name: str | None,
) -> None:
    """What is opened as a whole, by everybody, is watched by the walk of P12 itself."""
    by_account = None if name == "link" else Identity(str(name), Visitor(app, cast, name), name)
    one = by_account or doors.holder_of(app, cast, twins[0])
    looked = 0
    seen: set[tuple[str, int | None]] = set()
    with doors.writes(app) as written:
        for door in every_door:
            if door.is_safe and (door.endpoint, door.client_id) not in seen:
                seen.add((door.endpoint, door.client_id))
                looked += one.visitor.client.head(door.address).status_code < 400
                assert written == [], (name, door.address)
    assert looked >= 5


class Forms(HTMLParser):
    """The links and forms of a page as a robot finds them."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.forms: list[dict[str, object]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        if tag == "a" and "href" in found:
            self.links.append(found["href"])
        elif tag == "form":
            self.forms.append({"action": found.get("action", ""), "method": found.get("method", "get"), "fields": {}})
        elif tag in ("input", "button", "textarea", "select") and found.get("name") and self.forms:
            # A robot sends what stands there: hidden values, and each button as if it had been pressed.
            self.forms[-1]["fields"].setdefault(found["name"], found.get("value", ""))  # type: ignore[attr-defined]


class Scanner:
    """A mail scanner: opens each link twice, follows everything inside, submits every form as it was found."""

    def __init__(self, app: Flask) -> None:
        self.client = app.test_client()
        self.seen: set[str] = set()
        self.posted = self.came_in = 0

    def scan(self, address: str) -> None:
        self.client.head(address)
        queue = [address]
        while queue:
            here = urlsplit(queue.pop())
            path = here.path + (f"?{here.query}" if here.query else "")
            if here.netloc not in ("", "localhost") or path in self.seen or len(self.seen) > PAGES:
                continue
            self.seen.add(path)
            answer = self.client.get(path)
            if answer.status_code in (302, 303):
                self.came_in += path.startswith("/p/")
                queue.append(answer.headers["Location"])
            elif answer.mimetype == "text/html":
                page = Forms(answer.text)
                queue += [link for link in page.links if link.startswith(("/", "http://localhost"))]
                for form in page.forms:
                    self._submit(form, path)

    def _submit(self, form: dict[str, object], here: str) -> None:
        action, fields = str(form["action"]) or here, dict(form["fields"])  # type: ignore[call-overload]
        # Signing out would only make the robot blind.
        if str(form["method"]).lower() == "post" and not action.endswith(("leaving", "sign-out")):
            self.posted += 1
            self.client.post(action, data=fields)


def letters(app: Flask) -> Iterator[str]:
    """The bytes of every mail that lies with somebody."""
    with app.app_context():
        kept = db.session.scalars(select(MailContent)).all()
        for row in kept:
            message = message_from_bytes(row.content, policy=default)
            parts = [part for part in message.walk() if part.get_content_type().startswith("text/")]
            yield "\n".join(part.get_content() for part in parts)


def states(app: Flask) -> dict[str, list[object]]:
    """Everything that a decision would move, and the openings, which only a person makes."""
    with app.app_context():
        found: dict[str, list[object]] = {
            model.__tablename__: list(db.session.execute(select(model.id, model.state).order_by(model.id)))
            for model in (Brief, Smeta, Task, Report, Request, Project)
        }
        found["approvals"] = list(db.session.scalars(select(Approval.id)))
        found["openings"] = list(db.session.scalars(select(Opening.id)))
        found["facts"] = list(db.session.scalars(select(journal.Fact.id).where(journal.Fact.verb.not_like("mail.%"))))
        found["persons"] = list(db.session.execute(select(Person.id, Person.language, Person.is_active)))
        db.session.rollback()
    return found


def test_a_scanner_of_all_mails_decides_nothing(app: Flask, cast: Cast, twins: Twins, unhurried: None) -> None:
    with app.app_context():
        drain()
        _more_letters(cast, twins)
    posted = list(letters(app))
    assert len(posted) >= HERE
    inside = [re.findall(r"https?://localhost[^\s\"'<>)]*", text) for text in posted]
    assert sum(any("/p/" in link for link in links) for links in inside) >= HERE
    before, robots = states(app), [Scanner(app) for _ in range(3)]
    with doors.writes(app) as written:
        for number, link in enumerate(sorted({link for links in inside for link in links})):
            robots[number % 3].scan(link)
    assert sum(robot.posted for robot in robots) > 100, "the robot must have found forms"
    assert sum(robot.came_in for robot in robots) >= HERE, "the links must have been good"
    assert states(app) == before
    assert [words for words in written if "approvals" in words or "openings" in words] == []


def _more_letters(cast: Cast, twins: Twins) -> None:
    """Fresh links and answers, until there are as many letters with a link as are wanted."""
    with unit():
        for twin in twins:
            for project_id in twin.ids["project"]:
                project = db.session.get(Project, project_id)
                for _more in range(HERE // 12):
                    remark = comments.write(project, twin.say("Ответ"), cast.actor(twin.manager), "client")
                    db.session.flush()
                    jobs.carry_word(remark.id)
                for contact_id in twin.ids["contact"]:
                    for _more in range(HERE // 12):
                        jobs.mail_link(project_id, contact_id)


def test_a_page_after_the_token_holds_no_token(app: Flask, cast: Cast, twins: Twins) -> None:
    one = doors.holder_of(app, cast, twins[0])
    page = one.visitor.client.get("/portal", follow_redirects=True)
    assert "/p/" not in page.text

"""P03: an approval happens once, however many identical requests arrive at the same instant."""

import multiprocessing
import time
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

from agency.app import create_app
from agency.attached.approvals.models import Approval
from agency.flow.smetas import queries
from agency.kit import ids, journal
from agency.kit.db import db, unit
from agency.kit.mail import Mail
from agency.people.accounts import operations as accounts
from tests.flow.smetas import factory
from tests.installations import Installation
from tests.promises import crowd, house
from workers.drain import drain

PROCESSES, THREADS = 4, 5


def test_twenty_parallel_approvals_leave_one_evidence_one_fact_and_one_mail(tmp_path: Path) -> None:
    app = create_app(house.settings(tmp_path))
    cast = house.furnish(app)
    with app.app_context():
        with unit():
            smeta = factory.sent(cast)
            id, project_id, seen = smeta.id, smeta.project_id, smeta.content_hash
            secret = accounts.sign_in(cast.person("irina"), browser="tests")
        drain({})
        db.session.remove()
        db.engine.dispose()
    form, cookies = yes(app, seen, secret)
    address = f"/portal/projects/{project_id}/smetas/{id}/approval"
    with house.served(tmp_path, workers=2, threads=8) as socket:
        statuses = together(str(socket), address, form, cookies)
    assert len(statuses) == PROCESSES * THREADS
    once(app, id, statuses)


@pytest.mark.postgres
def test_twenty_parallel_approvals_leave_one_evidence_one_fact_and_one_mail_on_postgresql(
    on_postgres: Installation,
) -> None:
    app, cast = on_postgres.app, on_postgres.cast
    with app.app_context():
        with unit():
            smeta = factory.sent(cast)
            id, project_id, seen = smeta.id, smeta.project_id, smeta.content_hash
            secret = accounts.sign_in(cast.person("irina"), browser="tests")
        drain({})
    form, cookies = yes(app, seen, secret)
    address = f"/portal/projects/{project_id}/smetas/{id}/approval"

    def say_yes() -> int:
        return app.test_client(use_cookies=False).post(address, data=form, headers={"Cookie": cookies}).status_code

    once(app, id, crowd.at_once(app, [say_yes] * PROCESSES * THREADS))


def yes(app: Flask, seen: str, secret: str) -> tuple[dict[str, str], str]:
    """The form that approves what was seen, and the cookies of who sends it."""
    signed = ids.sign(app.config["SECRET_KEY"], "csrf", "a-visitor")
    form = {"_csrf": signed, "yes-seen": seen, "yes-typed_name": "Ирина Ветлугина"}
    return form, f"agency_session={secret}; agency_visit=a-visitor"


def once(app: Flask, id: int, statuses: list[int]) -> None:
    """Everybody got an answer, and the approval happened one time."""
    assert set(statuses) <= {200, 302, 303, 409}, statuses
    assert set(statuses) & {200, 302, 303}
    with app.app_context():
        drain({"smeta.approved": ("smetas.confirm",)})
        assert queries.get(id).state == "approved"
        assert count(Approval) == 1
        assert count(journal.Fact, journal.Fact.verb == "smeta.approved") == 1
        assert count(Mail, Mail.subject_kind == "smeta") == 1
        db.session.remove()
        db.engine.dispose()


def together(socket: str, address: str, form: dict[str, str], cookies: str) -> list[int]:
    """The same request from all processes and threads at one instant."""
    at = time.time() + 3
    with ProcessPoolExecutor(PROCESSES, mp_context=multiprocessing.get_context("forkserver")) as pool:
        asked = [
            pool.submit(house.all_at_once, socket, address, form, cookies, THREADS, at) for _ in range(PROCESSES)
        ]
        return [status for each in asked for status in each.result()]


def count(model: type, *where: object) -> int:
    return db.session.scalar(select(func.count()).select_from(model).where(*where)) or 0

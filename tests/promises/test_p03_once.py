"""P03: an approval happens once, however many identical requests arrive at the same instant."""

import time
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

from agency.attached.approvals.models import Approval
from agency.flow.smetas import queries
from agency.kit import ids, journal
from agency.kit.db import db, db_reading, unit
from agency.kit.mail import Mail
from agency.people.accounts import operations as accounts
from tests import forks
from tests.cast import Cast
from tests.figures import figure
from tests.flow.smetas import factory
from tests.installations import Installation
from tests.promises import crowd, house
from workers.drain import drain

# Twenty people at least, from eight processes.
PROCESSES, THREADS = 8, figure(3, 25)


@pytest.mark.slow
def test_parallel_approvals_leave_one_evidence_one_fact_and_one_mail(
    installation: Installation, app: Flask, cast: Cast, tmp_path: Path,
) -> None:
    with app.app_context():
        with unit():
            smeta = factory.sent(cast)
            id, project_id, seen = smeta.id, smeta.project_id, smeta.content_hash
            secret = accounts.sign_in(cast.person("irina"), browser="tests")
        drain({})
    installation.let_go()
    form, cookies = yes(app, seen, secret)
    address = f"/portal/projects/{project_id}/smetas/{id}/approval"
    with house.served(tmp_path, installation.settings.database_url) as socket:
        # The server answers already; whoever comes first waits for the last one at the gate.
        each = [(str(socket), address, form, cookies, THREADS, tmp_path / "gate", PROCESSES)] * PROCESSES
        statuses = [status for told in forks.at_once(house.all_at_once, each) for status in told]
    assert len(statuses) == PROCESSES * THREADS
    once(app, id, statuses)


@pytest.mark.slow
def test_control_without_the_guard_an_approval_happens_more_than_once(app: Flask, cast: Cast) -> None:
    with app.app_context(), unit():
        id = factory.sent(cast).id

    def say_yes_carelessly() -> bool:
        with db_reading():
            is_sent = queries.get(id).state == "sent"
        time.sleep(0.02)
        if is_sent:
            with unit():
                journal.fact("smeta.approved", about=queries.get(id), by=cast.actor("irina"))
        return is_sent

    crowd.at_once(app, [say_yes_carelessly] * 8)
    with app.app_context():
        assert count(journal.Fact, journal.Fact.verb == "smeta.approved") > 1, "the race did not show itself"
        db.session.remove()


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


def count(model: type, *where: object) -> int:
    return db.session.scalar(select(func.count()).select_from(model).where(*where)) or 0

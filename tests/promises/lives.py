"""A record of every kind that has a life, written straight into any of its states; a new kind is added to MAKERS."""

from collections.abc import Callable
from datetime import UTC, datetime
from itertools import count
from typing import Any

from sqlalchemy import update

from agency.attached.promises.models import Promise
from agency.flow.briefs.models import Brief
from agency.flow.reports.models import Report
from agency.flow.requests.models import Request
from agency.flow.smetas.models import Smeta
from agency.kit import clock
from agency.kit.db import db
from tests.cast import Cast
from tests.flow.smetas import factory as smetas
from tests.flow.tasks import factory as tasks

SERIALS = count(1)
Maker = Callable[[Cast, str], Any]
# Answers to whatever a move may ask for.
ANSWERS = {
    "reason": "Причина", "words": "Слова", "remarks": ["Правка"], "side": "client", "whom": "Мария",
    "question": "Когда?", "answer": "Завтра", "until": "2027-01-11", "of": 1, "read_back": "Поняли так",
}  # fmt: skip


def _kept(row: Any) -> Any:
    db.session.add(row)
    db.session.flush()
    return row


def a_request(cast: Cast, state: str) -> Request:
    """A request of the client."""
    return _kept(Request(
        serial=f"З-{next(SERIALS)}", state=state, source="mail", client_id=cast.hedgehog, subject="Утро",
        words="Нужна кампания", received_at=datetime(2026, 11, 23, 7, tzinfo=UTC),
        reply_due_at=datetime(2026, 11, 23, 9, tzinfo=UTC),
    ))


def a_promise(cast: Cast, state: str) -> Promise:
    """A promise to the client."""
    project = tasks.project(cast)
    return _kept(Promise(
        subject_id=project.id, client_id=cast.hedgehog, project_id=project.id, words="Показать два маршрута",
        due_on=clock.today(), state=state, made_by_id=cast.persons["vera"],
    ))


def a_brief(department: str | None) -> Maker:
    """A brief of the client, or of a department."""

    def make(cast: Cast, state: str) -> Brief:
        project = tasks.project(cast)
        return _kept(Brief(
            project_id=project.id, client_id=cast.hedgehog, type=department or "client", type_version=1, n=1,
            number=f"{project.number}/Б1", department=department, state=state, language="ru",
            author_id=cast.persons["vera"], content_hash="hash", sent_at=clock.now(),
        ))

    return make


def a_smeta(cast: Cast, state: str) -> Smeta:
    """An estimate with its lines."""
    smeta = smetas.first(smetas.project(cast), cast.actor("vera"))
    # The triggers let the state of a version change, and nothing else once it has left the draft.
    table = Smeta.__table__
    here = state in ("draft", "internal_review", "ready")
    values = {"state": state} if here else {"state": state, "content_hash": "hash", "sent_at": clock.now()}
    db.session.execute(update(table).where(table.c.id == smeta.id).values(**values))
    db.session.refresh(smeta)
    return smeta


def a_report(cast: Cast, state: str) -> Report:
    """A status report."""
    project = tasks.project(cast)
    return _kept(Report(
        project_id=project.id, client_id=cast.hedgehog, n=1, state=state, language="ru", from_on=clock.today(),
        until_on=clock.today(), author_id=cast.persons["vera"], gathered_at=clock.now(),
        content_hash="" if state == "draft" else "hash", approved_at=None if state == "draft" else clock.now(),
        sent_at=clock.now() if state == "sent" else None,
    ))


def prepare(record: Any, verb: str) -> None:
    """What an operation settles on the record just before it takes the move."""
    if (record.KIND, verb) == ("task", "block"):
        record.before_block = record.state


def settle(record: Any, verb: str) -> None:
    """What an operation writes together with the move, in the same statement, so that triggers let the row on."""
    prepare(record, verb)
    if (record.KIND, record.state, verb) == ("report", "draft", "approve"):
        record.content_hash, record.approved_at = "hash", clock.now()
    if (record.KIND, record.state, verb) == ("report", "approved", "send"):
        record.sent_at = clock.now()


MAKERS: dict[str, Maker] = {
    "request": a_request,
    "project": lambda cast, state: tasks.project(cast, state=state),
    "promise": a_promise,
    "client_brief": a_brief(None),
    "department_brief": a_brief("creative"),
    "smeta": a_smeta,
    "task": lambda cast, state: tasks.task(cast, state, client_accepts=True),
    "report": a_report,
}

"""What was approved or sent stands still, for operations and for whoever speaks SQL."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from agency.flow.reports import operations
from agency.kit.db import db
from agency.kit.states import WrongState
from tests.cast import Cast
from tests.flow.reports import factory

pytestmark = pytest.mark.usefixtures("unit")


def test_what_was_sealed_refuses_every_operation(cast: Cast) -> None:
    report, vera = factory.first_report(cast), cast.actor("vera")
    operations.approve(report, by=vera)
    for deed in (
        lambda: operations.refresh(report, by=vera),
        lambda: operations.say(report, "Иначе", by=vera),
        lambda: operations.write(report, {}, by=vera),
        lambda: operations.add_line(report, "done", by=vera),
        lambda: operations.remove_line(report, "done", "own:1", by=vera),
        lambda: operations.address(report, [], by=vera),
        lambda: operations.judge(report, "timing", "red", by=vera),
        lambda: operations.approve(report, by=vera),
        lambda: operations.preview(report, by=vera),
        lambda: operations.discard(report, by=vera),
    ):
        with pytest.raises(WrongState):
            deed()


@pytest.mark.parametrize(
    "attack",
    [
        "UPDATE reports SET words = '{}'",
        "UPDATE reports SET computed = '{}'",
        "UPDATE reports SET lights = '{}'",
        "UPDATE reports SET state = 'draft'",
        "UPDATE reports SET n = 7",
        "UPDATE reports SET sent_at = NULL",
        "UPDATE reports SET recipients = '[]'",
        "UPDATE reports SET content_hash = ''",
        "DELETE FROM reports",
        "INSERT OR REPLACE INTO reports SELECT * FROM reports",
        "UPDATE reports SET state = 'approved'",
        "UPDATE reports SET until_on = '2026-12-19'",
    ],
)
def test_what_was_sent_cannot_be_changed_by_sql_either(cast: Cast, attack: str) -> None:
    report, vera = factory.first_report(cast), cast.actor("vera")
    operations.approve(report, by=vera)
    operations.send(report, by=vera)
    db.session.flush()
    if attack.startswith("INSERT OR") and db.engine.dialect.name != "sqlite":
        attack = "INSERT INTO reports SELECT * FROM reports ON CONFLICT (id) DO UPDATE SET words = '{}'"
    with pytest.raises(DatabaseError, match="frozen"), db.session.begin_nested():
        db.session.execute(text(attack))

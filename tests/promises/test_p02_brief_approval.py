"""P02: what the client approved is what the client saw; ten interleavings between the look and the yes."""

import re
from collections.abc import Callable

import pytest
from flask import Flask

from agency.attached.approvals.models import Approval
from agency.flow.briefs import operations, queries, sealing, writing
from agency.flow.briefs.models import Brief
from agency.kit.db import db, db_reading, unit
from tests.cast import Cast
from tests.flow.briefs import cases
from tests.pages import Visitor

As = Callable[[str | None], Visitor]
SEEN = re.compile(r'name="yes-seen"[^>]*value="([0-9a-f]{64})"|value="([0-9a-f]{64})"[^>]*name="yes-seen"')


def nothing(brief: Brief, cast: Cast) -> None:
    """Nobody does anything: the yes must count."""


def withdrawn(brief: Brief, cast: Cast) -> None:
    operations.withdraw(brief, by=cast.actor("vera"))


def a_draft_beside(brief: Brief, cast: Cast) -> None:
    withdrawn(brief, cast)
    operations.revise(brief, by=cast.actor("vera"))


def the_same_words_again(brief: Brief, cast: Cast) -> None:
    withdrawn(brief, cast)
    operations.send(operations.revise(brief, by=cast.actor("vera")), by=cast.actor("vera"))


def other_words(brief: Brief, cast: Cast, key: str = "business_goal", value: object = "Получить 9 000") -> None:
    withdrawn(brief, cast)
    vera = cast.actor("vera")
    fresh = operations.revise(brief, by=vera)
    part = queries.part(fresh.id, key)
    assert part is not None
    writing.save(part, value, part.edition, by=vera)
    operations.send(fresh, by=vera)


def another_budget(brief: Brief, cast: Cast) -> None:
    other_words(brief, cast, "budget", {"amount": 1, "least": None, "currency": "RUB", "vat": "with", "inside": ""})


def another_bullet(brief: Brief, cast: Cast) -> None:
    withdrawn(brief, cast)
    vera = cast.actor("vera")
    fresh = operations.revise(brief, by=vera)
    writing.turn(fresh.parts[0], "media", by=vera)
    operations.send(fresh, by=vera)


def another_mark(brief: Brief, cast: Cast) -> None:
    withdrawn(brief, cast)
    vera = cast.actor("vera")
    fresh = operations.revise(brief, by=vera)
    writing.add_statement(fresh, "Только домашние кухни в кадре", by=vera, part=fresh.parts[0])
    operations.send(fresh, by=vera)


def returned(brief: Brief, cast: Cast) -> None:
    operations.give_back(brief, "Не тот город", by=cast.actor("irina"))


def returned_and_sent_anew(brief: Brief, cast: Cast) -> None:
    fresh = operations.give_back(brief, "Не тот город", by=cast.actor("irina"))
    operations.send(fresh, by=cast.actor("vera"))


BETWEEN = (
    nothing, withdrawn, a_draft_beside, the_same_words_again, other_words, another_budget, another_bullet,
    another_mark, returned, returned_and_sent_anew,
)  # fmt: skip


@pytest.mark.parametrize("meanwhile", BETWEEN, ids=lambda step: step.__name__)
def test_a_yes_counts_only_for_what_was_seen(
    app: Flask, cast: Cast, as_: As, meanwhile: Callable[[Brief, Cast], None],
) -> None:
    with app.app_context(), unit():
        brief = cases.sent(cast)
        brief_id, place = brief.id, f"/portal/projects/{brief.project_id}/briefs/"
    irina = as_("irina")
    seen = SEEN.search(irina.get(f"{place}{brief_id}").text)
    assert seen is not None
    form = {"yes-seen": seen[1] or seen[2], "yes-typed_name": "Ирина Ветлугина"}
    with app.app_context(), unit():
        meanwhile(queries.get(brief_id), cast)
    with app.app_context(), db_reading():
        newest = queries.newest(queries.get(brief_id).project_id)
        newest_id, newest_number, newest_state = newest.id, newest.number, newest.state
    if meanwhile is nothing:
        irina.post(f"{place}{brief_id}/approval", form)
    else:
        for address in {brief_id, newest_id}:
            answer = irina.client.post(
                f"{place}{address}/approval", data=form, headers={"X-CSRF-Token": irina.token()},
            )
            assert answer.status_code in (404, 403, 409)
            if answer.status_code == 409 and newest_state == "sent":
                assert newest_number in answer.text
    with app.app_context(), db_reading():
        kept = db.session.query(Approval).filter_by(decision="approved").all()
        approved = db.session.query(Brief).filter_by(state="approved").all()
        assert len(kept) == len(approved) == (1 if meanwhile is nothing else 0)
        for evidence, one in zip(kept, approved, strict=True):
            assert evidence.content_hash == one.content_hash == sealing.hash_of(one) == form["yes-seen"]

"""P02, the smeta's half: what the client approved is what the client saw, whatever happens in between."""

from collections.abc import Callable
from contextlib import nullcontext
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from agency.attached.approvals.models import Approval
from agency.flow.smetas import operations, queries
from agency.flow.smetas.models import Smeta
from agency.kit.db import db, unit
from agency.kit.policy import Forbidden
from agency.kit.states import Refused
from tests.cast import Cast
from tests.flow.smetas import factory

Between = Callable[[Cast, Smeta], Any]


def newer(cast: Cast, smeta: Smeta) -> Smeta:
    two = factory.second(smeta, cast.actor("vera"))
    operations.send(two, by=cast.actor("vera"))
    return two


def withdrawn(cast: Cast, smeta: Smeta) -> None:
    operations.withdraw(smeta, by=cast.actor("vera"))


def withdrawn_and_sent_anew(cast: Cast, smeta: Smeta) -> Smeta:
    withdrawn(cast, smeta)
    return newer(cast, smeta)


def rejected(cast: Cast, smeta: Smeta) -> None:
    operations.reject(smeta, "дорого", by=cast.actor("irina"), seen=smeta.content_hash)


def changes_asked(cast: Cast, smeta: Smeta) -> None:
    operations.ask_changes(smeta, "иначе", by=cast.actor("irina"), seen=smeta.content_hash)


def rejected_and_sent_anew(cast: Cast, smeta: Smeta) -> Smeta:
    rejected(cast, smeta)
    return newer(cast, smeta)


def newer_twice(cast: Cast, smeta: Smeta) -> Smeta:
    return newer(cast, newer(cast, smeta))


def only_a_draft_beside(cast: Cast, smeta: Smeta) -> None:
    factory.second(smeta, cast.actor("vera"))


def nothing(cast: Cast, smeta: Smeta) -> None:
    return None


INTERLEAVINGS: tuple[tuple[Between, bool], ...] = (
    (newer, False), (withdrawn, False), (withdrawn_and_sent_anew, False), (rejected, False), (changes_asked, False),
    (rejected_and_sent_anew, False), (newer_twice, False), (only_a_draft_beside, True), (nothing, True),
)


@pytest.mark.parametrize(("between", "goes"), INTERLEAVINGS, ids=lambda value: getattr(value, "__name__", None))
def test_an_approval_is_of_what_was_seen(app: Flask, cast: Cast, between: Between, goes: bool) -> None:
    with app.app_context():
        with unit():
            smeta = factory.sent(cast)
            id, project_id, seen = smeta.id, smeta.project_id, smeta.content_hash
        with unit():
            between(cast, queries.get_whole(id))
        for target in [row.id for row in queries.of_project(project_id)]:
            with nullcontext() if goes and target == id else pytest.raises((Refused, Forbidden)), unit():
                found = queries.get_whole(target)
                operations.approve(found, by=cast.actor("irina"), seen=seen, typed_name="Ирина Ветлугина")
        db.session.rollback()
        kept = db.session.scalars(select(Approval).where(Approval.decision == "approved")).all()
        assert [(row.subject_id, row.content_hash) for row in kept] == ([(id, seen)] if goes else [])
        states = {row.id: row.state for row in queries.of_project(project_id)}
        assert [key for key, state in states.items() if state == "approved"] == ([id] if goes else [])


def test_the_tenth_interleaving_a_hash_of_another_version_is_refused(app: Flask, cast: Cast) -> None:
    with app.app_context():
        with unit():
            one = factory.sent(cast)
            two = newer(cast, one)
            seen_one, id = one.content_hash, two.id
        for seen in (seen_one, "", "x" * 64):
            with pytest.raises(Refused), unit():
                operations.approve(queries.get_whole(id), by=cast.actor("irina"), seen=seen, typed_name="Ирина")
        assert queries.get(id).state == "sent"

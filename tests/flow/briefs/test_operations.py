"""Briefs through their states: what is filled, frozen, sealed, decided and opened anew."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from agency.attached.approvals import operations as approvals
from agency.attached.documents import queries as documents
from agency.flow.briefs import division, operations, queries, sealing, writing
from agency.flow.briefs.models import Brief
from agency.flow.projects import requirements
from agency.kit.db import db
from agency.kit.journal import Fact
from agency.kit.policy import Forbidden
from agency.kit.states import Refused, WrongState
from tests.cast import Cast
from tests.flow.briefs import cases
from tests.flow.factory import WORDS, a_project

pytestmark = pytest.mark.usefixtures("unit")


def facts(brief: Brief) -> list[str]:
    rows = db.session.query(Fact).filter_by(subject_kind="brief", subject_id=brief.id).order_by(Fact.id)
    return [row.verb for row in rows]


def test_the_first_version_starts_with_what_the_request_already_says(cast: Cast) -> None:
    brief = operations.open_for(a_project(cast), by=cast.actor("vera"))
    answers = brief.answers
    assert brief.number == "TE-2026-014/Б1"
    assert answers["background"] == WORDS
    assert answers["approver"]["name"] == "Ирина Ветлугина"
    assert answers["budget"]["amount"] == 270_000_000
    assert answers["budget"]["vat"] == "with"
    assert answers["deadline"] == "2027-03-31"
    assert answers["client_brand"] == "Тёплый Ёж"
    assert 0 < queries.readiness_of(brief).percent < 100


def test_a_project_has_one_client_brief(cast: Cast) -> None:
    project = a_project(cast)
    operations.open_for(project, by=cast.actor("vera"))
    with pytest.raises(WrongState):
        operations.open_for(project, by=cast.actor("vera"))


def test_numbers_speak_the_language_of_the_project(cast: Cast) -> None:
    brief = operations.open_for(a_project(cast, language="en"), by=cast.actor("vera"))
    assert brief.number == "TE-2026-014/B1"


def test_sending_with_gaps_lists_them(cast: Cast) -> None:
    brief = operations.open_for(a_project(cast), by=cast.actor("vera"))
    with pytest.raises(Refused) as refusal:
        operations.send(brief, by=cast.actor("vera"))
    assert "Целевая аудитория" in str(refusal.value)


def test_sending_seals_the_content_and_wants_its_paper_for_the_client(cast: Cast) -> None:
    brief = cases.sent(cast)
    assert (brief.state, brief.content_hash) == ("sent", sealing.hash_of(brief))
    assert brief.sent_at is not None
    paper = documents.latest(brief, "brief", "client")
    assert paper is not None
    assert "brief.sent" in facts(brief)


def test_the_approver_approves_exactly_what_was_sent(cast: Cast) -> None:
    brief = cases.approved(cast)
    (kept,) = approvals.evidence_of(brief)
    assert (brief.state, kept.content_hash, kept.typed_name) == ("approved", brief.content_hash, "Ирина Ветлугина")
    assert "brief.approved" in facts(brief)


def test_another_hash_is_no_approval(cast: Cast) -> None:
    brief = cases.sent(cast)
    with pytest.raises(WrongState):
        operations.approve(brief, "0" * 64, "Ирина Ветлугина", by=cast.actor("irina"))
    assert approvals.evidence_of(brief) == []


@pytest.mark.parametrize("who", ["timur", "stranger", "vera", "head_creative"])
def test_only_the_clients_own_approver_approves(cast: Cast, who: str) -> None:
    brief = cases.sent(cast)
    with pytest.raises(Forbidden):
        operations.approve(brief, brief.content_hash, "Кто-то Другой", by=cast.actor(who))


def test_returned_words_open_a_new_draft_with_everything_in_it(cast: Cast) -> None:
    brief = cases.sent(cast)
    fresh = operations.give_back(brief, "Добавьте второй город", by=cast.actor("irina"))
    assert (brief.state, brief.return_words) == ("returned", "Добавьте второй город")
    assert (fresh.n, fresh.state, fresh.number) == (2, "draft", "TE-2026-014/Б2")
    assert fresh.previous is brief
    assert fresh.answers == brief.answers


def test_returning_without_words_is_refused(cast: Cast) -> None:
    brief = cases.sent(cast)
    with pytest.raises(Refused) as refusal:
        operations.give_back(brief, "   ", by=cast.actor("irina"))
    assert refusal.value.field == "words"


def test_a_newer_approval_replaces_the_older_one(cast: Cast) -> None:
    first = cases.approved(cast)
    second = operations.revise(first, by=cast.actor("vera"))
    operations.send(second, by=cast.actor("vera"))
    operations.approve(second, second.content_hash, "Ирина Ветлугина", by=cast.actor("irina"))
    assert (first.state, second.state) == ("superseded", "approved")
    assert queries.approved(first.project_id) is second


def test_one_version_is_open_at_a_time(cast: Cast) -> None:
    brief = cases.sent(cast)
    with pytest.raises(WrongState):
        operations.revise(brief, by=cast.actor("vera"))
    operations.withdraw(brief, by=cast.actor("vera"))
    assert operations.revise(brief, by=cast.actor("vera")).n == 2


def test_a_sent_brief_refuses_every_edit(cast: Cast) -> None:
    brief = cases.sent(cast)
    part, vera = brief.parts[0], cast.actor("vera")
    row = requirements.of(brief.project_id)[0]
    for edit in (
        lambda: writing.save(part, "иначе", part.edition, by=vera),
        lambda: writing.turn(part, "media", by=vera),
        lambda: writing.link(part, row, by=vera),
        lambda: writing.unlink(part, row, by=vera),
        lambda: writing.add_statement(brief, "ещё", by=vera),
    ):
        with pytest.raises(WrongState):
            edit()


def test_the_database_refuses_raw_changes_of_a_sent_brief(cast: Cast) -> None:
    brief = cases.a_draft(cast)
    vera = cast.actor("vera")
    writing.link(brief.parts[0], requirements.of(brief.project_id)[0], by=vera)
    operations.send(brief, by=vera)
    db.session.flush()
    part = brief.parts[0].id
    for statement in (
        f"UPDATE brief_parts SET value = '\"иначе\"' WHERE id = {part}",
        f"UPDATE brief_parts SET departments = '[]' WHERE id = {part}",
        f"DELETE FROM brief_parts WHERE id = {part}",
        f"INSERT INTO brief_parts (brief_id, key, ordinal, edition, version) VALUES ({brief.id}, 'x', 9, 1, 1)",
        f"DELETE FROM part_marks WHERE part_id = {part}",
        f"UPDATE briefs SET content_hash = 'x' WHERE id = {brief.id}",
        f"UPDATE briefs SET number = 'x' WHERE id = {brief.id}",
        f"UPDATE briefs SET state = 'draft' WHERE id = {brief.id}",
        f"DELETE FROM briefs WHERE id = {brief.id}",
        f"INSERT INTO brief_requirements (brief_id, requirement_id) VALUES ({brief.id}, 1)",
    ):
        with pytest.raises(DatabaseError), db.session.begin_nested():
            db.session.execute(text(statement))


def test_the_split_gives_each_department_what_its_bullets_say(cast: Cast) -> None:
    brief = cases.approved(cast)
    made = {one.department: one for one in division.split(brief, by=cast.actor("vera"))}
    assert set(made) == {"creative", "media", "production"}
    assert made["creative"].number == "TE-2026-014/Б1-К"
    inherited = {code: {part.key for part in one.parts if part.is_inherited} for code, one in made.items()}
    assert "background" in inherited["creative"]
    assert "budget" not in inherited["creative"]
    assert "budget" in inherited["production"]
    assert made["creative"].answers["insight"] == brief.answers["insight"]
    assert made["media"].answers["geo"] == [{"place": "Казань", "share": ""}]
    assert division.split(brief, by=cast.actor("vera")) == []


def test_a_weak_brief_is_split_only_with_a_reason(cast: Cast) -> None:
    brief = cases.a_draft(cast)
    vera = cast.actor("vera")
    weak = {"business_goal": "Расти", "kpi": [{"metric": "CPA"}],
            "budget": {"amount": 1, "least": None, "currency": "RUB", "vat": "", "inside": ""}}  # fmt: skip
    cases.fill(brief, weak, vera)
    operations.send(brief, by=vera)
    operations.approve(brief, brief.content_hash, "Ирина Ветлугина", by=cast.actor("irina"))
    with pytest.raises(Refused) as refusal:
        division.split(brief, by=vera)
    assert refusal.value.field == "reason"
    assert len(division.split(brief, by=vera, reason="Клиент торопит, цифры обещал к пятнице")) == 3


def test_requirements_and_parts_are_handed_over_and_taken_back(cast: Cast) -> None:
    brief = cases.a_creative_draft(cast)
    vera = cast.actor("vera")
    row = requirements.of(brief.project_id)[3]
    division.turn_requirement(brief, row, by=vera)
    assert [one.requirement_id for one in brief.requirements] == [row.id]
    division.turn_requirement(brief, row, by=vera)
    assert brief.requirements == []
    budget = queries.part(brief.source_id, "budget")
    division.turn_part(brief, budget, by=vera)
    assert any(part.key == "budget" and part.is_inherited for part in brief.parts)
    division.turn_part(brief, budget, by=vera)
    assert not any(part.key == "budget" for part in brief.parts)


def test_the_head_accepts_with_a_read_back(cast: Cast) -> None:
    brief = cases.issued(cast)
    head = cast.actor("head_creative")
    with pytest.raises(Refused) as refusal:
        operations.accept(brief, " ", by=head)
    assert refusal.value.field == "read_back"
    operations.accept(brief, "Поняли: показать заботу, а не скидку", by=head)
    assert (brief.state, brief.decided_by_id) == ("accepted", head.id)


def test_another_head_decides_nothing(cast: Cast) -> None:
    brief = cases.issued(cast)
    for who in ("head_media", "vera", "irina", "copywriter"):
        with pytest.raises(Forbidden):
            operations.accept(brief, "Понял", by=cast.actor(who))


def test_handed_back_opens_a_new_draft_for_the_department(cast: Cast) -> None:
    brief = cases.issued(cast)
    fresh = operations.hand_back(brief, "Нет размеров", by=cast.actor("head_creative"))
    assert (brief.state, brief.return_words, fresh.n, fresh.department) == ("returned", "Нет размеров", 2, "creative")
    operations.issue(fresh, by=cast.actor("vera"))
    operations.accept(fresh, "Понял", by=cast.actor("head_creative"))
    assert fresh.state == "accepted"

"""A smeta lives by its moves: made, looked at, sent, decided; what was sent never changes."""

from datetime import timedelta
from decimal import Decimal

import pytest
from sqlalchemy import select

from agency.attached.approvals.models import Approval
from agency.flow.smetas import editing, operations, queries
from agency.kit import clock, journal
from agency.kit.db import db
from agency.kit.policy import Forbidden
from agency.kit.states import Refused, WrongState
from agency.people.accounts.models import PersonRole
from tests.cast import Cast
from tests.flow.smetas import factory


def facts_of(smeta: object) -> list[str]:
    rows = select(journal.Fact.verb).where(journal.Fact.subject_kind == "smeta", journal.Fact.subject_id == smeta.id)
    return list(db.session.scalars(rows.order_by(journal.Fact.id)))


def test_the_case_of_the_morning_is_rejected_once_and_then_approved(unit: object, cast: Cast) -> None:
    vera, irina = cast.actor("vera"), cast.actor("irina")
    one = factory.first(factory.project(cast, number="TE-2026-014"), vera)
    assert (one.number, one.gross) == ("TE-2026-014/С1", 274_368_240)
    operations.send(one, by=vera)
    operations.reject(one, "дороже бюджета", by=irina, seen=one.content_hash, typed_name="Ирина Ветлугина")
    two = factory.second(one, vera)
    assert (two.number, two.net, two.vat, two.gross) == ("TE-2026-014/С2", 218_152_800, 47_993_616, 266_146_416)
    assert two.cost == 153_840_000
    assert two.margin == 64_312_800
    operations.send(two, by=vera)
    assert [row.amount for row in two.payments] == [106_458_566, 106_458_566, 53_229_284]
    evidence = operations.approve(two, by=irina, seen=two.content_hash, typed_name="Ирина Ветлугина")
    assert (one.state, one.reason, two.state) == ("rejected", "дороже бюджета", "approved")
    assert [{row.owed_in for row in smeta.payments} for smeta in (one, two)] == [{None}, {"RUB"}]
    assert (evidence.content_hash, evidence.typed_name) == (two.content_hash, "Ирина Ветлугина")
    assert facts_of(two)[-2:] == ["smeta.sent", "smeta.approved"]
    assert queries.broken_seals() == []


def test_an_additional_smeta_has_its_own_number_and_only_what_is_added(unit: object, cast: Cast) -> None:
    vera, irina = cast.actor("vera"), cast.actor("irina")
    base = factory.first(factory.project(cast, number="TE-2026-015"), vera)
    with pytest.raises(Refused, match="нет"):
        operations.create(base.project, by=vera, kind="additional")
    operations.send(base, by=vera)
    operations.approve(base, by=irina, seen=base.content_hash, typed_name="Ирина Ветлугина")
    with pytest.raises(WrongState):
        operations.new_version(base, by=vera)
    extra = operations.additional(base, by=vera)
    operations.write(extra, [
        {"department": "creative", "title": "6 вертикальных баннеров", "unit": "шт", "quantity": Decimal(6),
         "price": Decimal(3200), "cost": Decimal(1500)},
        {"department": "production", "title": "Версия 6 с", "unit": "смена", "quantity": Decimal("0.5"),
         "price": Decimal(28000), "cost": Decimal(16000)},
    ], by=vera)
    assert (extra.number, extra.gross) == ("TE-2026-015/Д1", 4_050_400)
    operations.send(extra, by=vera)
    operations.approve(extra, by=irina, seen=extra.content_hash, typed_name="Ирина Ветлугина")
    assert [row.number for row in queries.approved(base.project_id)] == ["TE-2026-015/С1", "TE-2026-015/Д1"]


def test_beyond_the_managers_limits_an_owner_looks_first(unit: object, cast: Cast) -> None:
    vera, owner = cast.actor("vera"), cast.actor("owner")
    smeta = factory.first(factory.project(cast), vera)
    editing.set_terms(smeta, by=vera, discount_percent=Decimal(30))
    with pytest.raises(Refused, match="предел"):
        operations.send(smeta, by=vera)
    assert (smeta.state, smeta.sent_at, smeta.content_hash) == ("draft", None, "")
    operations.submit(smeta, by=vera)
    with pytest.raises(Forbidden):
        operations.clear(smeta, by=vera)
    operations.bring_back(smeta, "скидка не та", by=owner)
    operations.submit(smeta, by=vera)
    operations.clear(smeta, by=owner)
    assert (smeta.state, smeta.cleared_by_id) == ("ready", owner.id)
    operations.send(smeta, by=vera)
    assert smeta.state == "sent"


def test_nobody_clears_ones_own_smeta_where_there_are_two_owners(unit: object, cast: Cast) -> None:
    owner = cast.actor("owner")
    smeta = factory.first(factory.project(cast), owner)
    operations.submit(smeta, by=owner)
    db.session.add(PersonRole(person_id=cast.persons["oleg"], role="owner"))
    db.session.flush()
    with pytest.raises(Refused, match="друг"):
        operations.clear(smeta, by=owner)
    db.session.expire_all()
    operations.clear(smeta, by=cast.actor("oleg"))


def test_the_only_owner_clears_the_own_smeta_and_the_fact_says_so(unit: object, cast: Cast) -> None:
    owner = cast.actor("owner")
    smeta = factory.first(factory.project(cast), owner)
    operations.submit(smeta, by=owner)
    operations.clear(smeta, by=owner)
    last = db.session.scalars(select(journal.Fact).order_by(journal.Fact.id.desc())).first()
    assert last.details["by_the_author"] is True


def test_without_an_approved_brief_a_smeta_needs_a_reason(unit: object, cast: Cast) -> None:
    vera = cast.actor("vera")
    smeta = factory.first(factory.project(cast, brief="sent"), vera)
    with pytest.raises(Refused) as refused:
        operations.send(smeta, by=vera)
    assert refused.value.field == "without_brief"
    operations.send(smeta, by=vera, without_brief="Повтор прошлогодней кампании")
    last = db.session.scalars(select(journal.Fact).where(journal.Fact.verb == "smeta.sent")).one()
    assert last.details["without_brief"] == "Повтор прошлогодней кампании"
    assert "without_brief" not in journal.client_details(last)


def test_sending_a_newer_version_supersedes_the_older_one(unit: object, cast: Cast) -> None:
    vera, irina = cast.actor("vera"), cast.actor("irina")
    one = factory.sent(cast)
    two = factory.second(one, vera)
    operations.send(two, by=vera)
    assert (one.state, two.state) == ("superseded", "sent")
    with pytest.raises(WrongState):
        operations.approve(one, by=irina, seen=one.content_hash, typed_name="Ирина Ветлугина")


def test_an_expired_smeta_cannot_be_approved(unit: object, cast: Cast) -> None:
    smeta = factory.sent(cast)
    with clock.at(clock.now() + timedelta(days=2)):
        with pytest.raises(Refused, match="действовала"):
            operations.approve(smeta, by=cast.actor("irina"), seen=smeta.content_hash, typed_name="Ирина Ветлугина")
        operations.expire(smeta, by=cast.actor("vera"))
    assert smeta.state == "expired"


def test_only_the_named_approver_of_the_client_decides(unit: object, cast: Cast) -> None:
    smeta = factory.sent(cast)
    for name in ("timur", "stranger", "vera", "owner"):
        with pytest.raises(Forbidden):
            operations.approve(smeta, by=cast.actor(name), seen=smeta.content_hash, typed_name="Кто-то Другой")
    with pytest.raises(Refused, match="имя"):
        operations.approve(smeta, by=cast.actor("irina"), seen=smeta.content_hash, typed_name=" ")
    assert smeta.state == "sent"
    assert db.session.scalars(select(Approval)).all() == []


def test_saying_yes_twice_keeps_one_evidence(unit: object, cast: Cast) -> None:
    smeta, irina = factory.sent(cast), cast.actor("irina")
    first = operations.approve(smeta, by=irina, seen=smeta.content_hash, typed_name="Ирина Ветлугина")
    again = operations.approve(smeta, by=irina, seen=smeta.content_hash, typed_name="Ирина Ветлугина")
    assert first.id == again.id
    assert facts_of(smeta).count("smeta.approved") == 1


def test_asking_for_changes_keeps_the_clients_words(unit: object, cast: Cast) -> None:
    smeta, irina = factory.sent(cast), cast.actor("irina")
    with pytest.raises(Refused):
        operations.ask_changes(smeta, "  ", by=irina, seen=smeta.content_hash)
    operations.ask_changes(smeta, "Уберите печать", by=irina, seen=smeta.content_hash)
    assert (smeta.state, smeta.reason) == ("changes_requested", "Уберите печать")


def test_a_head_edits_lines_of_the_own_department_only(unit: object, cast: Cast) -> None:
    vera, head = cast.actor("vera"), cast.actor("head_creative")
    smeta = factory.first(factory.project(cast), vera)
    own = next(line for line in smeta.lines if line.department == "creative")
    other = next(line for line in smeta.lines if line.department == "media")
    editing.change_line(own, {"quantity": Decimal(2)}, by=head)
    for forbidden in (
        lambda: editing.change_line(other, {"quantity": Decimal(2)}, by=head),
        lambda: editing.change_line(own, {"department": "media"}, by=head),
        lambda: editing.set_terms(smeta, by=head, discount_percent=Decimal(1)),
        lambda: editing.change_line(own, {"quantity": Decimal(3)}, by=cast.actor("copywriter")),
    ):
        with pytest.raises(Forbidden):
            forbidden()


def test_hours_typed_as_minutes_are_counted_exactly(unit: object, cast: Cast) -> None:
    vera = cast.actor("vera")
    smeta = operations.create_from_rows(factory.project(cast), [{
        "department": "creative", "title": "Слоган", "unit": "ч", "quantity": Decimal("2.3333"), "minutes": 140,
        "price": Decimal(3500),
    }], by=vera)
    assert (smeta.net, smeta.lines[0].estimate_minutes) == (816_667, 140)


def test_outside_russian_the_number_has_latin_letters(unit: object, cast: Cast) -> None:
    smeta = operations.create(factory.project(cast, language="en", number="LF-2026-001"), by=cast.actor("vera"))
    assert smeta.number == "LF-2026-001/S1"

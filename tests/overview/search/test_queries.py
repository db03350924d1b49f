"""One question finds everything one may see, and nothing else, however it is typed."""

from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy import insert

from agency.kit import policy
from agency.kit.db import KINDS, db, finding, unit
from agency.kit.words import fold
from agency.overview.search import queries
from agency.overview.search.wanted import understand
from tests.cast import STAFF, Cast
from tests.overview.search import world
from tests.queries import counted


@pytest.fixture
def furnished(app: Flask, cast: Cast) -> Iterator[dict[str, int]]:
    """The two clients' records, and an open context to look at them."""
    with app.app_context():
        with unit():
            made = world.furnish(cast)
        yield made
        db.session.rollback()


def found(cast: Cast, name: str, typed: str, kind: str = "") -> list[queries.Found]:
    return queries.find(cast.actor(name), understand(typed), 60, (kind,) if kind else ())


@pytest.mark.parametrize("name", [*STAFF, "irina", "stranger"])
def test_whoever_looks_finds_exactly_what_the_policy_lets_be_seen(
    furnished: dict[str, int], cast: Cast, name: str,
) -> None:
    actor = cast.actor(name)
    for typed, kinds in (("утро", queries.KINDS), ("барсук", ("client", "contact")), ("еж", ("client", "contact"))):
        for kind in kinds:
            rows = found(cast, name, typed, kind)
            seen = {row.id for row in db.session.query(KINDS[kind]) if policy.sees(actor, row)}
            assert {row.id for row in rows} <= seen, (kind, typed)
            if actor.is_staff and kind not in ("client", "contact", "request"):
                assert {row.id for row in rows} == {
                    id for id in seen if _is_called(kind, id, typed)
                }, f"{name} misses a {kind}"


@pytest.mark.on_both
@pytest.mark.parametrize("name", STAFF)
def test_the_newest_are_looked_through_to_the_same_end_as_the_list_of_a_word(
    furnished: dict[str, int], cast: Cast, monkeypatch: pytest.MonkeyPatch, name: str,
) -> None:
    actor = cast.actor(name)
    words = [understand(typed) for typed in ("утро", "утро подпис", "барсук", "т1")]
    asked = [(wanted, kinds) for wanted in words for kinds in ((), ("task",))]
    by_list = [queries.find(actor, wanted, 60, kinds) for wanted, kinds in asked]
    few = [queries.find(actor, wanted, 2, kinds) for wanted, kinds in asked]
    monkeypatch.setattr(finding, "MANY", 0)
    assert [queries.find(actor, wanted, 60, kinds) for wanted, kinds in asked] == by_list
    assert [queries.find(actor, wanted, 2, kinds) for wanted, kinds in asked] == few
    assert any(by_list) == (name != "producer")


@pytest.mark.on_both
def test_a_name_that_begins_as_typed_comes_before_newer_ones_that_only_have_the_word(
    furnished: dict[str, int], cast: Cast, monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(finding, "MANY", 5)
    _tasks(cast, furnished, *(f"Плакат {n:02}" for n in range(10)), *(f"Супер-плакат {n:02}" for n in range(20)))
    best = [one.title for one in queries.find(cast.actor("vera"), understand("плакат"), 3, ("task",))]
    assert best == ["Плакат 09", "Плакат 08", "Плакат 07"]
    _tasks(cast, furnished, "Плакат 10", "Супер-плакат 20", "Плакат 11", "Плакат 12")
    best = [one.title for one in queries.find(cast.actor("vera"), understand("плакат"), 3, ("task",))]
    assert best == ["Плакат 12", "Плакат 11", "Плакат 10"]
    monkeypatch.setattr(queries, "NEWEST", 12)
    _tasks(cast, furnished, *(f"Супер-плакат {n}" for n in range(21, 32)), "Плакат 13")
    best = [one.title for one in queries.find(cast.actor("vera"), understand("плакат"), 3, ("task",))]
    assert best == ["Плакат 13", "Супер-плакат 31", "Супер-плакат 30"]


def _tasks(cast: Cast, furnished: dict[str, int], *titles: str) -> None:
    task = KINDS["task"]
    home = {"project_id": furnished["hedgehog"], "client_id": cast.hedgehog, "department": "creative"}
    with unit():
        for title in titles:
            row = {**home, "title": title, "search_text": title}
            row["id"] = db.session.scalar(insert(task).returning(task.id), row)
            finding.keep_all(db.session.connection(), task, [row])


def _is_called(kind: str, id: int, typed: str) -> bool:
    row = db.session.get(KINDS[kind], id)
    own = fold(row.searched() if hasattr(row, "searched") else "")
    if kind in ("brief", "smeta", "report"):
        own = row.project.search_text
    return typed in own


@pytest.mark.on_both
@pytest.mark.parametrize("kind", queries.KINDS)
def test_an_account_manager_finds_nothing_of_a_colleagues_client(
    furnished: dict[str, int], cast: Cast, kind: str,
) -> None:
    for typed in ("барсук", "RV-2026-001", "роман", "утро", "т1"):
        assert not [row for row in found(cast, "vera", typed, kind) if row.client_id == cast.rival]


def test_a_client_finds_nothing_at_all(furnished: dict[str, int], cast: Cast) -> None:
    assert found(cast, "irina", "утро") == []


@pytest.mark.parametrize("typed", [
    "TE-2026-014", "te-2026-014", "014", "УТРО", "утро по подписке", "подп утр", "Тёплый Еж подписке", "№ 014",
])  # fmt: skip
def test_a_project_is_found_by_number_and_words_in_any_case(
    furnished: dict[str, int], cast: Cast, typed: str,
) -> None:
    with unit():
        project = db.session.get(KINDS["project"], furnished["hedgehog"])
        project.search_text = f"{project.number} {project.name} Тёплый Ёж"
    assert furnished["hedgehog"] in {row.id for row in found(cast, "vera", typed, "project")}


@pytest.mark.on_both
@pytest.mark.parametrize(("typed", "kind", "count"), [
    ("014/С1", "smeta", 1), ("014/с1", "smeta", 1), ("014/б", "brief", 3), ("Т4", "requirement", 1),
    ("т4 утро", "requirement", 1), ("воблеры", "requirement", 1), ("З-TE-2026-014", "request", 0),
    ("+7 (903) 555", "contact", 1), ("5550123", "contact", 1), ("irina@tyoply", "contact", 1),
    ("ВЕТЛУГИНА", "contact", 1),
    ("тексты подписке", "task", 1), ("подписке", "task", 2), ("100%", "task", 0), ("_", "task", 0),
])  # fmt: skip
def test_numbers_marks_phones_and_words_find_things(
    furnished: dict[str, int], cast: Cast, typed: str, kind: str, count: int,
) -> None:
    assert len(found(cast, "vera", typed, kind)) == count


def test_a_changed_name_is_found_and_the_old_one_is_not(furnished: dict[str, int], cast: Cast) -> None:
    with unit():
        task = db.session.query(KINDS["task"]).filter_by(client_id=cast.hedgehog).first()
        task.title = task.search_text = "Переименовано: Ёлка"
        gone = db.session.query(KINDS["document"]).filter_by(client_id=cast.hedgehog).first()
        gone.title = "Ёлочный договор"
    assert [row.id for row in found(cast, "owner", "елка", "task")] == [task.id]
    assert [row.title for row in found(cast, "owner", "ёлочный", "document")] == ["Ёлочный договор"]
    with unit():
        db.session.delete(gone)
    assert found(cast, "owner", "елочный") == []


def test_rows_inserted_in_bulk_are_found_once_their_words_are_kept(
    furnished: dict[str, int], cast: Cast,
) -> None:
    task = KINDS["task"]
    home = {"project_id": furnished["hedgehog"], "client_id": cast.hedgehog, "department": "creative"}
    with unit():
        row = {**home, "title": "Разом", "search_text": "Разом"}
        row["id"] = db.session.scalar(insert(task).returning(task.id), row)
        finding.keep_all(db.session.connection(), task, [row])
    assert [one.title for one in found(cast, "vera", "РАЗОМ")] == ["Разом"]


def test_everything_is_two_questions(app: Flask, furnished: dict[str, int], cast: Cast) -> None:
    actor = cast.actor("vera")
    with counted(app) as asked:
        queries.find(actor, understand("утро по подписке"), 9)
    assert len(asked) == 2


@pytest.mark.on_both
def test_words_of_very_many_rows_find_the_newest_of_them_and_a_rarer_word_narrows(
    furnished: dict[str, int], cast: Cast, monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(finding, "MANY", 5)
    monkeypatch.setattr(queries, "NEWEST", 4)
    _tasks(cast, furnished, *(f"Плакат {n:02}" for n in range(20)))
    assert [one.title for one in found(cast, "vera", "плакат")] == [f"Плакат {n}" for n in (19, 18, 17, 16)]
    assert [one.title for one in found(cast, "vera", "плак 03")] == ["Плакат 03"]

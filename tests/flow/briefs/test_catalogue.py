"""Brief types: what the files say, and what is refused in them."""

from pathlib import Path

import pytest

from agency.flow.briefs import catalogue
from agency.flow.briefs.catalogue import WrongType
from agency.kit.words import CLIENT, using

COMMON = {"title", "client_brand", "contact", "approver", "background", "deliverables", "success", "deadline", "budget"}
GOOD = """
type = "x"
version = 1
name = { ru = "И", en = "X" }
sections = [{ code = "s", ru = "С", en = "S" }]
fields = [%s]
"""
FIELD = '{ code = "a", kind = "txt", section = "s", ru = "А", en = "A" }'


def test_the_client_brief_asks_everything_a_brief_asks_and_what_only_a_client_knows() -> None:
    client = catalogue.find("client")
    assert {field.code for field in client.fields} >= COMMON | {"business_problem", "kpi", "audience", "period"}
    assert client.department is None
    must = {field.code for field in client.fields if field.must}
    assert must >= COMMON
    assert "insight" not in must


@pytest.mark.parametrize("code", ["creative", "media", "production"])
def test_each_department_asks_what_its_craft_needs(code: str) -> None:
    kind = catalogue.find(code)
    assert kind.department == code
    assert any(field.must for field in kind.fields)


def test_labels_speak_the_languages_of_clients() -> None:
    field = catalogue.find("client").field("deadline")
    assert field is not None
    said = {}
    for language in CLIENT:
        with using(language):
            said[language] = str(field.label)
    assert said == {"ru": "Срок", "en": "Deadline", "cs": "Termín", "pl": "Termin"}


def test_a_type_of_ones_own_speaks_english_where_it_has_no_other_word(tmp_path: Path) -> None:
    (tmp_path / "x.toml").write_text(GOOD % FIELD, "utf-8")
    (kind,) = catalogue.load(tmp_path)
    with using("cs"):
        assert str(kind.fields[0].label) == "A"


def test_an_unknown_type_or_version_is_an_error() -> None:
    with pytest.raises(KeyError):
        catalogue.find("poem")
    with pytest.raises(KeyError):
        catalogue.find("client", 99)


def test_the_newest_version_is_taken_and_the_old_one_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "one.toml").write_text(GOOD % FIELD)
    (tmp_path / "two.toml").write_text((GOOD % FIELD).replace("version = 1", "version = 2"))
    monkeypatch.setattr(catalogue, "FOLDER", tmp_path)
    assert (catalogue.find("x").version, catalogue.find("x", 1).version) == (2, 1)


@pytest.mark.parametrize(("fields", "why"), [
    ('{ code = "a", kind = "poem", section = "s", ru = "А", en = "A" }', "no known kind"),
    ('{ code = "a", kind = "txt", section = "z", ru = "А", en = "A" }', "in no section"),
    ('{ code = "a", kind = "txt", section = "s", ru = "А" }', "not named in every language"),
    ('{ code = "a", kind = "table", section = "s", ru = "А", en = "A" }', "without columns"),
    ('{ code = "a", kind = "one", section = "s", ru = "А", en = "A" }', "without options"),
    ('{ code = "a", kind = "person", section = "s", ru = "А", en = "A" }', "from nowhere"),
    ('{ code = "a", kind = "txt", section = "s", to = ["legal"], ru = "А", en = "A" }', "unknown department"),
    ('{ code = "a", kind = "txt", section = "s", weight = 0, ru = "А", en = "A" }', "weighs nothing"),
    ('{ code = "a", kind = "txt", section = "s", mandatory = true, ru = "А", en = "A" }', "nobody reads"),
    (f"{FIELD}, {FIELD}", "stands twice"),
])
def test_a_type_that_cannot_be_used_is_refused_with_its_reason(tmp_path: Path, fields: str, why: str) -> None:
    (tmp_path / "x.toml").write_text(GOOD % fields)
    with pytest.raises(WrongType, match=why):
        catalogue.load(tmp_path)


@pytest.mark.parametrize("text", ["this is = = no toml", 'type = "x"', (GOOD % FIELD) + 'extends = "nothing"'])
def test_a_file_that_is_no_type_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "x.toml").write_text(text)
    with pytest.raises(WrongType):
        catalogue.load(tmp_path)

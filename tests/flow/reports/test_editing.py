"""What may be written in a report and what stays; no database."""

from datetime import date

import pytest

from agency.flow.reports import editing, face
from agency.kit.states import Refused

COMPUTED = {
    "done": [
        {
            "key": "task:1",
            "text": "Медиаплан,\u00a0v1",
            "department": "media",
            "on": None,
            "hint": "Р. Ольхова",
            "off": False,
        }
    ],
    "moved": [
        {
            "key": "task:2",
            "text": "Съёмка",
            "was": date(2027, 1, 22),
            "becomes": date(2027, 1, 26),
            "reason": "площадка",
        }
    ],
}


def test_the_same_words_as_the_facts_are_no_words_of_ones_own() -> None:
    words = editing.written({}, COMPUTED, "done", "task:1", "text", "Медиаплан готов")
    assert words["lines"]["done"]["task:1"] == {"text": "Медиаплан готов"}
    back = editing.written(words, COMPUTED, "done", "task:1", "text", " Медиаплан,\u00a0v1\n")
    assert back["lines"]["done"]["task:1"] == {}


def test_own_lines_have_days_and_facts_have_none_to_change() -> None:
    words, key = editing.with_own({}, "next")
    words = editing.written(words, COMPUTED, "next", key, "on", "2026-12-22")
    assert words["lines"]["next"][key]["on"] == date(2026, 12, 22)
    for name in ("was", "becomes", "reason", "text", "off"):
        with pytest.raises(Refused):
            editing.written({}, COMPUTED, "moved", "task:2", name, "")
    with pytest.raises(Refused):
        editing.written({}, COMPUTED, "done", "task:9", "text", "нет такой")
    with pytest.raises(Refused):
        editing.with_own({}, "moved")


def test_nothing_of_ours_is_told() -> None:
    line = face.told("done", COMPUTED, {})[0]
    assert set(line) == {"text", "department", "on", "explanation"}
    assert face.told("done", COMPUTED, {"lines": {"done": {"task:1": {"off": True}}}}) == []
    assert [row["text"] for row in face.told("moved", COMPUTED, {"lines": {"moved": {"task:2": {"off": True}}}})] == [
        "Съёмка"
    ]


def test_a_next_report_asks_again_only_what_was_told() -> None:
    words, one = editing.with_own({}, "needed")
    words = editing.written(words, COMPUTED, "needed", one, "text", "Доступ к Метрике")
    words, two = editing.with_own(words, "needed")
    words = editing.written(words, COMPUTED, "needed", two, "text", "Не рассказано")
    words = editing.written(words, COMPUTED, "needed", two, "off", True)
    following = editing.carried(words)
    assert following["own"]["needed"] == [one]
    assert editing.with_own(following, "needed")[1] not in (one, two)

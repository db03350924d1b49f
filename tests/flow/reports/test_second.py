"""Status No. 2 of the case drafts itself: the moved shoot, the warning, what is given for it, amber with its reason."""

from datetime import date

import pytest

from agency.attached.promises import operations as promises
from agency.attached.promises import queries as ledger
from agency.flow.reports import operations, queries
from agency.kit import clock
from agency.kit.states import Refused
from tests.cast import Cast
from tests.flow.reports import second
from tests.flow.reports.second import january


def plain(words: str) -> str:
    """Words with ordinary spaces."""
    return words.replace("\xa0", " ")


@pytest.mark.on_both
def test_status_no_2_of_the_case_is_exact(unit: object, cast: Cast) -> None:
    report = second.second_report(cast)
    face = queries.client_face(report)
    assert (face["n"], face["stage"]["n"], face["stage"]["of"], face["stage"]["name"]) == (2, 5, 7, "Производство")
    assert face["tone_word"] == "есть риск"
    lights = {row["key"]: row for row in face["lights"]}
    assert {key: row["tone"] for key, row in lights.items()} == {
        "timing": "amber", "budget": "amber", "scope": "green", "quality": "green",
    }
    assert plain(lights["timing"]["reason"]) == (
        "«Съёмка ролика»: перенос с 22 января на 26 января, финиш 9 апреля, как планировали"
    )
    assert "2 701 968,16" in plain(lights["budget"]["reason"])
    assert "1 968,16" in plain(lights["budget"]["reason"])
    [moved] = face["moved"]
    assert (moved["text"], moved["was"], moved["becomes"]) == ("Съёмка ролика", date(2027, 1, 22), date(2027, 1, 26))
    assert (moved["reason"], moved["warned_on"], moved["in_time"]) == (second.REASON, date(2027, 1, 19), True)
    # The promise about the shoot is told by the shoot itself, not once more.
    told = [row["text"] for row in face["next"]]
    assert told[0] == "Съёмка ролика"
    assert "Снять ролик" not in told
    [given] = face["offers"]
    assert (given["text"], given["amount"], given["given"]) == ("4 ресайза бесплатно", 1_280_000, False)
    assert face["promise_counts"] == {"kept": 5, "open": 1, "moved": 1, "broken": 0}


def test_what_is_needed_and_the_money_of_status_no_2(unit: object, cast: Cast) -> None:
    face = queries.client_face(second.second_report(cast))
    needed = [(row["by"], plain(row["text"]), plain(row["slips"])) for row in face["needed"]]
    assert [by for by, _text, _slips in needed] == [date(2027, 1, 25), date(2027, 1, 26), date(2027, 2, 1)]
    assert "40 504,00" in needed[1][1]
    assert "2 701 968,16" in needed[1][2] and "1 968,16" in needed[1][2]
    assert "1 064 585,66" in needed[2][1]
    money = face["money"]
    assert (money["agreed"], money["paid"], money["paid_percent"]) == (266_146_416, 106_458_566, 40)
    assert (money["left"], money["overdue"], money["over"]) == (159_687_850, 0, 196_816)
    assert [row["gross"] for row in money["offered"]] == [4_050_400]
    assert money["elapsed"] == {"days": 45, "of": 69, "percent": 65, "until": date(2027, 2, 15)}
    assert [(row["amount"], row["state"], row["paid_on"]) for row in money["payments"]] == [
        (106_458_566, "paid", date(2026, 12, 15)), (106_458_566, "ahead", None), (53_229_284, "ahead", None),
    ]
    assert [row["action"] for row in face["risks"]] == ["бронь на 1 февраля подтверждена"]


@pytest.mark.parametrize("part", ["off", "was", "becomes", "reason", "text"])
def test_a_moved_date_can_only_be_explained(unit: object, cast: Cast, part: str) -> None:
    report = second.second_report(cast)
    [line] = queries.lines_of(report)["moved"]
    with pytest.raises(Refused):
        operations.write(report, {("moved", line["key"], part): True}, by=cast.actor("vera"))
    operations.remove_line(report, "moved", line["key"], by=cast.actor("vera"))
    assert queries.client_face(report)["moved"][0]["explanation"].startswith("Монтаж сокращён")


def test_words_are_edited_and_sums_are_not(unit: object, cast: Cast) -> None:
    report, vera = second.second_report(cast), cast.actor("vera")
    [line] = [row for row in queries.lines_of(report)["needed"] if row["key"].startswith("payment:")]
    with pytest.raises(Refused, match="1064585,66₽"):
        operations.write(report, {("needed", line["key"], "text"): "Оплатить 1 000 000,00 ₽"}, by=vera)
    operations.write(report, {("needed", line["key"], "text"): "Второй платёж, 1 064 585,66 ₽"}, by=vera)
    with pytest.raises(Refused):
        operations.write(report, {("offers", queries.lines_of(report)["offers"][0]["key"], "amount"): 1}, by=vera)


def test_what_is_given_in_return_is_carried_until_it_is_given(unit: object, cast: Cast) -> None:
    report, vera = second.second_report(cast), cast.actor("vera")
    with clock.at(january(1, 22, 16)):
        operations.approve(report, by=vera)
        operations.send(report, by=vera)
    with clock.at(january(1, 29, 10)):
        third = operations.begin(report.project, date(2027, 1, 29), by=vera)
        face = queries.client_face(third)
        assert [row["text"] for row in face["offers"]] == ["4 ресайза бесплатно"]
        assert face["moved"] == []
        [row] = ledger.offered_in(report.project_id)
        promises.give(row, "TE-2026-014/Д1", by=vera)
        operations.refresh(third, by=vera)
        assert queries.client_face(third)["offers"][0]["given"] is True
        operations.approve(third, by=vera)
        operations.send(third, by=vera)
    with clock.at(january(2, 5, 10)):
        assert queries.client_face(operations.begin(report.project, date(2027, 2, 5), by=vera))["offers"] == []

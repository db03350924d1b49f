"""The life of a report: it drafts itself, takes words but no figures, and never changes once it is sealed."""

from datetime import date
from typing import Any

import pytest

from agency.attached.documents import queries as documents
from agency.flow.projects import stages
from agency.flow.reports import operations, queries
from agency.flow.reports.models import Report
from agency.flow.tasks import plans
from agency.kit import clock
from agency.kit.db import db
from agency.kit.policy import Forbidden
from agency.kit.queue import SYSTEM
from agency.kit.states import Refused, WrongState
from agency.kit.words import money
from tests.cast import Cast
from tests.flow.reports import factory
from tests.flow.reports.factory import FRIDAY, at

pytestmark = pytest.mark.usefixtures("unit")


def face(report: Report) -> dict[str, Any]:
    return queries.client_face(report)


def texts(report: Report, section: str) -> list[str]:
    return [line["text"] for line in face(report)[section]]


def test_status_no_1_of_the_case_drafts_itself_on_plan(cast: Cast) -> None:
    report = factory.first_report(cast)
    shown = face(report)
    print(shown["verdict"], shown["lights"])
    assert (shown["n"], shown["tone"], shown["tone_word"]) == (1, "green", "по плану")
    assert {lamp["key"]: lamp["tone"] for lamp in shown["lights"]} == dict.fromkeys(
        ("timing", "budget", "scope", "quality"),
        "green",
    )
    assert (shown["stage"]["n"], shown["stage"]["of"], shown["stage"]["name"]) == (3, 7, "Концепция")
    assert shown["money"]["agreed"] == 266_146_416
    assert shown["money"]["paid"] == 106_458_566
    assert shown["money"]["left"] == 266_146_416 - 106_458_566
    assert money(shown["money"]["paid"], "RUB") == "1\u00a0064\u00a0585,66\u00a0₽"
    assert [ask["by"] for ask in shown["needed"]] == [date(2026, 12, 21), date(2026, 12, 22), date(2026, 12, 25)]
    assert "Показали 2 маршрута" in texts(report, "done")
    assert [promise["state"] for promise in shown["promises"]] == ["kept"]
    assert (shown["manager"]["name"], shown["deputy"]["name"]) == ("Вера Лапина", "Олег Сомов")
    assert shown["next_on"] == date(2026, 12, 25)
    assert shown["verdict"].startswith("По плану: этап 3 из 7, «Концепция».")
    assert "21\u00a0декабря" in shown["verdict"]
    assert any("дни до" in line or "Каникулы" in line for line in texts(report, "next")), texts(report, "next")


def test_what_was_written_survives_new_facts_and_figures_cannot_be_written(cast: Cast) -> None:
    report = factory.first_report(cast)
    vera = cast.actor("vera")
    operations.say(report, "Концепция готова, ждём ваш выбор.", by=vera)
    with clock.at(at(12, 18, 16)):
        script = factory.task_of(report.project, "Сценарий ролика 15 с")
        script.state, script.done_at = "done", clock.now()
        operations.refresh(report, by=vera)
    assert "Сценарий ролика 15 с" in texts(report, "done")
    assert "Показали 2 маршрута" in texts(report, "done")
    assert "Выбрать маршрут" in texts(report, "needed")
    assert face(report)["verdict"] == "Концепция готова, ждём ваш выбор."
    key = next(line["key"] for line in queries.lines_of(report)["next"] if line["key"].startswith("task"))
    with pytest.raises(Refused, match="факт"):
        operations.write(report, {("next", key, "on"): date(2027, 1, 1)}, by=vera)
    with pytest.raises(Refused):
        operations.write(report, {("money", "agreed", "text"): "0"}, by=vera)
    operations.write(report, {("next", key, "off"): True}, by=vera)
    assert key not in [line["key"] for line in queries.lines_of(report)["next"] if not line["off"]]


def test_a_moved_date_cannot_be_left_out_only_explained(cast: Cast) -> None:
    project, vera = factory.worked(cast), cast.actor("vera")
    with clock.at(at(12, 16)):
        stages.move(project.stages[2], date(2026, 12, 24), "клиент смотрит дольше", by=vera)
        stages.move(project.stages[2], date(2026, 12, 25), "площадка отменила бронь", by=vera)
        plans.move_due(factory.task_of(project, "Ключевой визуал"), date(2026, 12, 28), vera, "ждём маршрут")
    report = factory.first_report(cast, project)
    moved = {line["text"]: (line["was"], line["becomes"], line["reason"]) for line in face(report)["moved"]}
    assert moved == {
        "Этап «Концепция»": (date(2026, 12, 22), date(2026, 12, 25), "площадка отменила бронь"),
        "Ключевой визуал": (date(2026, 12, 25), date(2026, 12, 28), "ждём маршрут"),
    }
    line = queries.lines_of(report)["moved"][0]
    with pytest.raises(Refused, match="Объясните"):
        operations.write(report, {("moved", line["key"], "off"): True}, by=vera)
    with pytest.raises(Refused):
        operations.write(report, {("moved", line["key"], "text"): ""}, by=vera)
    operations.write(report, {("moved", line["key"], "explanation"): "Старт 15 февраля держим."}, by=vera)
    assert "Старт 15 февраля держим." in [row["explanation"] for row in face(report)["moved"]]
    assert face(report)["tone"] == "amber"


def test_a_light_is_worsened_at_will_and_improved_only_with_a_comment(cast: Cast) -> None:
    project, vera = factory.worked(cast), cast.actor("vera")
    with clock.at(at(12, 16)):
        stages.move(project.stages[2], date(2026, 12, 24), "клиент смотрит дольше", by=vera)
    report = factory.first_report(cast, project)
    operations.judge(report, "quality", "red", by=vera)
    assert face(report)["tone"] == "red"
    operations.judge(report, "quality", "green", by=vera)
    with pytest.raises(Refused) as refused:
        operations.judge(report, "timing", "green", by=vera)
    assert refused.value.field == "lights/timing/comment"
    assert face(report)["tone"] == "amber"
    operations.judge(report, "timing", "green", "Запас в графике дизайна два дня", by=vera)
    timing = next(lamp for lamp in face(report)["lights"] if lamp["key"] == "timing")
    assert (timing["tone"], timing["comment"]) == ("green", "Запас в графике дизайна два дня")
    with clock.at(at(12, 18, 16)):
        operations.refresh(report, by=vera)
    assert face(report)["tone"] == "green"


def test_a_red_report_is_approved_by_the_director_alone(cast: Cast) -> None:
    report = factory.first_report(cast)
    operations.judge(report, "scope", "red", "Спорим о правках", by=cast.actor("vera"))
    with pytest.raises(Refused, match="директор"):
        operations.approve(report, by=cast.actor("vera"))
    assert (report.state, report.n) == ("draft", None)
    operations.approve(report, by=cast.actor("owner"))
    assert (report.state, report.n) == ("approved", 1)


def test_approval_numbers_seals_and_asks_for_the_paper(cast: Cast) -> None:
    report, vera = factory.first_report(cast), cast.actor("vera")
    operations.approve(report, by=vera)
    paper = documents.latest(report, "report", "client")
    assert paper is not None
    assert (paper.audience, paper.language, paper.subject_version) == ("client", "ru", 1)
    assert len(report.content_hash) == 64
    with pytest.raises(WrongState):
        operations.discard(report, by=vera)
    operations.send(report, by=vera)
    assert report.state == "sent"
    assert [reader["email"] for reader in report.recipients] == [
        "irina@tyoply-yozh.example",
        "timur@tyoply-yozh.example",
    ]


def test_numbers_follow_each_other_without_gaps_and_one_report_is_open_at_a_time(cast: Cast) -> None:
    project, vera = factory.worked(cast), cast.actor("vera")
    with clock.at(at(12, 18, 15)):
        first = operations.begin(project, FRIDAY, by=vera)
        assert operations.begin(project, FRIDAY, by=vera) is first
        operations.discard(first, by=vera)
        second = operations.begin(project, FRIDAY, by=SYSTEM)
        assert second.id != first.id
        assert second.author_id == cast.persons["vera"]
        operations.approve(second, by=vera)
        operations.send(second, by=vera)
    with clock.at(at(12, 25, 15)):
        third = operations.begin(project, date(2026, 12, 25), by=vera)
        operations.approve(third, by=vera)
    assert (second.n, third.n) == (1, 2)
    assert (third.from_on, third.until_on) == (date(2026, 12, 19), date(2026, 12, 25))


def test_a_next_report_tells_only_what_is_new_and_asks_again_what_nobody_answered(cast: Cast) -> None:
    report, vera = factory.first_report(cast), cast.actor("vera")
    with clock.at(at(12, 18, 16)):
        operations.approve(report, by=vera)
        operations.send(report, by=vera)
    with clock.at(at(12, 25, 15)):
        following = operations.begin(report.project, date(2026, 12, 25), by=vera)
    assert texts(following, "done") == []
    assert "Выбрать маршрут" in texts(following, "needed")
    assert face(following)["promises"] == []
    timing = next(lamp for lamp in face(following)["lights"] if lamp["key"] == "timing")
    assert timing["tone"] == "amber"
    assert "опоздал" in timing["reason"] or "опаздыва" in timing["reason"], timing


def test_an_early_draft_is_brought_up_to_the_day_it_is_for(cast: Cast) -> None:
    project, vera = factory.worked(cast), cast.actor("vera")
    with clock.at(at(12, 17)):
        report = operations.begin(project, date(2026, 12, 17), by=vera)
    with clock.at(at(12, 18, 15)):
        assert operations.begin(project, FRIDAY, by=vera) is report
    assert report.until_on == FRIDAY


def test_a_stranger_and_a_specialist_write_no_reports(cast: Cast) -> None:
    project = factory.worked(cast)
    for name in ("oleg", "copywriter", "irina", "head_creative", "finance"):
        if name == "oleg":
            project.deputy_id = None
            db.session.flush()
        with pytest.raises(Forbidden):
            operations.begin(project, FRIDAY, by=cast.actor(name))


def test_nobody_to_read_it_stops_the_sending(cast: Cast) -> None:
    report, vera = factory.first_report(cast), cast.actor("vera")
    operations.address(report, [], by=vera)
    operations.approve(report, by=vera)
    with pytest.raises(Refused, match="получает"):
        operations.send(report, by=vera)


def test_offered_additions_above_the_budget_turn_the_budget_amber(cast: Cast) -> None:
    report = factory.first_report(cast, factory.worked(cast))
    report.project.budget = 266_000_000
    with clock.at(at(12, 18, 16)):
        operations.refresh(report, by=cast.actor("vera"))
    budget = next(lamp for lamp in face(report)["lights"] if lamp["key"] == "budget")
    assert budget["tone"] == "amber"
    assert "1\u00a0464,16" in budget["reason"]

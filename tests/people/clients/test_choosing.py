"""Suggestions of clients: those one may see, by any part of the name or by the code, never more than a glance."""

import re
from collections.abc import Callable

import pytest
from flask import Flask

from agency.kit.db import unit
from agency.people.clients import choosing
from tests.cast import Cast
from tests.pages import Visitor
from tests.people.clients import crowd
from tests.queries import counted

As = Callable[[str | None], Visitor]
WORDS = re.compile(r'data-words="([^"]*)"')


def offered(visitor: Visitor, text: str) -> list[str]:
    return WORDS.findall(visitor.get("/clients/suggestions", query_string={"q": text}).text)


@pytest.mark.on_both
def test_every_client_is_found_by_a_part_of_the_name_or_the_code(app: Flask, as_: As, cast: Cast) -> None:
    crowd.sixty(app, cast)
    with app.app_context(), unit():
        crowd.add(cast, "Мы любим YM", "LYM")
    owner = as_("owner")
    for text in ("ярослав", "МЕЛЬНИЦА", "мельница яросл", "  Ярославская   мельница, YM", "zhjckfd"):
        assert offered(owner, text) == ["Ярославская мельница, YM"], text
    assert offered(owner, "ym") == ["Ярославская мельница, YM", "Мы любим YM, LYM"]
    assert offered(owner, "теплый еж") == ["Тёплый Ёж, TE"]
    assert offered(owner, "%") == offered(owner, "нет такого") == []


@pytest.mark.on_both
def test_there_are_never_more_than_a_glance_takes_in_and_it_is_said(app: Flask, as_: As, cast: Cast) -> None:
    crowd.sixty(app, cast)
    owner = as_("owner")
    assert offered(owner, "пекарня") == [f"Пекарня {n:02}, PK{n:02}" for n in range(choosing.MOST)]
    assert "Есть и другие" in owner.get("/clients/suggestions?q=пекарня").text
    assert "Есть и другие" not in owner.get("/clients/suggestions?q=ярослав").text
    assert "Ничего" in owner.get("/clients/suggestions?q=нет-такого").text
    assert len(offered(owner, "")) == choosing.MOST


def test_whose_name_begins_so_comes_before_whose_name_holds_it(app: Flask, as_: As, cast: Cast) -> None:
    with app.app_context(), unit():
        crowd.add(cast, "Агентство «Рога»", "AR")
        crowd.add(cast, "Рога и копыта", "RK")
    assert offered(as_("owner"), "рога") == ["Рога и копыта, RK", "Агентство «Рога», AR"]


def test_only_clients_one_may_see_are_suggested(app: Flask, as_: As, cast: Cast) -> None:
    crowd.sixty(app, cast)
    assert offered(as_("vera"), "ярослав") == offered(as_("vera"), "барсук") == []
    assert offered(as_("vera"), "") == ["Тёплый Ёж, TE"]
    assert offered(as_("oleg"), "ярослав") == ["Ярославская мельница, YM"]
    as_("designer").get("/clients/suggestions?q=е", status=403)
    as_("irina").get("/clients/suggestions?q=е", status=404)
    as_(None).get("/clients/suggestions?q=е", status=302)


def test_a_suggestion_never_becomes_markup(app: Flask, as_: As, cast: Cast) -> None:
    with app.app_context(), unit():
        crowd.add(cast, '<b>"Жирный"</b>', "BB")
    shown = as_("owner").get("/clients/suggestions?q=жирный").text
    assert "<b>" not in shown
    assert 'data-words="&lt;b&gt;&#34;Жирный&#34;&lt;/b&gt;, BB"' in shown


def test_what_is_asked_stays_one_question_however_many_clients(app: Flask, as_: As, cast: Cast) -> None:
    owner = as_("owner")
    with counted(app) as few:
        offered(owner, "е")
    crowd.sixty(app, cast)
    with counted(app) as many:
        offered(owner, "е")
    assert len(many) == len(few) <= 12


@pytest.mark.on_both
def test_exact_words_mean_one_client_and_a_code_tells_namesakes_apart(app: Flask, cast: Cast) -> None:
    with app.app_context(), unit():
        first, second = crowd.add(cast, "Ёлка", "EL"), crowd.add(cast, "Елка", "ELK")
        named, coded = crowd.add(cast, "XY", "QQ"), crowd.add(cast, "Рога", "XY")
        owner = cast.actor("owner")

        def ids(words: str) -> list[int]:
            return sorted(one.id for one in choosing.called(owner, words))

        assert ids("ЕЛКА") == sorted([first, second])
        assert ids("ёлка, el") == [first]
        assert ids("Елка,ELK") == ids(" elk ") == [second]
        assert ids("xy") == sorted([named, coded])
        assert ids("XY, QQ") == [named]
        assert ids("Рога, XY") == [coded]
        assert ids("Рога, QQ") == ids("Ёл") == ids("") == ids(",") == []
        assert choosing.called(cast.actor("vera"), "Ёлка, EL") == []

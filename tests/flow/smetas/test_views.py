"""The agency's own pages of a smeta: the grid, its saving, its steps."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event, select

from agency.flow.smetas import editing, queries
from agency.flow.smetas.models import Smeta
from agency.kit.db import db, unit
from agency.kit.journal import Fact
from tests.cast import Cast
from tests.flow.smetas import factory
from tests.flow.smetas.typing import form
from tests.pages import Visitor

As = Callable[[str | None], Visitor]
NBSP = "\u00a0"


def made(app: Flask, make: Callable[[], Smeta]) -> int:
    with app.app_context(), unit():
        return make().id


@pytest.fixture
def draft(app: Flask, cast: Cast) -> int:
    return made(app, lambda: factory.first(factory.project(cast), cast.actor("vera")))


def now(app: Flask, id: int, look: Callable[[Smeta], Any]) -> Any:
    with app.app_context():
        db.session.rollback()
        smeta = queries.get_whole(id)
        assert smeta is not None
        return look(smeta)


def line_named(app: Flask, id: int, title: str) -> int:
    return now(app, id, lambda smeta: next(line.id for line in smeta.lines if line.title == title))


def test_the_pages_of_a_draft_open_for_those_who_work_with_it(app: Flask, draft: int, as_: As) -> None:
    for name in ("vera", "owner", "head_creative"):
        as_(name).get(f"/smetas/{draft}/edit")
    for address in (f"/smetas/{draft}", "/smetas/", f"/smetas/{draft}/client", f"/smetas/{draft}/evidence"):
        as_("vera").get(address)
    as_("finance").get(f"/smetas/{draft}")
    as_("copywriter").get(f"/smetas/{draft}", status=404)
    as_("oleg").get(f"/smetas/{draft}", status=404)
    as_("irina").get(f"/smetas/{draft}", status=404)


def test_a_client_never_enters_our_own_pages(app: Flask, cast: Cast, as_: As) -> None:
    id = made(app, lambda: factory.sent(cast))
    for address in (f"/smetas/{id}", "/smetas/", f"/smetas/{id}/client", f"/smetas/{id}/evidence"):
        assert as_("irina").client.get(address).status_code in (403, 404)


def test_counting_before_the_brief_says_enough_takes_a_reason(app: Flask, cast: Cast, as_: As) -> None:
    vera = as_("vera")
    with app.app_context(), unit():
        project_id = factory.project(cast, brief="").id
    asked = vera.post(f"/smetas/projects/{project_id}", {"reason": " "}, status=422).text
    assert "В брифе пока мало, чтобы считать" in asked
    assert "Оценка брифа: 0 из 100" in asked
    begun = vera.post(f"/smetas/projects/{project_id}", {"reason": "Клиент торопится"})
    with app.app_context():
        told = db.session.scalars(select(Fact).where(Fact.verb == "smeta.begun_early")).one()
        assert begun.headers["Location"] == f"/smetas/{told.subject_id}/edit"
        assert told.details["reason"] == "Клиент торопится"


def test_the_case_is_played_through_the_pages(app: Flask, cast: Cast, as_: As) -> None:
    vera = as_("vera")
    with app.app_context(), unit():
        project_id = factory.project(cast).id
    begun = vera.post(f"/smetas/projects/{project_id}", {"reason": "Клиент торопится"})
    address = begun.headers["Location"]
    id = int(address.split("/")[2])
    for row in factory.rows(with_discounts=True):
        vera.post(address, form(vera, address, do=f"add:{row['department']}"))
        line = now(app, id, lambda smeta: max(smeta.lines, key=lambda each: each.ordinal).id)
        typed = {
            "title": row["title"], "unit": row["unit"], "quantity": str(row["quantity"]), "price": str(row["price"]),
            "cost": str(row["cost"]), "discount": str(row["discount_percent"]).replace(".", ","), "marks": "",
        }
        vera.post(address, form(vera, address) | {f"line-{line}-{name}": value for name, value in typed.items()})
        if row["kind"] != "own":
            page = f"/smetas/{id}/lines/{line}"
            fields = form_of_line(vera, page) | {"kind": row["kind"]}
            fields.pop("is_discountable")
            vera.post(page, fields | ({"is_commissionable": "y"} if row["is_commissionable"] else {}))
    terms = {"discount_percent": "5", "commission_percent": "10", "pay-1-share": "40", "pay-2-share": "40",
             "pay-2-how": "percent"}
    vera.post(address, form(vera, address, do="pay:more"))
    vera.post(address, form(vera, address, **terms, **{"pay-3-how": "rest"}))
    assert now(app, id, lambda smeta: (smeta.gross, smeta.net, smeta.cost)) == (266_146_416, 218_152_800, 153_840_000)
    amounts = now(app, id, lambda smeta: [row.amount for row in smeta.payments])
    assert amounts == [106_458_566, 106_458_566, 53_229_284]
    shown = vera.get(f"/smetas/{id}").text.replace(NBSP, " ")
    assert "2 661 464,16 ₽" in shown
    vera.post(f"/smetas/{id}/sending")
    assert now(app, id, lambda smeta: smeta.state) == "sent"
    vera.get(f"/smetas/{id}")


def form_of_line(visitor: Visitor, page: str) -> dict[str, str]:
    from tests import markup
    from tests.flow.smetas.typing import has_value, value

    tree = markup.parse(visitor.get(page).text)
    found = next(each for each in tree.iter("form") if "/lines/" in (each.get("action") or ""))
    return {
        each.get("name"): value(each) or ("y" if each.get("type") == "checkbox" else "")
        for each in found.iter() if each.get("name") and has_value(each)
    }


@pytest.mark.parametrize(("cell", "typed", "said"), [
    ("quantity", "1,2,3", "запятых"), ("quantity", "-", "не число"), ("price", "1e9", "не число"),
    ("price", "NaN", "не число"), ("quantity", "", "число"), ("discount", "120", "от 0 до 100"),
    ("price", "99999999999", "от 0 до"), ("quantity", "-3", "от 0"), ("marks", "Т99", "Требования 99"),
    ("cost", "двенадцать", "не число"), ("quantity", "1,23456", "знаков после запятой"), ("title", "я" * 301, "знаков"),
])
def test_an_unclear_cell_gets_a_sentence_and_keeps_what_was_typed(
    app: Flask, draft: int, as_: As, cell: str, typed: str, said: str,
) -> None:
    vera = as_("vera")
    address, line = f"/smetas/{draft}/edit", line_named(app, draft, "Ключевой визуал")
    sent = form(vera, address, **{f"line-{line}-{cell}": typed, f"line-{line}-unit": "дни"})
    answer = vera.post(address, sent, status=422)
    assert said in answer.text.replace(NBSP, " ")
    assert f'id="line-{line}-{cell}-error"' in answer.text
    assert f'value="{typed}"' in answer.text
    assert 'value="дни"' in answer.text
    assert now(app, draft, lambda smeta: smeta.gross) == 274_368_240
    quiet = vera.post(address, sent, status=422, headers={"X-Autosave": "1"})
    assert quiet.json["field"] == f"line-{line}-{cell}"


def test_totals_follow_the_typing_and_nothing_is_written(app: Flask, draft: int, as_: As) -> None:
    vera = as_("vera")
    line = line_named(app, draft, "Ключевой визуал")
    before = now(app, draft, lambda smeta: smeta.version)
    sent = form(vera, f"/smetas/{draft}/edit", **{f"line-{line}-quantity": "2:20", "discount_percent": "5"})
    answer = vera.post(f"/smetas/{draft}/totals", sent, status=200).text.replace(NBSP, " ")
    assert f'id="sum-{line}">9 100<' in answer
    assert 'id="t-gross"' in answer
    assert "Маржа" not in answer or "<input" not in answer
    assert now(app, draft, lambda smeta: (smeta.version, smeta.gross)) == (before, 274_368_240)


def test_whoever_counts_sees_while_typing_whether_it_fits_the_clients_budget(app: Flask, draft: int, as_: As) -> None:
    with app.app_context(), unit():
        queries.get_whole(draft).project.budget = 270_000_000  # type: ignore[union-attr]
    vera = as_("vera")
    address = f"/smetas/{draft}/edit"
    assert "на 43 682,40 ₽ больше бюджета клиента" in vera.get(address).text.replace(NBSP, " ")
    typed = form(vera, address, discount_percent="5")
    answer = vera.post(f"/smetas/{draft}/totals", typed, status=200).text.replace(NBSP, " ")
    assert "в бюджете клиента, 2 700 000 ₽" in answer
    assert "бюджета клиента" not in vera.get(f"/smetas/{draft}/client").text


def test_autosave_answers_with_the_new_version_and_a_clash_shows_both(app: Flask, draft: int, as_: As) -> None:
    vera, owner = as_("vera"), as_("owner")
    address, line = f"/smetas/{draft}/edit", line_named(app, draft, "Ключевой визуал")
    mine = form(vera, address, **{f"line-{line}-price": "4 100"})
    theirs = form(owner, address, **{f"line-{line}-price": "5 000"})
    saved = owner.post(address, theirs, status=200, headers={"X-Autosave": "1"}).json
    assert saved["version"] == now(app, draft, lambda smeta: smeta.version)
    clash = vera.post(address, mine, status=409, headers={"X-Autosave": "1"}).text
    assert "4 100" in clash
    assert "5 000" in clash.replace(NBSP, " ")
    assert f'data-version="{saved["version"]}"' in clash
    page = vera.post(address, mine, status=409).text
    assert 'value="4 100"' in page
    kept = vera.post(address, mine | {"version": str(saved["version"])}, status=200, headers={"X-Autosave": "1"})
    assert kept.json["version"] > saved["version"]
    assert now(app, draft, lambda smeta: next(row.price for row in smeta.lines if row.id == line)) == Decimal(4100)


def test_two_who_write_in_different_lines_do_not_meet_and_see_each_others_words(
    app: Flask, draft: int, as_: As,
) -> None:
    vera, head, quiet = as_("vera"), as_("head_creative"), {"X-Autosave": "1"}
    address, visual = f"/smetas/{draft}/edit", line_named(app, draft, "Ключевой визуал")
    banners = line_named(app, draft, "Адаптация баннеров")
    price, count = f"line-{visual}-price", f"line-{banners}-quantity"
    mine, theirs = form(vera, address), form(head, address)
    head.post(address, theirs | {count: "21", "changed": count, f"was-{count}": "18"}, status=200, headers=quiet)
    changes = {price: "4 100", "changed": price, f"was-{price}": mine[price]}
    saved = vera.post(address, mine | changes, status=200, headers=quiet).json
    assert saved["stands"][count] == "21"
    assert now(app, draft, lambda smeta: {line.id: line.quantity for line in smeta.lines}[banners]) == 21
    met = {count: "24", "changed": count, f"was-{count}": "18"}
    assert "21" in vera.post(address, mine | met, status=409, headers=quiet).text


def test_terms_and_payments_typed_alone_are_kept_and_leave_each_other_alone(app: Flask, draft: int, as_: As) -> None:
    vera, quiet, address = as_("vera"), {"X-Autosave": "1"}, f"/smetas/{draft}/edit"
    for name, value in (("pay-1-share", "30"), ("pay-2-share", "50"), ("discount_percent", "5")):
        changed = {name: value, "changed": name}
        vera.post(address, form(vera, address) | changed, status=200, headers=quiet)
    shares = now(app, draft, lambda smeta: [row.percent for row in smeta.payments])
    assert shares == [30, 50, 20]
    assert now(app, draft, lambda smeta: smeta.discount_percent) == 5


def test_a_page_that_does_not_show_anothers_terms_cannot_write_over_them(app: Flask, draft: int, as_: As) -> None:
    vera, owner, quiet = as_("vera"), as_("owner"), {"X-Autosave": "1"}
    address, line = f"/smetas/{draft}/edit", line_named(app, draft, "Ключевой визуал")
    mine, price = form(vera, address), f"line-{line}-price"
    owner.post(address, form(owner, address, discount_percent="5"))
    typed = {price: "4 100", "changed": price, f"was-{price}": mine[price]}
    saved = vera.post(address, mine | typed, status=200, headers=quiet)
    assert saved.json["version"] == mine["version"]
    vera.post(address, mine | {price: "4 100"}, status=409)
    assert now(app, draft, lambda smeta: smeta.discount_percent) == 5


def test_an_old_form_that_changes_nothing_is_no_clash(app: Flask, draft: int, as_: As) -> None:
    vera = as_("vera")
    address = f"/smetas/{draft}/edit"
    old = form(vera, address)
    vera.post(address, form(vera, address), status=303)
    vera.post(address, old, status=303)


def test_rows_are_added_copied_moved_and_removed_without_losing_a_word(app: Flask, draft: int, as_: As) -> None:
    vera = as_("vera")
    address = f"/smetas/{draft}/edit"
    line = line_named(app, draft, "Слоган и названия тарифов")
    typed = {f"line-{line}-title": "Слоган"}
    vera.post(address, form(vera, address, do="add:media", **{"item-media": "seo_audit"}, **typed))
    vera.post(address, form(vera, address, do=f"copy:{line}"))
    vera.post(address, form(vera, address, do=f"up:{line}"))
    vera.post(address, form(vera, address, do=f"remove:{line_named(app, draft, 'Ключевой визуал')}"))
    titles = now(app, draft, lambda smeta: [
        each.title for each in sorted(smeta.lines, key=lambda each: each.ordinal) if each.department == "creative"
    ])
    assert titles[:3] == ["Слоган", "Креативная концепция, 2 маршрута", "Слоган"]
    assert "Ключевой визуал" not in titles
    audit = now(app, draft, lambda smeta: next(each for each in smeta.lines if each.title == "SEO-аудит"))
    assert (audit.price, audit.unit, audit.department) == (Decimal(90_000), "пакет", "media")


def test_rows_dragged_by_keyboard_keep_their_new_places(app: Flask, draft: int, as_: As) -> None:
    vera = as_("vera")
    address = f"/smetas/{draft}/edit"
    first, second = (line_named(app, draft, name) for name in ("Медиапланирование", "Настройка контекстной рекламы"))
    vera.post(address, form(vera, address, **{f"line-{first}-place": "2", f"line-{second}-place": "1"}))
    order = now(app, draft, lambda smeta: {each.id: each.ordinal for each in smeta.lines})
    assert order[second] < order[first]


def test_a_head_types_into_the_own_department_alone(app: Flask, draft: int, as_: As) -> None:
    head, address = as_("head_creative"), f"/smetas/{draft}/edit"
    own, other = (line_named(app, draft, name) for name in ("Ключевой визуал", "Медиапланирование"))
    fields = form(head, address)
    assert f"line-{own}-price" in fields
    assert f"line-{other}-price" not in fields
    assert "discount_percent" not in fields
    forged = fields | {f"line-{own}-quantity": "30", f"line-{other}-quantity": "99", f"line-{other}-title": "x",
                       f"line-{other}-price": "1", "discount_percent": "50"}
    head.post(address, forged)
    found = now(app, draft, lambda smeta: ({each.id: each.quantity for each in smeta.lines}, smeta.discount_percent))
    assert (found[0][own], found[0][other], found[1]) == (30, 16, 0)
    newest = str(now(app, draft, lambda smeta: smeta.version))
    head.post(address, fields | {"do": f"remove:{other}", "version": newest}, status=403)
    head.post(f"/smetas/{draft}/lines/{other}", {}, status=403)
    head.post(f"/smetas/{draft}/sending", {}, status=403)


def test_a_head_sees_no_margin_of_the_whole(app: Flask, draft: int, as_: As) -> None:
    page = as_("head_creative").get(f"/smetas/{draft}/edit").text
    assert "Только для своих" not in page
    assert "538 400" not in page.replace(NBSP, " ")


def test_a_smeta_of_five_hundred_lines_takes_as_many_questions_as_one_of_nineteen(
    app: Flask, cast: Cast, as_: As, draft: int,
) -> None:
    def big() -> Smeta:
        smeta = factory.first(factory.project(cast), cast.actor("vera"))
        row = {name: value for name, value in factory.rows(False)[3].items() if name != "department"}
        for n in range(481):
            editing.add_line(smeta, ("creative", "media", "production")[n % 3], by=cast.actor("vera"), **row)
        editing.recount(smeta, by=cast.actor("vera"))
        return smeta

    whole = made(app, big)
    vera = as_("vera")

    def asked(id: int) -> int:
        count = 0

        def heard(*_: Any) -> None:
            nonlocal count
            count += 1

        with app.app_context():
            event.listen(db.engine, "before_cursor_execute", heard)
            try:
                vera.get(f"/smetas/{id}/edit")
            finally:
                event.remove(db.engine, "before_cursor_execute", heard)
        return count

    small, large = asked(draft), asked(whole)
    assert large <= small + 1, (small, large)
    address = f"/smetas/{whole}/edit"
    vera.post(f"/smetas/{whole}/totals", form(vera, address, discount_percent="3"), status=200)
    vera.post(address, form(vera, address, discount_percent="3"))


def test_a_refused_step_says_what_is_missing_and_where(app: Flask, cast: Cast, as_: As) -> None:
    vera = as_("vera")
    id = made(app, lambda: factory.first(factory.project(cast, brief=""), cast.actor("vera")))
    answer = vera.post(f"/smetas/{id}/sending", {}, status=422)
    assert "without_brief" in answer.text
    vera.post(f"/smetas/{id}/sending", {"without_brief": "Клиент согласовал устно"})
    vera.post(f"/smetas/{id}/withdrawal")
    again = vera.post(f"/smetas/{id}/versions")
    vera.get(again.headers["Location"])


def test_the_second_look_goes_through_the_pages(app: Flask, draft: int, as_: As) -> None:
    vera, owner = as_("vera"), as_("owner")
    with app.app_context(), unit():
        queries.get_whole(draft).discount_percent = Decimal(20)
    vera.post(f"/smetas/{draft}/submission")
    vera.get(f"/smetas/{draft}")
    asked = owner.get(f"/smetas/{draft}").text.partition("Смета ждёт директора")[2][:1500]
    assert "предел" in asked
    assert "Разрешить отправку" in asked
    owner.post(f"/smetas/{draft}/return", {"reason": ""}, status=422)
    owner.post(f"/smetas/{draft}/return", {"reason": "проверьте медиа"})
    vera.post(f"/smetas/{draft}/submission")
    owner.post(f"/smetas/{draft}/clearance")
    vera.post(f"/smetas/{draft}/sending", {})
    assert now(app, draft, lambda smeta: smeta.state) == "sent"

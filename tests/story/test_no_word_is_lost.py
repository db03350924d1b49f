"""A lost connection, a press too early or two writers at once: no word typed into brief or smeta is lost."""

import re
from collections.abc import Iterator
from decimal import Decimal

import pytest
from playwright.sync_api import Browser, Page, expect

from agency.flow.smetas import operations as smetas
from agency.kit.db import db, unit
from tests import cast as players
from tests.flow.briefs import cases
from tests.story.office import Office, until
from tests.story.people import come_in, posts, press
from tests.story.windows import Window

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]
STATE = "[data-save-state]"
# A figure is typed and left, and the step is pressed before the page has had a moment to save.
AT_ONCE = """([name, value]) => {
    const field = document.querySelector(name);
    field.value = value;
    for (const type of ['input', 'change']) field.dispatchEvent(new Event(type, { bubbles: true }));
    field.form.requestSubmit(document.querySelector('button[name="do"][value="show"]'));
}"""
WORDS = "Утренний трафик пекарен −9 % за год, и это написано без связи"


def _fill() -> dict[str, int]:
    with unit():
        cast = players.assemble()
        vera = cast.actor("vera")
        brief = cases.a_draft(cast)
        leaving = cases.a_draft(cast, number="TE-2026-015")
        row = {"department": "creative", "title": "Баннеры", "unit": "шт", "quantity": Decimal(18)}
        smeta = smetas.create_from_rows(brief.project, [{**row, "price": Decimal(3200)}], by=vera)
        db.session.flush()
        return {"brief": brief.id, "leaving": leaving.id, "smeta": smeta.id, "line": smeta.lines[0].id}


@pytest.fixture(scope="module")
def office() -> Iterator[Office]:
    """An agency with a brief and a smeta in the making."""
    with Office(_fill) as office:
        office.start("serve")
        yield office


@pytest.fixture
def vera(office: Office, browser: Browser) -> Iterator[Window]:
    """Vera at her desk."""
    window = Window(browser, office.settings.url)
    come_in(window, "vera@agency.example")
    yield window
    window.close()


def _cut(window: Window) -> None:
    window.context.set_offline(True)
    window.page.wait_for_function("() => !navigator.onLine")


def _mend(window: Window) -> None:
    window.context.set_offline(False)


def _answer(office: Office, key: str) -> str:
    brief = office.filled["brief"]
    return str(office.one(f"SELECT value FROM brief_parts WHERE brief_id = {brief} AND key = '{key}'"))


def test_words_typed_into_a_brief_without_a_line_are_kept_and_sent_later(office: Office, vera: Window) -> None:
    page = vera.go(f"/briefs/{office.filled['brief']}/edit")
    _cut(vera)
    page.fill("#business_problem-value", WORDS)
    expect(page.locator(STATE).first).to_have_attribute("data-save-state", "offline")
    assert WORDS not in _answer(office, "business_problem")
    _mend(vera)
    until("the words are kept", lambda: WORDS in _answer(office, "business_problem"))
    expect(page.locator(STATE).first).to_have_attribute("data-save-state", "saved")


def test_words_typed_into_a_brief_survive_a_page_that_was_left_without_a_line(office: Office, vera: Window) -> None:
    page = vera.go(f"/briefs/{office.filled['brief']}/edit")
    _cut(vera)
    page.fill("#success-value", "Ни одно слово не пропало")
    expect(page.locator(STATE).first).to_have_attribute("data-save-state", "offline")
    page.on("dialog", lambda dialog: dialog.accept())
    page.goto("about:blank")
    _mend(vera)
    page.goto(f"/briefs/{office.filled['brief']}/edit")
    expect(page.locator("#success-value")).to_have_value("Ни одно слово не пропало")
    until("the words are kept", lambda: "Ни одно слово не пропало" in _answer(office, "success"))


def test_figures_typed_into_a_smeta_without_a_line_are_kept_and_sent_later(office: Office, vera: Window) -> None:
    page = vera.go(f"/smetas/{office.filled['smeta']}/edit")
    line = office.filled["line"]
    _cut(vera)
    page.fill(f"#line-{line}-title", "Баннеры, набранные без связи")
    page.fill(f"#line-{line}-price", "3 333,50")
    expect(page.locator(STATE).first).to_have_attribute("data-save-state", "offline")
    _mend(vera)
    price = f"SELECT price FROM smeta_lines WHERE id = {line}"
    until("the price is kept", lambda: office.one(price) == 33_335_000)
    assert office.one(f"SELECT title FROM smeta_lines WHERE id = {line}") == "Баннеры, набранные без связи"
    expect(page.locator(STATE).first).to_have_attribute("data-save-state", "saved")


def test_a_stale_answer_of_a_brief_shows_both_versions(office: Office, vera: Window, browser: Browser) -> None:
    other = _second(office, browser, f"/briefs/{office.filled['brief']}/edit")
    page = vera.go(f"/briefs/{office.filled['brief']}/edit")
    vera.expects(409)
    other.page.fill("#product-value", "Слова первой руки")
    until("the first words are kept", lambda: "первой руки" in _answer(office, "product"))
    page.fill("#product-value", "Слова второй руки")
    _both_are_shown(page, "Слова первой руки", "#product-value", "Слова второй руки")
    page.locator("#conflict [data-take]:not([data-take='theirs'])").first.click()
    until("the second words are kept", lambda: "второй руки" in _answer(office, "product"))
    other.close()


def test_a_stale_figure_of_a_smeta_shows_both_versions(office: Office, vera: Window, browser: Browser) -> None:
    address, line = f"/smetas/{office.filled['smeta']}/edit", office.filled["line"]
    other = _second(office, browser, address)
    page = vera.go(address)
    vera.expects(409)
    other.page.fill(f"#line-{line}-quantity", "21")
    quantity = f"SELECT quantity FROM smeta_lines WHERE id = {line}"
    until("the first figure is kept", lambda: office.one(quantity) == 210_000)
    page.fill(f"#line-{line}-quantity", "24")
    _both_are_shown(page, "21", f"#line-{line}-quantity", "24")
    assert office.one(quantity) == 210_000
    other.close()


def test_what_was_typed_the_moment_before_sending_is_in_what_was_sent(office: Office, vera: Window) -> None:
    page = vera.go(f"/briefs/{office.filled['leaving']}/edit")
    page.fill("#marketing_goal-value", "Привлечь 3 000 семей: с 0 до 3 000 к 31 марта, сказано в последний миг")
    press(posts(page, "/sending"))
    expect(page).to_have_url(re.compile(r"/briefs/\d+$"))
    expect(page.locator("main")).to_contain_text("сказано в последний миг")
    assert office.one(f"SELECT state FROM briefs WHERE id = {office.filled['leaving']}") == "sent"
    vera.is_calm()


def test_a_form_sent_in_the_moment_of_its_saving_does_not_clash_with_itself(office: Office, vera: Window) -> None:
    line, price = office.filled["line"], "SELECT price FROM smeta_lines WHERE id = {}"
    for typed, kept in (("4 001", 40_010_000), ("4 002", 40_020_000), ("4 003", 40_030_000)):
        page = vera.go(f"/smetas/{office.filled['smeta']}/edit")
        with page.expect_navigation(wait_until="load"):
            page.evaluate(AT_ONCE, [f"#line-{line}-price", typed])
        expect(page).to_have_url(re.compile(rf"/smetas/{office.filled['smeta']}$"))
        assert office.one(price.format(line)) == kept


def test_a_form_is_sent_with_what_a_colleague_wrote_meanwhile(office: Office, vera: Window, browser: Browser) -> None:
    address, line = f"/smetas/{office.filled['smeta']}/edit", office.filled["line"]
    page, other = vera.go(address), _second(office, browser, address)
    other.page.fill(f"#line-{line}-unit", "макет")
    unit = f"SELECT unit FROM smeta_lines WHERE id = {line}"
    until("the colleague's word is kept", lambda: office.one(unit) == "макет")
    with page.expect_navigation(wait_until="load"):
        page.evaluate(AT_ONCE, [f"#line-{line}-price", "4 004"])
    expect(page).to_have_url(re.compile(rf"/smetas/{office.filled['smeta']}$"))
    assert office.one(f"SELECT price FROM smeta_lines WHERE id = {line}") == 40_040_000
    assert office.one(unit) == "макет"
    other.close()


def _second(office: Office, browser: Browser, address: str) -> Window:
    """Another window of the same manager, with the page as it is now."""
    window = Window(browser, office.settings.url)
    come_in(window, "vera@agency.example")
    window.go(address)
    return window


def _both_are_shown(page: Page, theirs: str, field: str, own: str) -> None:
    conflict = page.locator("#conflict")
    expect(conflict).to_be_visible()
    expect(conflict).to_contain_text(theirs)
    expect(conflict).to_contain_text(own)
    expect(page.locator(field)).to_have_value(own)

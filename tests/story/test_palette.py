"""Find or do: Ctrl K with a Cyrillic keyboard, arrows, Enter, Escape; what is typed is found, logged, taken, done."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from agency.attached.hours.models import TimeEntry
from agency.flow.tasks.models import Task
from agency.kit.db import db, unit
from tests import cast as players
from tests.cast import Cast
from tests.flow import factory
from tests.flow.tasks import factory as tasks
from tests.story import people
from tests.story.office import Office
from tests.story.windows import LOOKS, Window

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]
CONTROL, SHIFT = 2, 8


def _fill() -> Cast:
    with unit():
        cast = players.assemble()
        project = factory.a_project(cast)
        tasks.task(cast, "in_progress", of=project, title="Тексты упаковки")
        tasks.task(cast, "open", of=project, title="Баннеры для сети")
        return cast


@pytest.fixture(scope="module")
def office() -> Iterator[Office]:
    """One project, one task in hand and a free one, behind the real web server."""
    with Office(_fill) as office:
        office.start("serve")
        yield office


@pytest.fixture(params=LOOKS, ids="-".join)
def window(request: pytest.FixtureRequest, browser: Browser, office: Office) -> Iterator[Window]:
    """The account manager's window of either size, by day and by night."""
    size, scheme = request.param
    yield from people.window_of(browser, office, "vera", size, scheme)


@pytest.fixture
def maker(browser: Browser, office: Office) -> Iterator[Window]:
    """The copywriter's window."""
    yield from people.window_of(browser, office, "copywriter", "desk", "light")


def stroke(page: Page, code: str, key: str, modifiers: int = 0) -> None:
    """A key as a keyboard in the Russian layout sends it: the place says K, the letter says another."""
    session = page.context.new_cdp_session(page)
    for kind in ("keyDown", "keyUp"):
        session.send("Input.dispatchKeyEvent", {"type": kind, "code": code, "key": key, "modifiers": modifiers})
    session.detach()


def opened(page: Page) -> Locator:
    """The palette, opened by Ctrl K in the Russian layout, with its list."""
    stroke(page, "KeyK", "л", CONTROL)
    palette = page.locator("dialog.palette")
    expect(palette).to_be_visible()
    expect(palette.locator('[role="option"]').first).to_be_visible()
    return palette


def typed(palette: Locator, words: str, line: str) -> Locator:
    """Words in the field, and the chosen line once it is the one awaited."""
    palette.locator("input[role=combobox]").fill(words)
    chosen = palette.locator('[role="option"][aria-selected="true"]')
    expect(chosen).to_contain_text(re.compile(line.replace(" ", r"\s")))
    return chosen


def test_it_opens_by_a_cyrillic_keyboard_and_looks_right(window: Window) -> None:
    palette = opened(window.page)
    typed(palette, "утро", "Утро по подписке")
    window.look(again=True)
    window.picture(f"palette-{window.size}")
    field = palette.locator("input[role=combobox]")
    first = field.get_attribute("aria-activedescendant")
    window.page.keyboard.press("ArrowDown")
    second = field.get_attribute("aria-activedescendant")
    assert first != second
    assert palette.locator('[aria-selected="true"]').get_attribute("id") == second
    window.page.keyboard.press("ArrowUp")
    assert field.get_attribute("aria-activedescendant") == first
    window.page.keyboard.press("Escape")
    expect(palette).to_be_hidden()


def test_enter_opens_what_is_chosen_even_when_typed_faster_than_the_list_comes(window: Window) -> None:
    palette = opened(window.page)
    palette.locator("input[role=combobox]").fill("enhj gj gjlgbcrt")
    window.page.keyboard.press("Enter")
    window.page.wait_for_url(re.compile(r"/projects/\d+$"))


def test_a_press_on_the_search_field_opens_it_too(window: Window) -> None:
    window.page.locator("[data-find]").click()
    expect(window.page.locator("dialog.palette")).to_be_visible()


def test_on_a_project_its_promise_is_one_enter_away(window: Window) -> None:
    window.go("/projects/1")
    palette = opened(window.page)
    typed(palette, "обещ", "Записать обещание")
    window.page.keyboard.press("Enter")
    window.page.wait_for_url(re.compile(r"/projects/1#promises$"))
    # With the words and the day it is recorded without leaving the keys.
    typed(opened(window.page), "обещание покажем эскизы завтра", "Обещание к .*: «Покажем эскизы»")
    window.look(again=True)
    window.page.keyboard.press("Enter")
    expect(window.page.locator("#promises")).to_contain_text("Покажем эскизы")


def test_the_way_out_drops_unsent_words(window: Window) -> None:
    window.page.evaluate("localStorage.setItem('agency:x', '1')")
    palette = opened(window.page)
    typed(palette, "выйти", "Выйти")
    window.page.keyboard.press("Enter")
    window.page.wait_for_url(re.compile("sign-in"))


def test_time_is_logged_by_typing_it(maker: Window, office: Office) -> None:
    palette = opened(maker.page)
    typed(palette, "2:20 тексты правки", "Записать 2 ч 20 мин: Тексты упаковки")
    maker.page.keyboard.press("Enter")
    maker.page.wait_for_url(re.compile(r"/tasks/\d+$"))
    with office.app.app_context():
        entry = db.session.query(TimeEntry).one()
        assert (entry.minutes, entry.note, entry.person_id) == (140, "правки", office.filled.persons["copywriter"])


def test_the_next_task_is_taken_by_typing_it(maker: Window, office: Office) -> None:
    palette = opened(maker.page)
    typed(palette, "взять", "Взять следующую задачу")
    maker.page.keyboard.press("Enter")
    maker.page.wait_for_url(re.compile(r"/tasks/\d+$"))
    with office.app.app_context():
        task = db.session.query(Task).filter_by(title="Баннеры для сети").one()
        assert task.assignee_id == office.filled.persons["copywriter"]


def test_keys_of_a_page_work_also_where_a_line_of_it_is_chosen(maker: Window) -> None:
    page = maker.page
    maker.go("/calendar/?view=week&on=2026-11-25")
    heading = page.locator("h1")
    this = heading.inner_text()
    page.keyboard.press("j")
    expect(page.locator("[data-walk] > li.at")).to_have_count(1)
    page.keyboard.press("f")
    expect(page).to_have_url(re.compile("on=2026-11-30"))
    assert heading.inner_text() != this


def test_the_map_of_keys_opens_in_the_russian_layout_and_letters_can_be_switched_off(maker: Window) -> None:
    page = maker.page
    stroke(page, "Slash", ",", SHIFT)
    expect(page.locator("#keys")).to_be_visible()
    maker.look(again=True)
    page.keyboard.press("Escape")
    maker.go("/profile")
    page.locator("#letter_keys").uncheck()
    people.press(page.locator("form:has(#letter_keys) button.main"))
    stroke(page, "Slash", ",", SHIFT)
    expect(page.locator("#keys")).to_be_hidden()
    expect(opened(page)).to_be_visible()

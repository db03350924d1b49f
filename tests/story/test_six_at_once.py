"""Six people at once in one agency: everybody presses in the same moment, and afterwards everybody sees what is so."""

import re
from collections.abc import Iterator
from contextlib import ExitStack
from decimal import Decimal
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from agency.entrypoints.cli.check import broken
from agency.entrypoints.portal import links
from agency.flow.smetas import editing, operations
from agency.kit.db import db, db_reading, unit
from agency.kit.queue import SYSTEM
from agency.people.accounts import operations as accounts
from tests import cast as players
from tests.flow.smetas import factory as smetas
from tests.flow.tasks import factory as tasks
from tests.story.office import Office, until
from tests.story.people import posts, press
from tests.story.windows import Window

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]
STAFF = ("vera", "head_creative", "copywriter", "seo", "owner")
# All six presses wait in their pages for one moment, so that no press depends on how fast the test walks from page
# to page.
TOGETHER = "(button, at) => setTimeout(() => button.form.requestSubmit(button), at - Date.now())"
SOON = 400


def _fill() -> dict[str, Any]:
    with unit():
        cast = players.assemble()
        vera = cast.actor("vera")
        project = smetas.project(cast, name="Утро по подписке")
        draft = smetas.first(project, vera)
        sent = smetas.sent(cast, name="Огород на окне")
        dear = smetas.first(smetas.project(cast, name="Хлеб к обеду"), vera)
        editing.set_terms(dear, by=vera, discount_percent=Decimal(20))
        editing.recount(dear, by=vera)
        operations.submit(dear, by=vera)
        lines = {line.title: line.id for line in draft.lines}
        work = tasks.project(cast, name="Полка с хлебом")
        made = {
            "free": tasks.task(cast, "open", of=work, title="Заголовки"),
            "texts": tasks.task(cast, "in_progress", of=work, title="Тексты упаковки"),
            "pages": tasks.task(cast, "in_progress", of=work, department="media", title="Описания страниц"),
        }
        link = links.mint(
            cast.person("irina"), sent.project, links.ACTIONS, by=SYSTEM,
            to=f"/portal/projects/{sent.project_id}/smetas/{sent.id}",
        )  # fmt: skip
        db.session.flush()
        return {
            "draft": draft.id, "sent": sent.id, "dear": dear.id, "link": link, "project": sent.project_id,
            "visual": lines["Ключевой визуал"], "lead": lines["Ведение проекта"],
            "secrets": {name: accounts.sign_in(cast.person(name), browser="story") for name in STAFF},
            **{name: task.id for name, task in made.items()},
        }  # fmt: skip


@pytest.fixture
def office() -> Iterator[Office]:
    """An agency in the middle of its work."""
    with Office(_fill) as office:
        office.start("serve")
        yield office


@pytest.fixture
def people(office: Office, browser: Browser) -> Iterator[dict[str, Window]]:
    """Five at their desks, the client on a phone."""
    windows = {name: Window(browser, office.settings.url) for name in STAFF}
    windows["irina"] = Window(browser, office.settings.url, "phone")
    for name, secret in office.filled["secrets"].items():
        cookie = {"name": "agency_session", "value": secret, "url": office.settings.url}
        windows[name].context.add_cookies([cookie])
    yield windows
    for window in windows.values():
        window.close()


def opened(window: Window, address: str) -> Page:
    """A page as it stands; other stories look at its looks."""
    answer = window.page.goto(address)
    assert answer is not None and answer.status < 400, f"{address}: {answer and answer.status}"
    return window.page


def at_once(*buttons: Locator) -> None:
    """Press buttons of several windows in the same moment, and wait for every page they lead to."""
    moment = buttons[0].evaluate("() => Date.now()") + SOON
    with ExitStack() as pages:
        for button in buttons:
            pages.enter_context(button.page.expect_navigation(wait_until="load"))
        for button in buttons:
            button.evaluate(TOGETHER, moment)


def test_six_people_press_at_once_and_nothing_is_lost(
    office: Office, people: dict[str, Window],
) -> None:
    of, before = office.filled, broken_in(office)
    write_in_one_estimate(office, people["vera"], people["head_creative"])
    decide_take_and_log(office, people)
    hand_in_and_pass(office, people)
    assert office.one(f"SELECT state FROM smetas WHERE id = {of['sent']}") == "approved"
    assert office.one(f"SELECT state FROM smetas WHERE id = {of['dear']}") == "ready"
    assert office.one(f"SELECT state FROM tasks WHERE id = {of['texts']}") == "done"
    assert office.one(f"SELECT sum(minutes) FROM time_entries WHERE subject_id = {of['pages']}") == 40
    everybody_sees_it(office, people)
    assert "Traceback" not in office.log("serve")
    assert broken_in(office) == before
    for window in people.values():
        window.is_calm()


def broken_in(office: Office) -> set[tuple[str, str]]:
    """What `agency check` says; rows that a test writes without their past are broken from the start."""
    with office.app.app_context(), db_reading():
        return {(one.name, row) for one in broken() for row in one.rows}


def write_in_one_estimate(office: Office, vera: Window, head: Window) -> None:
    """The manager and a head type into their lines of the same draft; neither is asked to choose."""
    of, address = office.filled, f"/smetas/{office.filled['draft']}/edit"
    for window in (vera, head):
        opened(window, address)
    vera.page.fill(f"#line-{of['lead']}-title", "Ведение проекта, четыре месяца")
    head.page.fill(f"#line-{of['visual']}-title", "Ключевой визуал и три кадра")
    vera.page.fill(f"#line-{of['lead']}-price", "123 456,50")
    head.page.fill(f"#line-{of['visual']}-quantity", "41")
    kept = "SELECT title LIKE '%{}' AND {} = {} FROM smeta_lines WHERE id = {}"
    theirs = ("три кадра", "quantity", 410_000, of["visual"])
    for what in (theirs, ("четыре месяца", "price", 1_234_565_000, of["lead"])):
        until(f"{what} is kept", lambda what=what: office.one(kept.format(*what)))
    for window in (vera, head):
        expect(window.page.locator("[data-save-state]").first).to_have_attribute("data-save-state", "saved")
        expect(window.page.locator("#conflict")).to_have_count(0)
    # Whoever writes the next word has the other's words on the page.
    vera.page.fill(f"#line-{of['lead']}-quantity", "5")
    expect(vera.page.locator(f"#line-{of['visual']}-title")).to_have_value("Ключевой визуал и три кадра")


def decide_take_and_log(office: Office, people: dict[str, Window]) -> None:
    """In one moment: a client approves, two take one task, time is written down, an owner lets an estimate out."""
    of = office.filled
    phone = opened(people["irina"], of["link"])
    phone.fill("#yes-typed_name", "Ирина Ветлугина")
    takers = [opened(people[name], f"/tasks/{of['free']}") for name in ("head_creative", "copywriter")]
    people["vera"].page.goto(f"/smetas/{of['draft']}/edit")
    pages = opened(people["seo"], "/tasks")
    row = pages.locator("li", has=pages.locator(f'a[href="/tasks/{of["pages"]}"]'))
    row.locator("summary").click()
    row.locator(f"#time-{of['pages']}").fill("0:40")
    for name in ("head_creative", "copywriter"):
        people[name].expects(409)
    at_once(
        phone.locator("#yes form button.main, form:has(#yes-typed_name) button").first,
        *(posts(page, "/taking") for page in takers),
        row.locator(f'form[action$="/{of["pages"]}/hours"] button'),
        posts(opened(people["owner"], f"/smetas/{of['dear']}"), "/clearance"),
        people["vera"].page.locator('button[name="do"][value="show"]'),
    )
    said = [page.locator("body").inner_text() for page in takers]
    late = [words for words in said if "уже делает" in words]
    assert len(late) == 1, said
    winner = office.one(f"SELECT assignee_id FROM tasks WHERE id = {of['free']}")
    assert office.one(f"SELECT count(*) FROM facts WHERE verb = 'task.taken' AND subject_id = {of['free']}") == 1
    assert winner is not None


def hand_in_and_pass(office: Office, people: dict[str, Window]) -> None:
    """The copywriter hands in while the head waits for it, and passes it as soon as it is there."""
    task = office.filled["texts"]
    maria, pavel = opened(people["copywriter"], f"/tasks/{task}"), people["head_creative"].page
    maria.fill("#delivery-note", "Шесть вкусов, первая версия")
    maria.locator("#delivery-files").set_input_files(
        {"name": "Тексты.txt", "mimeType": "text/plain", "buffer": "Раньше будильника".encode()},
    )
    press(maria.locator("#delivery-form button"))
    pavel.goto(f"/tasks/{task}")
    expect(pavel.locator("main")).to_contain_text("Шесть вкусов, первая версия")
    press(pavel.locator("#check-form button").first)


def everybody_sees_it(office: Office, people: dict[str, Window]) -> None:
    """Each looks at the own page and reads what the others did."""
    of = office.filled
    seen: dict[str, tuple[str, str]] = {
        "irina": (f"/portal/projects/{of['project']}/smetas/{of['sent']}", "Смета согласована"),
        "vera": (f"/smetas/{of['sent']}", "Согласована и больше не меняется"),
        "owner": (f"/smetas/{of['dear']}", "можно отправлять"),
        "seo": ("/tasks", "40 мин за неделю"),
        "copywriter": (f"/tasks/{of['texts']}", "Готово"),
        "head_creative": (f"/smetas/{of['draft']}/edit", "четыре месяца"),
    }
    for name, (address, words) in seen.items():
        page: Page = opened(people[name], address)
        text = page.locator("body").inner_text() + " ".join(one.input_value() for one in _titles(page))
        assert words in re.sub(r"\s+", " ", text), (name, text[:1500])


def _titles(page: Page) -> list[Locator]:
    return page.locator("input[id^='line-'][id$='-title']").all()

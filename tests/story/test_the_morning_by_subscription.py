"""The main job, played by its people in their own windows: from a request on a phone to the mailed report."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from agency.kit import clock
from agency.kit.db import unit
from agency.people.agency import numbering
from agency.people.departments.models import CODES
from tests import cast as players
from tests.story import morning
from tests.story.office import Office, papers, subject, until, words
from tests.story.people import by_mail, come_in, fill, posts, press
from tests.story.windows import Window

pytestmark = [pytest.mark.browser, pytest.mark.timeout(420)]
IRINA = "irina@tyoply-yozh.example"


def _fill() -> None:
    with unit():
        players.assemble()
        numbering.start_at(f"project:{clock.today().year}", 13)


@pytest.fixture
def office() -> Iterator[Office]:
    """An agency with its people and clients, and no work yet."""
    with Office(_fill) as office:
        office.start()
        yield office


class Story:
    """The windows of the story's people; each chapter begins where the one before ended."""

    def __init__(self, office: Office, browser: Browser) -> None:
        self.office, self.browser = office, browser
        self.windows: dict[str, Window] = {}
        self.irina = self.window("irina", "phone")
        self.vera = self.window("vera", "desk")

    def __enter__(self) -> "Story":
        return self

    def __exit__(self, kind: object, *_: object) -> None:
        for name, window in self.windows.items():
            if kind is None:
                window.is_calm()
            else:
                window.picture(f"failed-{name}")
                print(self.office.log("serve"))
            window.close()

    def window(self, name: str, size: str) -> Window:
        """A window of somebody; staff sign in."""
        made = self.windows[name] = Window(self.browser, self.office.settings.url, size)
        if name != "irina":
            come_in(made, f"{name}@agency.example")
            made.look()
        return made

    def project(self) -> int:
        """The id of the story's project."""
        return int(self.office.one("SELECT id FROM projects"))

    def newest(self, kind: str) -> int:
        """The id of the newest record of a table."""
        return int(self.office.one(f"SELECT max(id) FROM {kind}"))


def test_the_morning_by_subscription(office: Office, browser: Browser) -> None:
    with Story(office, browser) as story:
        the_client_asks_on_a_phone(story)
        the_manager_opens_a_project(story)
        the_brief_is_returned_and_approved_by_mailed_links(story)
        the_brief_is_split_and_read_back(story)
        version_1_is_dearer_than_the_budget(story)
        version_2_is_agreed_to_the_kopeck(story)
        the_lines_become_tasks_and_are_planned(story)
        a_specialist_does_the_work_and_the_head_passes_it(story)
        the_report_goes_out_with_its_paper(story)


def the_client_asks_on_a_phone(story: Story) -> None:
    page = story.irina.go("/ask")
    said = morning.CASE["request"]
    page.fill("#words", said["words"].strip())
    page.check('input[name="goal"][value="sales"]')
    page.fill("#deadline_words", said["deadline"])
    page.fill("#budget_words", said["budget"])
    page.fill("#contact_name", "Ирина Ветлугина")
    page.fill("#company", said["company"])
    page.fill("#email", IRINA)
    # A form sent faster than a person types is not taken.
    page.wait_for_timeout(3000)
    press(page.locator("main form button.main"))
    expect(page).to_have_url(re.compile("/ask/"))
    story.irina.look()
    story.irina.picture("01-asked")


def the_manager_opens_a_project(story: Story) -> None:
    page = story.vera.go("/")
    press(page.locator(f'main a[href="/requests/{story.newest("requests")}"]').first)
    story.vera.look()
    press(posts(page, "/review"))
    press(page.locator('a[href*="/from-request/"]').first)
    starts, ends = morning.days()
    page.select_option("#client_id", label="Тёплый Ёж")
    page.fill("#name", "Утро по подписке")
    page.fill("#budget", "2 700 000")
    page.fill("#starts_on", starts.isoformat())
    page.fill("#ends_on", ends.isoformat())
    story.vera.look()
    press(page.locator("button[data-main]"))
    expect(page).to_have_url(re.compile(r"/projects/\d+"))
    expect(page.locator("h1")).to_contain_text("Утро по подписке")
    expect(page.locator("main")).to_contain_text(f"TE-{starts.year}-014")
    story.vera.look()
    story.vera.picture("02-project")


def the_brief_is_returned_and_approved_by_mailed_links(story: Story) -> None:
    page = story.vera.page
    press(posts(page, f"/briefs/of-project/{story.project()}"))
    expect(page.locator("#background-value")).to_have_value(re.compile("сеть пекарен"))
    fill(story.office, page, story.newest("briefs"), morning.client_answers())
    story.vera.look()
    story.vera.picture("03-brief")
    press(posts(page, "/sending"))
    first = by_mail(story.office, story.irina, IRINA, "/Б1")
    first.locator("#no summary").click()
    first.fill("#no-words", morning.CASE["brief"]["returned"]["words"])
    press(first.locator("#no form button"))
    story.irina.look()
    story.vera.go(f"/briefs/{story.newest('briefs')}/edit")
    expect(page.locator("main")).to_contain_text("люди боятся, что привезут холодным")
    fill(story.office, page, story.newest("briefs"), morning.audience_again())
    press(posts(page, "/sending"))
    second = by_mail(story.office, story.irina, IRINA, "/Б2")
    story.irina.picture("04-brief-of-the-client")
    second.fill("#yes-typed_name", "Ирина Ветлугина")
    press(second.locator("#yes button.main"))
    story.irina.look()
    until("the brief is approved", lambda: story.office.one("SELECT state FROM briefs WHERE n = 2") == "approved")


def the_brief_is_split_and_read_back(story: Story) -> None:
    page = story.vera.go(f"/briefs/{story.newest('briefs')}/split")
    press(posts(page, "/split"))
    given = page.locator("#requirements form[id^='give-creative-'] button").first
    given.click()
    expect(given).to_have_attribute("aria-pressed", "true")
    story.vera.look()
    for department in ("creative", "media", "production"):
        brief = int(story.office.one(f"SELECT id FROM briefs WHERE department = '{department}'"))
        story.vera.go(f"/briefs/{brief}/edit")
        answers = morning.craft(department)
        if "kind" in answers:
            fill_kinds(page, answers.pop("kind"))
        fill(story.office, page, brief, answers)
        press(posts(page, "/sending"))
        expect(page).to_have_url(re.compile(f"/briefs/{brief}$"))
    pavel = story.window("head_creative", "desk")
    press(pavel.page.locator('main a.btn[href^="/briefs/"]').first)
    pavel.look()
    the_paper_comes_by_itself(pavel)
    pavel.page.fill("#read_back", morning.CASE["read_backs"]["creative"])
    press(posts(pavel.page, "/acceptance"))
    expect(pavel.page.locator("main")).to_contain_text("Поняли так: два маршрута")
    pavel.look()
    pavel.picture("05-read-back")


def fill_kinds(page: Page, kinds: list[str]) -> None:
    for kind in kinds:
        page.check(f"#kind-{kind}")
        page.wait_for_load_state("load")
        expect(page.locator(f"#kind-{kind}")).to_be_checked()


def the_paper_comes_by_itself(window: Window) -> None:
    """The row of the document becomes a download, and the page is still the same one."""
    window.page.evaluate("() => { window.sameAsBefore = true; }")
    expect(window.page.locator('li.job a[href*="/documents/"]').first).to_be_visible(timeout=60_000)
    assert window.page.evaluate("() => window.sameAsBefore") is True


def version_1_is_dearer_than_the_budget(story: Story) -> None:
    page = story.vera.go(f"/projects/{story.project()}")
    press(posts(page, f"/smetas/projects/{story.project()}"))
    add_lines(story, page)
    settle_terms(story, page)
    expect(page.locator("#t-gross")).to_contain_text(re.compile(spaced(morning.FIRST)))
    story.vera.look()
    story.vera.picture("06-smeta")
    press(page.locator('button[name="do"][value="show"]'))
    press(page.locator(".send-form button"))
    the_paper_comes_by_itself(story.vera)
    phone = by_mail(story.office, story.irina, IRINA, morning.FIRST)
    expect(phone.locator("p.figure").first).to_contain_text(re.compile(spaced(morning.FIRST)))
    phone.locator("#no summary").click()
    phone.fill("#no-reason", morning.SMETA["rejected"])
    press(phone.locator("#no form button"))
    story.irina.look()


def add_lines(story: Story, page: Page) -> None:
    """Every line as it is typed, then the kinds of those that are not the agency's own work."""
    smeta = story.newest("smetas")
    for line in morning.lines():
        press(page.locator(f'button[name="do"][value="add:{line["department"]}"]'))
    rows = {code: page.locator(f"#group-{code} tr[id^='line-']").all() for code in CODES}
    ids: list[tuple[str, dict[str, object]]] = []
    for line in morning.lines():
        row = rows[str(line["department"])].pop(0)
        name = str(row.get_attribute("id"))
        marks = " ".join(f"Т{n}" for n in line["marks"] if n <= 4)
        typed = {"title": line["title"], "quantity": line["quantity"], "unit": line["unit"], "cost": line["cost"],
                 "price": line["price"], "marks": marks}  # fmt: skip
        for field, value in typed.items():
            page.fill(f"#{name}-{field}", str(value))
        ids.append((name.removeprefix("line-"), line))
    page.locator("h1").click()
    last = f"SELECT count(*) FROM smeta_lines WHERE smeta_id = {smeta} AND title <> '' AND price > 0"
    until("every line is kept", lambda: story.office.one(last) == len(ids))
    expect(page.locator("[data-save-state]").first).to_contain_text("Сохранено")
    for id_, line in ids:
        if line["kind"] != "own" or line.get("title", "").startswith("Креативная концепция"):  # type: ignore[union-attr]
            more_about(page, smeta, id_, line)
    story.vera.go(f"/smetas/{smeta}/edit")


def more_about(page: Page, smeta: int, id_: str, line: dict[str, object]) -> None:
    page.goto(f"/smetas/{smeta}/lines/{id_}")
    page.select_option("#kind", str(line["kind"]))
    page.locator("#is_discountable").set_checked(line["kind"] == "own")
    page.locator("#is_commissionable").set_checked(line["kind"] == "media")
    page.locator("#client_accepts").set_checked(bool(line.get("accepts")))
    press(page.locator("main form button.main"))


def settle_terms(story: Story, page: Page) -> None:
    """Commission, and the payments 40, 40 and what remains."""
    smeta = story.newest("smetas")
    page.fill("#commission_percent", "10")
    page.locator("h1").click()
    known = f"SELECT count(*) FROM smetas WHERE id = {smeta} AND commission_percent = 100000"
    until("the commission is kept", lambda: story.office.one(known) == 1)
    page.goto(f"/smetas/{smeta}/edit")
    press(page.locator('button[value="pay:more"]'))
    for n in (1, 2):
        page.fill(f"#pay-{n}-share", "40")
    page.select_option('select[name="pay-3-how"]', "rest")
    page.locator("h1").click()
    kept = f"SELECT count(*) FROM payment_rows WHERE smeta_id = {smeta} AND percent = 400000"
    until("the payments are kept", lambda: story.office.one(kept) == 2)


def version_2_is_agreed_to_the_kopeck(story: Story) -> None:
    page = story.vera.go(f"/smetas/{story.newest('smetas')}")
    expect(page.locator("main")).to_contain_text("Дороже бюджета")
    press(posts(page, "/versions"))
    banners = page.locator("tr[id^='line-']:has(input[value='Адаптация баннеров'])")
    page.fill(f"#{banners.get_attribute('id')}-discount", "10")
    page.fill("#discount_percent", "5")
    expect(page.locator("#t-gross")).to_contain_text(re.compile(spaced(morning.SECOND)))
    press(page.locator('button[name="do"][value="show"]'))
    press(page.locator(".send-form button"))
    phone = by_mail(story.office, story.irina, IRINA, morning.SECOND)
    expect(phone.locator("p.figure").first).to_contain_text(re.compile(spaced(morning.SECOND)))
    story.irina.picture("07-smeta-of-the-client")
    phone.fill("#yes-typed_name", "Ирина Ветлугина")
    press(phone.locator("#yes button.main"))
    story.irina.look()
    assert story.office.one("SELECT gross FROM smetas WHERE state = 'approved'") == 266_146_416
    paid = "SELECT amount FROM payment_rows WHERE smeta_id = (SELECT max(id) FROM smetas) AND ordinal = "
    assert [story.office.one(f"{paid}{n}") for n in (1, 2, 3)] == [106_458_566, 106_458_566, 53_229_284]


def the_lines_become_tasks_and_are_planned(story: Story) -> None:
    until("the lines became tasks", lambda: story.office.one("SELECT count(*) FROM tasks") == 19)
    page = story.vera.go(f"/tasks/plan/{story.project()}")
    expect(page.locator("tr.plan-row")).to_have_count(19)
    concept = page.locator("tr.plan-row", has_text="Креативная концепция")
    concept.locator("input[type=date]").first.fill(morning.days()[0].isoformat())
    story.vera.picture("08-plan")
    press(page.locator('button[name="release"][value="all"]'))
    story.vera.look()
    assert story.office.one("SELECT count(*) FROM tasks WHERE state = 'backlog'") == 0


def a_specialist_does_the_work_and_the_head_passes_it(story: Story) -> None:
    maria = story.window("copywriter", "phone")
    task = int(story.office.one("SELECT id FROM tasks WHERE title LIKE 'Креативная концепция%'"))
    page = maria.go("/tasks")
    press(posts(page, f"/tasks/{task}/taking"))
    maria.go(f"/tasks/{task}")
    press(posts(page, f"/tasks/{task}/start"))
    page.locator("#time details summary").click()
    page.fill("#time-minutes", "2:20")
    press(posts(page, f"/tasks/{task}/hours"))
    expect(page.locator("#time .figure")).to_contain_text("20")
    page.locator("#delivery-files").set_input_files(
        {"name": "Маршруты.txt", "mimeType": "text/plain", "buffer": "Раньше будильника\nТёплый курьер\n".encode()},
    )
    page.fill("#delivery-note", "Два маршрута")
    maria.look()
    press(page.locator("#delivery-form button"))
    maria.picture("09-handed-in")
    pavel = story.windows["head_creative"]
    pavel.go(f"/tasks/{task}")
    press(pavel.page.locator("#check-form button").first)
    pavel.look()
    assert story.office.one(f"SELECT state FROM tasks WHERE id = {task}") == "client_review"
    phone = by_mail(story.office, story.irina, IRINA, "Креативная концепция")
    expect(phone.locator("main")).to_contain_text("Маршруты.txt")


def the_report_goes_out_with_its_paper(story: Story) -> None:
    page = story.vera.go(f"/reports?project_id={story.project()}")
    press(posts(page, f"/reports/of-project/{story.project()}"))
    report = story.newest("reports")
    if "/edit" not in page.url:
        story.vera.go(f"/reports/{report}/edit")
    verdict = "По плану: два маршрута у вас на столе, ждём ваш выбор."
    page.fill("#verdict", verdict)
    page.locator("h1").click()
    kept = f"SELECT words FROM reports WHERE id = {report}"
    until("the sentence is kept", lambda: "ждём ваш выбор" in str(story.office.one(kept)))
    story.vera.look()
    story.vera.picture("10-report")
    press(page.locator('button[formaction$="/approval"]'))
    story.vera.go(f"/reports/{report}")
    press(posts(page, "/sending"))
    story.vera.look()
    letter = story.office.mail(IRINA, "Статус № 1")
    assert "ждём ваш выбор" in words(letter), subject(letter)
    name, paper = papers(letter)[0]
    assert name.endswith(".pdf") and paper.startswith(b"%PDF-") and len(paper) < 2_000_000
    phone = by_mail(story.office, story.irina, IRINA, "Статус № 1")
    expect(phone.locator("main")).to_contain_text(re.compile(r"два маршрута у\s+вас на\s+столе"))
    story.irina.look()
    story.irina.picture("11-report-of-the-client")


def spaced(figure: str) -> str:
    """A sum whatever its spaces are."""
    return re.escape(figure).replace(r"\ ", r"\s")

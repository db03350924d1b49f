"""Takes the pictures of the guides from the demo agency: `python -m tests.story.pictures`."""

import io
import re

from flask import current_app
from PIL import Image
from playwright.sync_api import Browser, Page

from agency.entrypoints.cli.demo import command as demo
from agency.entrypoints.portal import links
from agency.flow.projects import queries as projects
from agency.kit.db import unit
from agency.kit.queue import SYSTEM
from agency.people.accounts import queries as persons
from tests.story.office import TOP, Office
from tests.story.people import press
from tests.story.windows import Window, chromium

FOLDER = TOP / "docs/guide/pictures"
CARD = re.compile(r"(\S+)@agency\.example\s+(\S+)")
# A page of few colours is drawn as well with so many.
COLOURS = 96
DESK = {"width": 1280, "height": 800}


def main() -> None:
    """Load a demo agency of its own, look at it as each of its people, keep what they see."""
    FOLDER.mkdir(exist_ok=True)
    with Office(_fill) as office, chromium() as browser:
        office.start("serve")
        Camera(office, browser).work()
    print(f"{len(list(FOLDER.glob('*.png')))} pictures in {FOLDER}")


def _fill() -> dict[str, str]:
    data = current_app.config["SETTINGS"].data
    demo.load(data)
    with unit():
        project, contact = projects.one(1), persons.by_email("vetlugina@tyoply-yozh.example")
        link = links.mint(contact, project, links.ACTIONS, to="/portal/projects/1", by=SYSTEM)
    return {"link": link, **dict(CARD.findall((data / "demo-passwords").read_text()))}


class Camera:
    """The windows of six people, and what is to be seen in each."""

    def __init__(self, office: Office, browser: Browser) -> None:
        self.office, self.browser = office, browser

    def work(self) -> None:
        """Every picture, in the order of the guides."""
        vera = self._desk("lapina")
        self._take(vera, "/", "my-day")
        self._take(vera, f"/reports/{self._one('reports', 'draft', 'AND project_id = 1')}/edit", "report")
        self._take(self._desk("remizov"), "/board", "board")
        maria = self._desk("yaseneva")
        maria.goto(f"/tasks/{self._one('tasks', 'taken', 'ORDER BY due_on')}")
        press(maria.locator('form[action$="/start"] button').first)
        self._take(maria, maria.url, "task")
        rita = self._desk("olhova", "phone")
        rita.goto("/tasks")
        rita.locator("details.unfold summary").first.click()
        self._keep(rita, "my-tasks")
        irina = Window(self.browser, self.office.settings.url, "phone").page
        self._take(irina, self.office.filled["link"], "cabinet")
        self._take(irina, f"/portal/projects/1/tasks/{self._one('tasks', 'client_review')}#decide", "decision")
        self._take(self._desk("umnova"), "/payments/projects/1", "money")
        self._take(self._desk("shtolts"), f"/smetas/{self._one('smetas', 'internal_review')}", "estimate")

    def _one(self, table: str, state: str, more: str = "") -> int:
        return int(self.office.one(f"SELECT id FROM {table} WHERE state = '{state}' {more} LIMIT 1"))

    def _desk(self, who: str, size: str = "desk") -> Page:
        page = Window(self.browser, self.office.settings.url, size).page
        if size == "desk":
            page.set_viewport_size(DESK)
        page.goto("/sign-in")
        page.fill("#email", f"{who}@agency.example")
        page.fill("#password", self.office.filled[who])
        press(page.locator("form:has(#password) button.main"))
        return page

    def _take(self, page: Page, address: str, name: str) -> None:
        page.goto(address)
        self._keep(page, name)

    def _keep(self, page: Page, name: str) -> None:
        page.wait_for_load_state("networkidle")
        picture = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
        picture.quantize(COLOURS, dither=Image.Dither.NONE).save(FOLDER / f"{name}.png", optimize=True)


if __name__ == "__main__":
    main()

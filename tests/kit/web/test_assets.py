"""Files of the house: a browser keeps them for good, and a page asks for none of them twice."""

import re
from collections.abc import Callable

from agency.kit.web.assets import STATIC, asset
from tests.pages import Visitor
from tests.queries import counted

As = Callable[[str | None], Visitor]
NAMES = re.compile(r"""(?:^import .* from '|import\('|url\(['"]?)([^'")]+)""", re.MULTILINE)
NAMED = re.compile(r'(?:href|src)="(/static/[^"#]+)')


def test_whatever_a_page_names_may_be_kept_for_good(as_: As) -> None:
    vera = as_("vera")
    named = set(NAMED.findall(vera.get("/").text))
    assert {asset(name) for name in ("css/app.css", "js/app.js", "icons.svg", "fonts/golos-400.woff2")} <= named
    for address in named:
        answer = vera.client.get(address, buffered=True)
        assert answer.status_code == 200, address
        assert "immutable" in answer.headers["Cache-Control"], address


def test_what_a_script_or_a_style_names_has_the_version_too() -> None:
    """The version is a folder: whatever is named relatively stays in it."""
    for path in [*STATIC.glob("js/*.js"), *STATIC.glob("css/*.css")]:
        for said in NAMES.findall(path.read_text()):
            assert said.startswith(("./", "../", "#", "data:")), (path.name, said)


def test_a_page_from_before_an_upgrade_gets_what_there_is_and_does_not_keep_it(as_: As) -> None:
    for address in ("/static/0123456789ab/css/app.css", "/static/css/app.css"):
        answer = as_(None).client.get(address, buffered=True)
        assert answer.data == (STATIC / "css/app.css").read_bytes()
        assert answer.headers["Cache-Control"] == "no-cache"


def test_a_file_is_handed_over_without_a_question_to_the_database(as_: As) -> None:
    vera = as_("vera")
    with counted(vera.app) as asked:
        vera.client.get(asset("js/app.js"), buffered=True)
    assert asked == []


def test_an_address_of_a_file_does_not_lead_out_of_its_folder(as_: As) -> None:
    for way in ("../config.py", "%2e%2e/config.py", "..%2fconfig.py", "css/../../config.py", "/etc/passwd", "css"):
        for folder in ("/static/0123456789ab/", "/static/"):
            answer = as_(None).client.get(folder + way, buffered=True)
            assert answer.status_code in (308, 404), (folder, way)
            assert b"AGENCY_" not in answer.data
            assert b"root:" not in answer.data

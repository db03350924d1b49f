"""Nothing that is typed breaks a page: every form, every route that writes, every query."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import agency
from tests.fuzz import nasty, pages
from tests.pages import Visitor
from tests.walk.doors import Door

GOOD = (200, 204, 302, 303, 304, 400, 401, 403, 404, 405, 409, 410, 413, 422, 429)
# Sessions end here, so everybody else would be out as well.
ENDING = ("accounts.sign_out", "portal.leave", "accounts.end_others")
ASKED = re.compile(r'args\.get\(\s*"(\w+)"')
HEADERS = (
    "User-Agent", "Referer", "Accept-Language", "Cookie", "Origin", "HX-Request", "X-CSRF-Token", "X-Forwarded-For",
    "X-Forwarded-Host", "If-None-Match", "Range",
)
NOISE = (
    "\xff\xfe", "agency_session=\"\\377\\000\"; agency_visit=\xed\xa0\x80; theme='\"><x>", "A" * 5000, "%ff;;,,==",
)
COMMON = ("words", "reason", "text", "name", "version", "back", "kind", "day", "part", "requirement", "seen")


def test_no_form_and_no_route_breaks(
    visitors: dict[str | None, Visitor], ways: list[tuple[str | None, Door]], sheets: list[pages.Sheet], endless: None,
) -> None:
    sheets = list(sheets)
    known, broken, tried = {sheet.endpoint for sheet in sheets}, [], 0
    assert len(known) > 60
    for who, door in ways:
        if not door.is_safe and door.endpoint not in (*known, *ENDING):
            sheets.append(pages.Sheet(door.endpoint, who, door.address, {name: [""] for name in COMMON}, set(COMMON)))
    for sheet in sheets:
        for sent, what in typed_into(sheet) if sheet.endpoint not in ENDING else ():
            tried += 1
            if fault := post(visitors[sheet.who], sheet, sent):
                broken.append((sheet.endpoint, sheet.address, what, fault))
    assert not broken, "\n".join(map(str, broken))
    assert tried > 400


def typed_into(sheet: pages.Sheet) -> Iterator[tuple[dict[str, Any], str]]:
    """The form with one field spoilt, field by field; and with everything that is typed spoilt at once."""
    for pattern, name in sheet.patterns().items():
        for word in nasty.some(sheet.endpoint + pattern, 1):
            yield {**sheet.fields, name: [word]}, f"{name}={word[:40]!r}"
    for word in nasty.some(sheet.endpoint, 2):
        yield sheet.fields | {name: [word] for name in sheet.typed}, f"all={word[:40]!r}"


def post(visitor: Visitor, sheet: pages.Sheet, sent: dict[str, Any]) -> str:
    """What went wrong, if anything."""
    try:
        answer = visitor.client.post(sheet.address, data=sent, headers={"X-CSRF-Token": visitor.token()})
    except Exception as fault:  # noqa: BLE001 - any fault is what is looked for
        return repr(fault)[:300]
    if answer.status_code not in GOOD:
        return str(answer.status_code)
    if answer.status_code == 422 and answer.mimetype == "text/html" and "<html" in answer.text[:400]:
        return "" if "alert(1)</script>" not in answer.text else "what was typed is run"
    return ""


def test_no_query_breaks(
    visitors: dict[str | None, Visitor], ways: list[tuple[str | None, Door]], endless: None,
) -> None:
    code = "\n".join(path.read_text() for path in Path(agency.__file__).parent.rglob("*.py"))
    names, seen, broken = sorted(set(ASKED.findall(code))), set(), []
    assert "before" in names
    for who, door in ways:
        if not door.is_safe or door.endpoint in seen:
            continue
        seen.add(door.endpoint)
        for word in nasty.some(door.endpoint, 2):
            try:
                answer = visitors[who].client.get(door.address, query_string=dict.fromkeys(names, word[:900]))
            except Exception as fault:  # noqa: BLE001 - any fault is what is looked for
                broken.append((door.endpoint, word[:40], repr(fault)[:300]))
                continue
            if answer.status_code not in GOOD or "<script>alert(1)" in answer.text:
                broken.append((door.endpoint, word[:40], answer.status_code))
    assert not broken, "\n".join(map(str, broken))
    assert len(seen) > 60


@pytest.mark.parametrize("header", HEADERS)
def test_no_header_breaks(visitors: dict[str | None, Visitor], header: str) -> None:
    for word in NOISE:
        for address in ("/", "/sign-in", "/ask", "/projects/", "/portal", "/static/css/app.css", "/p/x"):
            answer = visitors["vera"].client.get(address, headers={header: word}, buffered=True)
            assert answer.status_code in (*GOOD, 206, 416), (address, word)

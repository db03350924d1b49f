"""Every form that some page shows to somebody, as a browser would send it; and who may press what."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urljoin, urlsplit

from flask import Flask
from werkzeug.exceptions import HTTPException

from agency.kit.db import db
from tests import markup
from tests.cast import Cast
from tests.pages import Visitor
from tests.walk import doors
from tests.walk.doors import Door, Identity

WHO = ("vera", "owner", "head_creative", "copywriter", "finance", "irina", None)
NEVER = ("_csrf",)


@dataclass
class Sheet:
    """A form: who saw it, where it goes, and its fields with what stands in them."""

    endpoint: str
    who: str | None
    address: str
    fields: dict[str, list[str]] = field(default_factory=dict)
    typed: set[str] = field(default_factory=set)

    def patterns(self) -> dict[str, str]:
        """One field of each sort: rows of a table differ by their numbers alone."""
        return {re.sub(r"\d+", "#", name): name for name in self.fields}


def open_doors(app: Flask, cast: Cast, some: Iterable[Door]) -> Iterator[tuple[str | None, Door]]:
    """Each route with the first of the cast to whom it is open; looking ones for everybody who may look."""
    seen = set()
    for who in WHO:
        actor = Identity("somebody", Visitor(app, cast, None), who).actor(cast)
        for door in some:
            key = (door.endpoint, door.method, who if door.is_safe else None, door.args.get("kind"))
            if key not in seen and doors.outcome(app, actor, door) in ("open", "public"):
                seen.add(key)
                yield who, door


def sheets(app: Flask, visitors: dict[str | None, Visitor], looks: Iterable[tuple[str | None, Door]]) -> list[Sheet]:
    """The forms of all these pages, one of a sort."""
    found: dict[tuple[Any, ...], Sheet] = {}
    for who, door in looks:
        answer = visitors[who].client.get(door.address)
        if answer.status_code != 200 or answer.mimetype != "text/html":
            continue
        for sheet in _on_page(app, who, door.address, answer.text):
            found.setdefault((sheet.endpoint, *sorted(sheet.patterns())), sheet)
    return list(found.values())


def _on_page(app: Flask, who: str | None, at: str, body: str) -> Iterator[Sheet]:
    tree = markup.parse(body)
    everything = list(tree.iter())
    for form in everything:
        if form.tag == "form" and (form.get("method") or "").lower() == "post":
            address = urlsplit(urljoin(at, form.get("action") or at)).path
            try:
                endpoint, _args = app.url_map.bind("localhost").match(address, method="POST")
            except HTTPException:
                continue
            sheet = Sheet(str(endpoint), who, address)
            beside = [one for one in everything if form.get("id") and one.get("form") == form.get("id")]
            for element in [*form.iter(), *beside]:
                _note(sheet, element)
            yield sheet


def _note(sheet: Sheet, element: Any) -> None:
    tag, name = element.tag, element.get("name")
    kind = element.get("type") or tag
    if tag not in ("input", "select", "textarea", "button") or not name or name in NEVER or kind == "file":
        return
    values = sheet.fields.setdefault(name, [])
    if kind not in ("checkbox", "radio", "submit", "button", "hidden", "select"):
        sheet.typed.add(name)
    if kind not in ("checkbox", "radio") or element.get("checked") is not None:
        values.append(_value(tag, element))


def _value(tag: str, element: Any) -> str:
    if tag == "textarea":
        return "".join(element.itertext())
    if tag != "select":
        return element.get("value") or ""
    options = list(element.iter("option"))
    chosen = [one for one in options if one.get("selected") is not None] or options[:1]
    return (chosen[0].get("value") or "") if chosen else ""


def forget_reading() -> None:
    """Give the session of the database back clean."""
    db.session.rollback()

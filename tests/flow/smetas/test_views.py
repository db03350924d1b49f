"""The agency's own pages of a smeta."""

from collections.abc import Callable
from typing import Any

from flask import Flask

from agency.flow.smetas import queries
from agency.flow.smetas.models import Smeta
from agency.kit.db import db, unit
from tests.cast import Cast
from tests.flow.smetas import factory
from tests.pages import Visitor

As = Callable[[str | None], Visitor]


def made(app: Flask, make: Callable[[], Smeta]) -> int:
    with app.app_context(), unit():
        return make().id


def draft(app: Flask, cast: Cast) -> int:
    return made(app, lambda: factory.first(factory.project(cast), cast.actor("vera")))


def now(app: Flask, id: int, look: Callable[[Smeta], Any]) -> Any:
    with app.app_context():
        db.session.rollback()
        smeta = queries.get_whole(id)
        assert smeta is not None
        return look(smeta)


def typed(app: Flask, id: int, **changes: str) -> dict[str, str]:
    """The form of the editor as a browser would send it, with some fields typed over."""
    import html5lib

    from tests.pages import NS

    vera = Visitor(app, app.extensions["cast"], "vera")
    tree = html5lib.parse(vera.get(f"/smetas/{id}/edit").text, treebuilder="etree")
    form = next(each for each in tree.iter(f"{NS}form") if each.get("id") == "grid")
    fields: dict[str, str] = {}
    for each in form.iter():
        name = each.get("name")
        if not name or each.tag == f"{NS}button":
            continue
        if each.tag == f"{NS}select":
            chosen = [one for one in each.iter(f"{NS}option") if one.get("selected") is not None] or list(
                each.iter(f"{NS}option"))
            fields[name] = chosen[0].get("value") or ""
        else:
            fields[name] = (each.text or "") if each.tag == f"{NS}textarea" else each.get("value") or ""
    return fields | {name.replace("__", "-"): value for name, value in changes.items()}


def test_the_pages_of_a_draft_open(app: Flask, cast: Cast, as_: As) -> None:
    id = draft(app, cast)
    for name in ("vera", "owner", "head_creative"):
        as_(name).get(f"/smetas/{id}/edit")
    for address in (f"/smetas/{id}", "/smetas/", f"/smetas/{id}/client", f"/smetas/{id}/evidence"):
        as_("vera").get(address)

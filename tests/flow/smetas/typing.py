"""What a browser would send: the fields of a form on a page, some typed over."""

from typing import Any

from tests import markup
from tests.pages import Visitor


def form(visitor: Visitor, address: str, form_id: str = "grid", **changes: str) -> dict[str, str]:
    """The fields of a form as they stand on a page, with some of them changed."""
    tree = markup.parse(visitor.get(address).text)
    found = next(each for each in tree.iter("form") if each.get("id") == form_id)
    fields = {each.get("name"): value(each) for each in found.iter() if each.get("name") and has_value(each)}
    return {**fields, **changes}


def has_value(each: Any) -> bool:
    tag = each.tag
    ticked = each.get("type") != "checkbox" or each.get("checked") is not None
    return tag in ("input", "select", "textarea") and ticked


def value(each: Any) -> str:
    if each.tag == "select":
        options = list(each.iter("option"))
        chosen = next((one for one in options if one.get("selected") is not None), options[0])
        return chosen.get("value") or ""
    return (each.text or "") if each.tag == "textarea" else each.get("value") or ""

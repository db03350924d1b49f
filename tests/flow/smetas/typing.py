"""What a browser would send: the fields of a form on a page, some typed over."""

from typing import Any

import html5lib

from tests.pages import NS, Visitor


def form(visitor: Visitor, address: str, form_id: str = "grid", **changes: str) -> dict[str, str]:
    """The fields of a form as they stand on a page, with some of them changed."""
    tree = html5lib.parse(visitor.get(address).text, treebuilder="etree")
    found = next(each for each in tree.iter(f"{NS}form") if each.get("id") == form_id)
    fields = {each.get("name"): value(each) for each in found.iter() if each.get("name") and has_value(each)}
    return {**fields, **changes}


def has_value(each: Any) -> bool:
    tag = each.tag.replace(NS, "")
    ticked = each.get("type") != "checkbox" or each.get("checked") is not None
    return tag in ("input", "select", "textarea") and ticked


def value(each: Any) -> str:
    if each.tag == f"{NS}select":
        options = list(each.iter(f"{NS}option"))
        chosen = next((one for one in options if one.get("selected") is not None), options[0])
        return chosen.get("value") or ""
    return (each.text or "") if each.tag == f"{NS}textarea" else each.get("value") or ""

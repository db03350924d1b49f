"""The look at a parsed document before its layout: sizes that would take minutes are refused at once."""

from xml.etree.ElementTree import Element

from agency.kit.pdf.failures import RenderFailed
from agency.kit.pdf.limits import Limits


def inspect(root: Element, limits: Limits) -> None:
    """Check depth, rows, merged cells, amount of text, title and language of the tree `root`.

    Raises RenderFailed: too_deep, too_many_rows, bad_table, too_much_text, untitled.
    """
    rows = characters = 0
    titled = False
    waiting = [(root, 1)]
    while waiting:
        element, depth = waiting.pop()
        if depth > limits.depth:
            raise RenderFailed("too_deep")
        if isinstance(element.tag, str):
            rows += element.tag == "tr"
            titled = titled or (element.tag == "title" and bool((element.text or "").strip()))
            _check_spans(element, limits)
        characters += len(element.text or "") + len(element.tail or "")
        waiting.extend((child, depth + 1) for child in element)
    if rows > limits.rows:
        raise RenderFailed("too_many_rows", str(limits.rows))
    if characters > limits.text_characters:
        raise RenderFailed("too_much_text")
    if not (titled and root.get("lang")):
        raise RenderFailed("untitled")


def _check_spans(element: Element, limits: Limits) -> None:
    for name in ("colspan", "rowspan", "span"):
        value = (element.get(name) or "").strip()
        if value.isdigit() and int(value[:9]) > limits.span:
            raise RenderFailed("bad_table", str(limits.span))

"""A page read into elements, fast: tests look at some ten thousand of them."""

from xml.etree.ElementTree import Element, SubElement

from selectolax.lexbor import LexborHTMLParser, LexborNode

TEXT = "-text"


def parse(page: str) -> Element:
    """The page as a browser understands it, from its `html` element on; comments are left out."""
    root = LexborHTMLParser(page).root
    assert root is not None
    top = Element("html", _attributes(root))
    _fill(top, root)
    return top


def _fill(element: Element, node: LexborNode) -> None:
    last: Element | None = None
    for child in node.iter(include_text=True):
        name = child.tag
        if name == TEXT:
            words = child.text_content or ""
            if last is None:
                element.text = (element.text or "") + words
            else:
                last.tail = (last.tail or "") + words
        elif name and name[0].isalpha():
            last = SubElement(element, name, _attributes(child))
            _fill(last, child)


def _attributes(node: LexborNode) -> dict[str, str]:
    return {name: value or "" for name, value in node.attributes.items()}

"""Which page of a list an address asks for, and the addresses of its neighbours."""

from typing import Any

from flask import request, url_for

from agency.kit.db.paging import Leaf, Turn
from agency.kit.web.numbers import whole


def turn() -> Turn:
    """The page of a list that this request asks for."""
    return Turn(request.args.get("after", 0, whole), request.args.get("before", 0, whole))


def neighbours(leaf: Leaf[Any], endpoint: str, **kept: Any) -> tuple[str, str]:
    """The addresses of the page before and of the page after, "" where there is none, as a pager wants them."""
    return (
        url_for(endpoint, before=leaf.earlier, **kept) if leaf.earlier else "",
        url_for(endpoint, after=leaf.later, **kept) if leaf.later else "",
    )

"""Whole numbers that come from outside, in addresses and fields: never larger than a column can hold."""

from typing import Any

from werkzeug.routing import IntegerConverter

LONGEST = 9


class ShortNumber(IntegerConverter):
    """A number in an address; a longer one is the address of nothing."""

    regex = rf"[0-9]{{1,{LONGEST}}}"


def whole(typed: Any) -> int:
    """The number that was typed or chosen; raises ValueError for anything else."""
    text = str(typed)
    if not (text.isascii() and text.isdecimal() and len(text) <= LONGEST):
        raise ValueError("not a whole number of ours")
    return int(text)

"""Ways to pages: what the address of a page looks like is found out once, then only its values are put in.

A page of many links spends more time on Flask's way to the rule of an address than in the rule.
"""

import re
from typing import Any, NamedTuple

from werkzeug.routing import Map, Rule

PLAIN = re.compile(r"(?:[\w/.~-]|<int:\w+>)+", re.ASCII)
NUMBER = re.compile(r"<int:(\w+)>")


class Way(NamedTuple):
    """The one rule of a page; where it holds nothing but numbers, its address as a sentence with gaps."""

    rule: Rule | None
    gaps: frozenset[str] | None
    sentence: str

    def to(self, values: dict[str, Any]) -> str | None:
        """The address with these values, those that are no gaps behind a question mark; None where Flask knows more."""
        if values.keys() == self.gaps:
            try:
                return self.sentence % values
            except TypeError:
                return None  # No number, or none at all.
        given = {name: value for name, value in values.items() if value is not None}
        if self.rule is None or not self.rule.arguments <= given.keys():
            return None
        built = self.rule.build(given)
        return None if built is None else built[1]


def way(pages: Map, endpoint: str) -> Way:
    """The way to a page."""
    rules = [rule for rule in pages.iter_rules() if rule.endpoint == endpoint]
    if len(rules) != 1:
        return Way(None, None, "")
    gaps = frozenset(rules[0].arguments) if PLAIN.fullmatch(rules[0].rule) else None
    return Way(rules[0], gaps, NUMBER.sub(r"%(\1)d", rules[0].rule))

"""What may stand in a header: one line of plain text, and one address that is exactly one address."""

import re
import unicodedata

from agency.kit.states import Refused
from agency.kit.words import lazy

LONGEST = 254
_LOCAL = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*")
_LABEL = re.compile(r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?")
# Control characters, lone surrogates, line and paragraph separators, and marks that turn the direction of text.
_BAD = frozenset({"Cc", "Cs", "Zl", "Zp", "Co", "Cn"})
_TURNS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f")


def plain(value: str, longest: int = 200) -> str:
    """One line of text fit for a header: bad characters become spaces, spaces are joined, ends cut."""
    clean = "".join(" " if unicodedata.category(sign) in _BAD or sign in _TURNS else sign for sign in value)
    return " ".join(clean.split())[:longest].rstrip()


def one_address(value: str) -> str:
    """The address, its domain in ASCII; raises Refused when it is not exactly one plain address."""
    local, _, domain = value.strip().rpartition("@")
    try:
        host = domain.encode("idna").decode("ascii").lower()
    except UnicodeError:
        host = ""
    labels = host.split(".")
    good = _LOCAL.fullmatch(local) and len(local) <= 64 and all(_LABEL.fullmatch(label) for label in labels)
    if not good or len(local) + len(host) + 1 > LONGEST:
        raise Refused(lazy("This is not an e-mail address that mail can be sent to."), "email")
    return f"{local}@{host}"

"""Header lines written by our own hand, because the library decodes and refolds what people type.

A name like `=?utf-8?q?…?=` or one with a comma and a long Cyrillic word would otherwise change the
number of addresses on its way through the library's parser. EmailMessage takes these as they are.
"""

import re
from email.header import Header
from typing import Any

from agency.kit.mail.addresses import one_address, plain

LINE = 76
_ATOMS = re.compile(r"[A-Za-z0-9!#$%&'*+/^_`{|}~ -]+")


class Written(str):
    """A header that is already in its final form; follows the library's own protocol of header objects."""

    __slots__ = ("name",)
    name: str

    def fold(self, *, policy: Any) -> str:
        """The whole header with its line ends."""
        return f"{self.name}: {self}{policy.linesep}"


def words(name: str, value: str) -> Written:
    """A header of free text, like Subject."""
    text = plain(value)
    return _written(name, text if len(text) < LINE - 10 and _is_simple(text) else _encoded(text, name))


def mailbox(name: str, who: str, address: str) -> Written:
    """A header with exactly one address; raises Refused when it is not one."""
    spoken, where = plain(who, 100), one_address(address)
    if not spoken:
        return _written(name, f"<{where}>")
    phrase = spoken if _ATOMS.fullmatch(spoken) else _encoded(spoken, name)
    return _written(name, f"{phrase}\r\n <{where}>")


def _is_simple(text: str) -> bool:
    return text.isascii() and "=?" not in text


def _encoded(text: str, name: str) -> str:
    return Header(text, "utf-8", maxlinelen=LINE, header_name=name).encode(linesep="\r\n")


def _written(name: str, value: str) -> Written:
    written = Written(value)
    written.name = name
    return written

"""What the forms' library says by itself: the messages of the fields and validators that our forms use."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Iterator
from functools import cache
from types import ModuleType

import wtforms
from wtforms import validators

from tests.house import sentences
from tests.house.sentences import Said

SOURCES: tuple[ModuleType, ...] = (wtforms, validators)


@cache
def said_by_the_library() -> tuple[Said, ...]:
    """Every message that a form of ours may show without having written it."""
    found = {message for used in _used() for parent in inspect.getmro(used) for message in _messages(parent)}
    return tuple(Said((None, one), many, f"wtforms:{one}") for one, many in sorted(found, key=str))


def _used() -> Iterator[type]:
    for path in sentences.code():
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("wtforms"):
                for name in node.names:
                    thing = next((getattr(one, name.name) for one in SOURCES if hasattr(one, name.name)), None)
                    if inspect.isclass(thing):
                        yield thing


def _messages(used: type) -> Iterator[tuple[str, str | None]]:
    if not used.__module__.startswith("wtforms"):
        return
    for node in ast.walk(ast.parse(inspect.cleandoc("\n" + inspect.getsource(used)))):
        if isinstance(node, ast.Call) and getattr(node.func, "attr", "") in ("gettext", "ngettext"):
            texts = [one.value for one in node.args if isinstance(one, ast.Constant) and isinstance(one.value, str)]
            if texts and "%s" not in texts[0]:
                yield texts[0], texts[1] if len(texts) > 1 else None

"""Finds every sentence of the product in code and templates, and every translation of it."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from babel.messages.catalog import Message
from babel.messages.extract import extract
from jinja2 import Environment, nodes
from jinja2.ext import babel_extract

from agency.kit.language.catalogues import po_files, read

ROOT = Path(__file__).resolve().parents[2]
KEYWORDS = {
    "_": None, "gettext": None, "lazy": None, "ngettext": (1, 2), "lazy_plural": (1, 2),
    "pgettext": ((1, "c"), 2), "lazy_in": ((1, "c"), 2), "npgettext": ((1, "c"), 2, 3),
}  # fmt: skip
SPOKEN_BY = ("agency/kit/language", "agency/kit/words.py")  # the translating functions themselves
PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]")
CYRILLIC = re.compile("[\u0400-\u04ff]")

Key = tuple[str | None, str]


@dataclass(frozen=True)
class Said:
    """A sentence where it is said."""

    key: Key
    plural: str | None
    place: str


def code() -> list[Path]:
    """The product's Python."""
    found = [*ROOT.glob("agency/**/*.py"), *ROOT.glob("workers/**/*.py"), ROOT / "config.py", ROOT / "wsgi.py"]
    return sorted(path for path in found if path.is_file())


def templates() -> list[Path]:
    """The product's pages, letters and documents."""
    return sorted(path for path in ROOT.glob("templates/**/*") if path.is_file())


def scripts() -> list[Path]:
    """The product's own scripts; what was written elsewhere lies in a vendor folder."""
    return sorted(path for path in ROOT.glob("static/**/*.js") if "vendor" not in path.parts)


def short(path: Path) -> str:
    """A path as a person of the project writes it."""
    return path.relative_to(ROOT).as_posix()


def _sentences(path: Path) -> Iterator[Said]:
    method = babel_extract if path.parts[len(ROOT.parts)] == "templates" else "python"
    options = {"newstyle_gettext": "true", "silent": "false"} if method is babel_extract else {}
    with path.open("rb") as source:
        for line, message, _comments, context in extract(method, source, KEYWORDS, options=options):
            forms = message if isinstance(message, tuple) else (message,)
            plural = forms[1] if len(forms) > 1 else None
            yield Said((context, forms[0]), plural, f"{short(path)}:{line}")


@cache
def said() -> tuple[Said, ...]:
    """Every sentence of the product."""
    paths = [path for path in code() if not short(path).startswith(SPOKEN_BY[1])] + templates()
    return tuple(sentence for path in paths for sentence in _sentences(path) if sentence.key[1])


@cache
def translated(language: str) -> tuple[tuple[Path, Message], ...]:
    """Every message of a language with the file it stands in."""
    return tuple((path, message) for path in po_files(language) for message in read(path, language) if message.id)


def key(message: Message) -> Key:
    """What a message is looked up by."""
    return message.context, message.id[0] if isinstance(message.id, tuple | list) else message.id


def forms(message: Message) -> tuple[str, ...]:
    """All forms of a translation."""
    return tuple(message.string) if isinstance(message.string, tuple | list) else (message.string,)


def unliteral_code(path: Path) -> list[str]:
    """Places of a module where something else than a literal is given to a translating function."""
    calls = (node for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Call))
    return [
        f"{short(path)}:{call.lineno}"
        for call in calls
        if isinstance(call.func, ast.Name)
        and call.func.id in KEYWORDS
        and not (call.args and isinstance(call.args[0], ast.Constant) and isinstance(call.args[0].value, str))
    ]


def unliteral_template(path: Path, environment: Environment) -> list[str]:
    """Places of a template where something else than a literal is given to a translating function."""
    tree = environment.parse(path.read_text("utf-8"))
    return [
        f"{short(path)}:{call.lineno}"
        for call in tree.find_all(nodes.Call)
        if isinstance(call.node, nodes.Name)
        and call.node.name in KEYWORDS
        and not (call.args and isinstance(call.args[0], nodes.Const))
    ]


def cyrillic_in_code(path: Path) -> list[str]:
    """Lines of a module with a Cyrillic string that is no docstring."""
    tree = ast.parse(path.read_text("utf-8"))
    documented = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    docstrings = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, documented) and node.body and isinstance(node.body[0], ast.Expr)
    }
    return [
        f"{short(path)}:{node.lineno}"
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and id(node) not in docstrings
        and CYRILLIC.search(node.value)
    ]


def cyrillic_in_text(path: Path) -> list[str]:
    """Lines of a template or a script with Cyrillic outside its comments."""
    text = re.sub(r"\{#.*?#\}|/\*.*?\*/", lambda gone: "\n" * gone[0].count("\n"), path.read_text("utf-8"), flags=re.S)
    return [f"{short(path)}:{at}" for at, line in enumerate(text.splitlines(), 1) if CYRILLIC.search(line)]

"""Who mentions whom: the parts of the product's code and templates, what each says, and what each names."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path

from jinja2 import Environment, nodes

from agency.kit import words
from tests.house import sentences
from tests.house.sentences import KEYWORDS, ROOT, Key

# A place: "agency.kit.money:to_minor", "agency.flow.briefs.models:Brief.kind", "portal/_parts.html#person".
Place = str
TEMPLATE = re.compile(r"^[\w/*.-]+\.(html|txt)$")
IN_CONTEXT = ("pgettext", "lazy_in", "npgettext")
ALONE = (ast.FunctionDef, ast.AsyncFunctionDef)


@dataclass
class Part:
    """A function, class, constant, template or macro."""

    says: set[Key] = field(default_factory=set)
    names: set[Place] = field(default_factory=set)
    attributes: set[str] = field(default_factory=set)
    templates: set[str] = field(default_factory=set)
    calls: set[str] = field(default_factory=set)


@dataclass
class Graph:
    """All parts by place, and where a method of a name is to be found."""

    parts: dict[Place, Part] = field(default_factory=lambda: defaultdict(Part))
    methods: dict[str, set[Place]] = field(default_factory=lambda: defaultdict(set))


def _key(keyword: str, given: list[str | None]) -> Key | None:
    context = given[0] if keyword in IN_CONTEXT and given else None
    message = given[1 if keyword in IN_CONTEXT else 0] if len(given) > (keyword in IN_CONTEXT) else None
    return (context, message) if message else None


class Module:
    """One Python file: its names, and what stands behind each."""

    def __init__(self, path: Path, graph: Graph) -> None:
        self.name = ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
        self.tree = ast.parse(path.read_text("utf-8"))
        self.graph = graph
        self.known: dict[str, Place] = {}
        self._imports()
        self._define()

    def at(self, name: str) -> Place:
        return f"{self.name}:{name}"

    def _imports(self) -> None:
        for node in ast.walk(self.tree):
            if isinstance(node, ast.ImportFrom) and node.module and node.module.split(".")[0] in ("agency", "workers"):
                for one in node.names:
                    spoken = f"{node.module}.{one.name}"
                    self.known[one.asname or one.name] = spoken if is_module(spoken) else f"{node.module}:{one.name}"
        for name, place in self.known.items():
            self.graph.parts[self.at(name)].names.add(place)

    def _define(self) -> None:
        for node in self.tree.body:
            for name in defined(node):
                self.known[name] = self.at(name)
        for node in self.tree.body:
            if isinstance(node, ast.ClassDef):
                self._class(node)
                continue
            for name in defined(node) or [""]:
                self._read(node, self.graph.parts[self.at(name)])

    def _class(self, node: ast.ClassDef) -> None:
        whole = self.graph.parts[self.at(node.name)]
        for part in [*node.bases, *node.decorator_list, *node.keywords]:
            self._read(part, whole)
        for part in node.body:
            if isinstance(part, ALONE) and not part.name.startswith(("__", "validate", "_")):
                place = self.at(f"{node.name}.{part.name}")
                self.graph.methods[part.name].add(place)
                self._read(part, self.graph.parts[place])
            else:
                self._read(part, whole)

    def _read(self, top: ast.AST, into: Part) -> None:
        for node in ast.walk(top):
            if isinstance(node, ast.Name):
                into.names.add(self.known.get(node.id, ""))
            elif isinstance(node, ast.Attribute):
                self._attribute(node, into)
            elif isinstance(node, ast.Constant) and isinstance(node.value, str) and TEMPLATE.match(node.value):
                into.templates.add(node.value)
            elif isinstance(node, ast.JoinedStr):
                spoken = "".join(str(p.value) if isinstance(p, ast.Constant) else "*" for p in node.values)
                into.templates |= {spoken} if TEMPLATE.match(spoken) else set()
            elif isinstance(node, ast.Call):
                self._call(node, into)

    def _attribute(self, node: ast.Attribute, into: Part) -> None:
        place = self.known.get(node.value.id, "") if isinstance(node.value, ast.Name) else ""
        if place and ":" not in place:
            into.names.add(f"{place}.{node.attr}" if is_module(f"{place}.{node.attr}") else f"{place}:{node.attr}")
        else:
            into.attributes.add(node.attr)

    def _call(self, node: ast.Call, into: Part) -> None:
        keyword = getattr(node.func, "id", getattr(node.func, "attr", ""))
        into.calls.add(keyword)
        if keyword in KEYWORDS:
            given = [str(one.value) if isinstance(one, ast.Constant) else None for one in node.args]
            into.says |= {key for key in [_key(keyword, given)] if key}


@cache
def is_module(name: str) -> bool:
    """Whether a dotted name is a file of ours."""
    path = ROOT / name.replace(".", "/")
    return path.with_suffix(".py").is_file() or (path / "__init__.py").is_file()


def defined(node: ast.stmt) -> list[str]:
    """The names a statement of a module gives."""
    if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
        return [node.name]
    targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
    flat = [part for one in targets for part in (one.elts if isinstance(one, ast.Tuple) else [one])]
    return [one.id for one in flat if isinstance(one, ast.Name)]


class Template:
    """One template: what it says itself, what each of its macros says, and where it leads."""

    def __init__(self, path: Path, environment: Environment, graph: Graph) -> None:
        self.name = path.relative_to(ROOT / "templates").as_posix()
        self.graph = graph
        tree = environment.parse(path.read_text("utf-8"))
        self.macros = {macro.name: f"{self.name}#{macro.name}" for macro in tree.find_all(nodes.Macro)}
        self.whole: dict[str, str] = {}
        for found in tree.find_all((nodes.FromImport, nodes.Import)):
            self._imported(found)
        self._read(tree, graph.parts[self.name])
        for macro in tree.find_all(nodes.Macro):
            self._read(macro, graph.parts[self.macros[macro.name]], whole=True)

    def _imported(self, found: nodes.FromImport | nodes.Import) -> None:
        source = str(getattr(found.template, "value", ""))
        if isinstance(found, nodes.Import):
            self.whole[found.target] = source
            return
        for one in found.names:
            name, known_as = one if isinstance(one, tuple) else (one, one)
            self.macros[known_as] = f"{source}#{name}"

    def _read(self, node: nodes.Node, into: Part, whole: bool = False) -> None:
        if isinstance(node, nodes.Macro) and not whole:
            return
        self._note(node, into)
        for child in node.iter_child_nodes():
            self._read(child, into)

    def _note(self, node: nodes.Node, into: Part) -> None:
        if isinstance(node, nodes.Extends | nodes.Include):
            into.templates |= {one.value for one in node.find_all(nodes.Const) if isinstance(one.value, str)}
        elif isinstance(node, nodes.Name):
            into.names.add(self.macros.get(node.name, ""))
            into.calls.add(node.name)
        elif isinstance(node, nodes.Getattr):
            if isinstance(node.node, nodes.Name) and node.node.name in self.whole:
                into.names.add(f"{self.whole[node.node.name]}#{node.attr}")
            into.attributes.add(node.attr)
        elif isinstance(node, nodes.Filter):
            into.calls.add(f"|{node.name}")
            into.attributes |= {str(one.value) for one in node.args if isinstance(one, nodes.Const)}
        elif isinstance(node, nodes.Call) and isinstance(node.node, nodes.Name) and node.node.name in KEYWORDS:
            given = [one.value if isinstance(one, nodes.Const) else None for one in node.args]
            into.says |= {key for key in [_key(node.node.name, given)] if key}


@cache
def graph() -> Graph:
    """The whole product, read once."""
    found = Graph()
    for path in sentences.code():
        Module(path, found)
    environment = Environment(extensions=["jinja2.ext.do", "jinja2.ext.loopcontrols"])
    words.install(environment)
    for path in sentences.templates():
        Template(path, environment, found)
    return found


def templates_like(pattern: str) -> Iterator[Place]:
    """The templates that an address with gaps may mean."""
    return (place for place in graph().parts if TEMPLATE.match(place) and fnmatchcase(place, pattern))

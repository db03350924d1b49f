"""Templates set once in each language: what a template says to everybody alike is put in place when it is compiled."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from flask import Flask
from flask.templating import Environment
from jinja2 import FunctionLoader, Template, meta, nodes
from jinja2.runtime import Context
from jinja2.visitor import NodeTransformer

from agency.kit import clock, words
from agency.kit.web import icons
from agency.kit.web.assets import asset
from agency.kit.web.printing import Facts, Quick, Setter, filled, shown

# Functions that answer the same, whoever asks, as long as the language is the same.
SETTLED: Mapping[str, Callable[..., str]] = {
    "_": words.gettext, "gettext": words.gettext, "pgettext": words.pgettext, "locale": words.locale,
    "icon": icons.icon, "logo": icons.logo, "asset": asset,
}

# The function that a sentence with variables becomes; no template has a name like it.
FILLED = "_filled"
# What a dict has besides its keys.
OF_DICTS = frozenset(dir(dict))


class Page(Template):
    """A template of ours: whether its macros may be shared is decided by comparing two sets, not name by name.

    Jinja asks this at every `{% from … import … %}` that is come by, dozens of times on a page.
    """

    def _get_default_module(self, ctx: Context | None = None) -> Any:
        return super()._get_default_module(None if ctx is None or self._knows(ctx.globals_keys) else ctx)

    @classmethod
    def _from_namespace(cls, environment: Any, namespace: Any, globals: Any) -> Any:  # noqa: A002 - Jinja's name
        namespace |= {"escape": shown, "Macro": Quick}
        return super()._from_namespace(environment, namespace, globals)

    def _knows(self, names: set[str]) -> bool:
        known: frozenset[str] = self.__dict__.get("_known_names", frozenset())
        if not names <= known:
            known = self.__dict__["_known_names"] = frozenset(self.globals)
        return names <= known


class Setting(NodeTransformer):
    """Puts sentences and drawings in their places, in the language of the moment; later values are put into them."""

    def __init__(self, escapes: bool) -> None:
        self.escapes = escapes

    def visit_Call(self, call: nodes.Call) -> nodes.Expr:  # noqa: N802 - Jinja's name
        """What a settled function answers to constants, else the call as it was."""
        self.generic_visit(call)
        answer = SETTLED.get(call.node.name) if isinstance(call.node, nodes.Name) else None
        plain = [part.value for part in call.args if isinstance(part, nodes.Const)]
        if answer is None or len(plain) < len(call.args) or call.dyn_args or call.dyn_kwargs:
            return call
        if not call.kwargs:
            return nodes.MarkSafeIfAutoescape(nodes.Const(answer(*plain)), lineno=call.lineno)
        if self.escapes:
            call.node.name, call.args = FILLED, [nodes.Const(answer(*plain), lineno=call.lineno)]
        return call

    def visit_Output(self, output: nodes.Output) -> nodes.Output:  # noqa: N802 - Jinja's name
        """What is printed under a condition is nothing without it: a word about that nothing was made each time."""
        for part in output.nodes:
            if isinstance(part, nodes.CondExpr) and part.expr2 is None:
                part.expr2 = nodes.Const("", lineno=part.lineno)
        self.generic_visit(output)
        return output


class Shelf(dict[Any, Any]):
    """The compiled templates, each once a language."""

    def get(self, key: Any, default: Any = None) -> Any:
        """The template as it is set in the language of the moment."""
        return super().get((key, words.locale()), default)

    def __setitem__(self, key: Any, template: Template) -> None:
        super().__setitem__((key, words.locale()), template)


class Press(Environment):
    """Compiles templates so."""

    template_class = Page
    context_class = Facts
    code_generator_class = Setter

    def __init__(self, app: Flask, **options: Any) -> None:
        super().__init__(app, **options)
        self.cache: Any = Shelf()
        known: dict[str, Any] = self.globals
        known.update({"icon": icons.icon, "logo": icons.logo, "asset": asset, FILLED: filled})

    def _generate(self, source: nodes.Template, *where: Any, **how: Any) -> str:
        escapes = self.autoescape(where[0]) if callable(self.autoescape) else self.autoescape
        return super()._generate(Setting(escapes).visit(source), *where, **how)

    def getattr(self, obj: Any, attribute: str) -> Any:
        """`obj.attribute` as Jinja finds it; a key of a dict at once, for Jinja's own way there is much longer."""
        if type(obj) is dict and attribute not in OF_DICTS:
            return obj[attribute] if attribute in obj else self.undefined(obj=obj, name=attribute)
        try:
            return getattr(obj, attribute)
        except AttributeError:
            pass
        try:
            return obj[attribute]
        except (TypeError, LookupError, AttributeError):
            return self.undefined(obj=obj, name=attribute)


def needed(environment: Environment, template: str) -> Iterator[tuple[str, str]]:
    """A template and every other one it names, each once, with its source."""
    loader = environment.loader or FunctionLoader(lambda _name: None)
    waiting, seen = [template], set()
    while waiting:
        name = waiting.pop()
        if name not in seen:
            seen.add(name)
            source = loader.get_source(environment, name)[0]
            yield name, source
            waiting.extend(sorted(filter(None, meta.find_referenced_templates(environment.parse(source)))))


def compile_all(environment: Environment, template: str) -> None:
    """Set a template and all it names, with the names of months, in each language of clients, before somebody waits."""
    names = [name for name, _source in needed(environment, template)]
    for language in words.CLIENT:
        with words.using(language):
            words.day(clock.today())
            for name in names:
                environment.get_template(name)

"""Templates that import each other's macros at little cost."""

from typing import Any

from flask import Flask
from jinja2 import Template
from jinja2.runtime import Context


class Page(Template):
    """A template of ours: whether its macros may be shared is decided by comparing two sets, not name by name.

    Jinja asks this at every `{% from … import … %}` that is come by, dozens of times on a page.
    """

    def _get_default_module(self, ctx: Context | None = None) -> Any:
        return super()._get_default_module(None if ctx is None or self._knows(ctx.globals_keys) else ctx)

    def _knows(self, names: set[str]) -> bool:
        known: frozenset[str] = self.__dict__.get("_known_names", frozenset())
        if not names <= known:
            known = self.__dict__["_known_names"] = frozenset(self.globals)
        return names <= known


def setup(app: Flask) -> None:
    """Make every template of the app such a one."""
    app.jinja_env.template_class = Page

"""How templates print a value, read an attribute and call a function: as Jinja does it, by a shorter way.

A page of lists does each of these thousands of times, and more of its time goes there than into what is printed.
"""

from types import BuiltinFunctionType, FunctionType, MethodType
from typing import Any

from jinja2.runtime import Context, Macro
from markupsafe import Markup, _escape_inner, escape

PLAIN = frozenset({BuiltinFunctionType, FunctionType, MethodType})


def shown(value: Any) -> str:
    """A value escaped for a page; a plain string, for what is printed is joined at once."""
    kind = type(value)
    if kind is str:
        return _escape_inner(value)
    if kind is Markup:
        return value
    if kind is int:
        return str(value)
    return escape(value)


def filled(sentence: str, /, **values: Any) -> Markup:
    """A sentence of ours with what comes from outside put into it, escaped."""
    return Markup(sentence % {name: shown(value) for name, value in values.items()})  # noqa: S704 - ours, and escaped


class Facts(Context):
    """What a template knows while it is printed."""

    def call(__self, __obj: Any, *args: Any, **kwargs: Any) -> Any:  # noqa: N805 - as Jinja names them
        """Call a macro, or a function that does not ask for the context, without looking for what else it could be."""
        kind = type(__obj)
        if kind is Macro:
            args = (__self.eval_ctx, *args)
        elif kind not in PLAIN or hasattr(__obj, "jinja_pass_arg"):
            return super().call(__obj, *args, **kwargs)
        kwargs.pop("_block_vars", None)
        kwargs.pop("_loop_vars", None)
        return __obj(*args, **kwargs)

"""How templates print a value, read an attribute and call a function: as Jinja does it, by a shorter way.

A page of lists does each of these thousands of times, and more of its time goes there than into what is printed.
"""

from types import BuiltinFunctionType, FunctionType, MethodType
from typing import Any

from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.nodes import EvalContext
from jinja2.runtime import Context, Macro, missing
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


class Quick(Macro):
    """A macro that takes what it names and nothing else by a shorter way; any other call goes Jinja's own."""

    def __init__(self, *what: Any, **how: Any) -> None:
        super().__init__(*what, **how)
        self.is_plain = not (self.catch_kwargs or self.catch_varargs or self.caller or self.explicit_caller)
        # By how many arguments were said: what may be named besides. Most macros live for one call and need none.
        self.rest: dict[int, tuple[str, ...]] = {}

    def print(self, context: EvalContext, said: tuple[Any, ...], named: dict[str, Any]) -> str:
        """What the macro makes of its arguments."""
        n = len(said)
        if not self.is_plain or n > self._argument_count:
            return self(context, *said, **named)
        if n < self._argument_count:
            rest = self.rest.get(n)
            if rest is None:
                rest = self.rest[n] = tuple(self.arguments[n:])
            if named and not named.keys() <= set(rest):
                return self(context, *said, **named)
            said += tuple([named.get(name, missing) for name in rest]) if named else (missing,) * len(rest)
        elif named:
            return self(context, *said, **named)
        printed = self._func(*said)
        return str.__new__(Markup, printed) if context.autoescape else printed


class Facts(Context):
    """What a template knows while it is printed."""

    def call(__self, __obj: Any, *args: Any, **kwargs: Any) -> Any:  # noqa: N805 - as Jinja names them
        """Call a macro, or a function that does not ask for the context, without looking for what else it could be."""
        kind = type(__obj)
        if kind is Quick:
            return __obj.print(__self.eval_ctx, args, kwargs)
        if kind in PLAIN and not hasattr(__obj, "jinja_pass_arg"):
            return __obj(*args, **kwargs)
        return super().call(__obj, *args, **kwargs)


class Setter(CodeGenerator):
    """Writes calls as they stand: what was set in a loop or a block is handed to no function of ours."""

    def visit_Call(self, call: nodes.Call, frame: Frame, forward_caller: bool = False) -> None:  # noqa: N802 - Jinja's
        """A call of a macro or a function."""
        self.write("context.call(")
        self.visit(call.node, frame)
        self.signature(call, frame, {"caller": "caller"} if forward_caller else None)
        self.write(")")

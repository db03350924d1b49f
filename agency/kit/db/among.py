"""A list of values as one parameter, so that a question reads the same however long the list is."""

import json
from functools import cached_property
from typing import Any

from sqlalchemy import BindParameter, String, bindparam
from sqlalchemy.engine import Dialect
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.types import TypeDecorator


class Values(list[Any]):
    """Values that are written out once, in however many places a question names them."""

    @cached_property
    def json(self) -> str:
        """Them as JSON."""
        return json.dumps(self, ensure_ascii=False)


class Among(BindParameter[Any]):
    """What `column.in_()` looks in: `column.in_(Among("clients"))`, asked with `clients=[1, 2, 3]`.

    SQLite gets the list as JSON: of a list of parameters it would have to think anew for every length, and forget
    others for it. PostgreSQL plans each question anyway, and by the values themselves.
    """

    inherit_cache = True

    def __init__(self, name: str) -> None:
        super().__init__(name, expanding=True)


class _Written(TypeDecorator[Any]):
    """Values as JSON."""

    impl = String
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str:
        return (value if isinstance(value, Values) else Values(value)).json


@compiles(Among, "sqlite")
def _as_one(element: Among, compiler: SQLCompiler, **how: Any) -> str:
    values = compiler.process(bindparam(element.key, type_=_Written()), **how)
    return f"(SELECT value FROM json_each({values}))"  # noqa: S608 - the name of a parameter

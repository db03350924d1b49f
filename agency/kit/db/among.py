"""A list of values as one parameter, so that a question reads the same however long the list is."""

from typing import Any

from sqlalchemy import BindParameter, bindparam
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler

from agency.kit.db.types import Json


class Among(BindParameter[Any]):
    """What `column.in_()` looks in: `column.in_(Among("clients"))`, asked with `clients=[1, 2, 3]`.

    SQLite gets the list as JSON: of a list of parameters it would have to think anew for every length, and forget
    others for it. PostgreSQL plans each question anyway, and by the values themselves.
    """

    inherit_cache = True

    def __init__(self, name: str) -> None:
        super().__init__(name, expanding=True)


@compiles(Among, "sqlite")
def _as_one(element: Among, compiler: SQLCompiler, **how: Any) -> str:
    values = compiler.process(bindparam(element.key, type_=Json()), **how)
    return f"(SELECT value FROM json_each({values}))"  # noqa: S608 - the name of a parameter

"""The greatest of some values in one row, by the name each database has for it."""

from typing import Any

from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import ReturnTypeFromArgs


class Greatest(ReturnTypeFromArgs[Any]):
    """`Greatest(0, Task.rest)`: of the type of what is compared, each said once; no value may be missing."""

    name = "greatest"
    inherit_cache = True


@compiles(Greatest, "sqlite")
def _on_sqlite(element: Greatest, compiler: SQLCompiler, **how: Any) -> str:
    return f"max{compiler.function_argspec(element, **how)}"

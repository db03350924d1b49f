"""Lists by name in the order a reader expects, the same on both databases."""

from typing import Any

from sqlalchemy import String, event
from sqlalchemy.dialects import postgresql
from sqlalchemy.orm import Mapped, mapped_column

from agency.kit.language.folding import sort_key

LONGEST = 120
# Keys are compared sign by sign, whatever the language of the database.
KEY = String(LONGEST).with_variant(postgresql.VARCHAR(LONGEST, collation="C"), "postgresql")


def _of_new_row(context: Any) -> str:
    return sort_key(str(context.get_current_parameters().get("name") or ""))[:LONGEST]


class Ordered:
    """A row with a name, found in lists by `sort_key`; rows inserted in bulk get theirs too."""

    name: Mapped[str]
    sort_key: Mapped[str] = mapped_column(KEY, default=_of_new_row, index=True)


def _renamed(_mapper: Any, _connection: Any, row: Ordered) -> None:
    row.sort_key = sort_key(row.name)[:LONGEST]


event.listen(Ordered, "before_update", _renamed, propagate=True)

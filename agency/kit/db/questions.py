"""Questions put together once: a statement for each shape, its values named when it is asked.

To build a select() and to find its compiled form costs more than a short question costs to answer, and a page asks
many. So whatever changes the words of a question (is it about closed ones, whose view is it) is an argument of a
`prepared` function, out of a short list; whatever changes from reader to reader (ids, days, typed words) is a
`bindparam`, and for many values an `Among`:

    @prepared
    def _listed(closed: bool) -> Select[int, str]:
        rows = select(Task.id, Task.title).where(Task.assignee_id == bindparam("who"))
        return rows.where(Task.state.in_(CLOSED if closed else OPEN)).limit(PAGE)

    for task in ask(_listed(closed=False), who=person.id): …

Such a function must not look at the clock, the request or the reader: it is called once in the life of the process.
"""

from collections.abc import Callable, Iterable
from functools import lru_cache, wraps
from typing import Any, ParamSpec, TypeVar, TypeVarTuple, cast

from sqlalchemy import CompoundSelect, Select, bindparam, inspect, select
from sqlalchemy.orm import attributes

from agency.kit.db.answers import Answer, answer
from agency.kit.db.base import KINDS, db
from agency.kit.db.settling import settled

# Shapes of one question; one with more takes values for shapes.
SHAPES = 64

Shape = ParamSpec("Shape")
Question = TypeVar("Question")
Columns = TypeVarTuple("Columns")
Record = TypeVar("Record")


def prepared(build: Callable[Shape, Question]) -> Callable[Shape, Question]:
    """Keep what `build` puts together, once for each of its arguments; its own words are written out."""

    @lru_cache(maxsize=SHAPES)
    @wraps(build)
    def once(*args: Any, **shape: Any) -> Any:
        return settled(cast("Callable[..., Any]", build)(*args, **shape))

    return cast("Callable[Shape, Question]", once)


def collect(records: Iterable[Any], name: str, question: Select[int, Any], back: str = "") -> None:
    """Fill a collection of records by one prepared question, where it is not known already.

    The question is asked with the ids as `of`, and answers pairs: the id, and what belongs to it, which is told by
    `back` whose it is. The mapper's own second question (selectinload) is put together each time, which costs more
    than its answer.
    """
    empty = {record.id: record for record in records if name in inspect(record).unloaded}
    found: dict[int, list[Any]] = {id: [] for id in empty}
    if empty:
        for id, row in db.session.execute(question, {"of": list(empty)}).unique():
            found[id].append(row)
            if back:
                attributes.set_committed_value(row, back, empty[id])
    for id, rows in found.items():
        attributes.set_committed_value(empty[id], name, rows)


def note(records: Iterable[Any], name: str, question: Select[*tuple[Any, ...]]) -> None:
    """Note beside records the rows that a prepared question has of them: each begins with the id of its record.

    For what is only read: rows of columns cost a fourth of records in a collection. The question is asked with the
    ids as `of`.
    """
    found: dict[int, list[Any]] = {record.id: [] for record in records}
    for record, rows in zip(records, found.values(), strict=True):
        setattr(record, name, rows)
    if found:
        for row in ask(question, of=list(found)):
            found[row[0]].append(row)


def by_id(model: type[Record], id: int) -> Record | None:
    """The record of a kind with this id, read whole and anew."""
    kind: Any = model
    return db.session.scalars(_by_id(kind.KIND), {"id": id}).first()


@prepared
def _by_id(kind: str) -> Select[Any]:
    model = KINDS[kind]
    return select(model).where(model.id == bindparam("id"))


def ask(question: Select[*Columns] | CompoundSelect[*Columns], /, **values: Any) -> Answer[*Columns]:
    """The rows of a question about columns, past the mapper, which takes twice as long over them.

    A question about whole records goes through it: `db.session.scalars(question, values)`.
    """
    session = db.session()
    if session.autoflush:
        session.flush()
    return answer(session.connection(), question, values)

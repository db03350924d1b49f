"""Which tasks an approved estimate becomes: one a line, in the department of the line; pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol

from agency.kit.language.spans import HOURS

# Reserve is money, not work; all other kinds of lines are somebody's task.
WITHOUT_WORK = frozenset({"contingency"})
# Money that passes through us: one task of the media department, whatever the quantity.
PASSING = frozenset({"media", "agent"})
MANAGERS = "account"


class Mark(Protocol):
    """A requirement beside a line."""

    @property
    def requirement_id(self) -> int: ...


class Line(Protocol):
    """What the rule reads of a line of an estimate."""

    id: int
    department: str
    title: str
    note: str
    unit: str
    quantity: Decimal
    kind: str
    is_optional: bool
    client_accepts: bool
    rounds: int
    estimate_minutes: int | None
    minutes: int | None

    @property
    def marks(self) -> Sequence[Mark]: ...


@dataclass(frozen=True)
class Piece:
    """One task to be: unique by (line, ordinal). `for_manager` means that the project's manager does it."""

    line_id: int
    ordinal: int
    department: str
    title: str
    about: str
    estimate_minutes: int | None
    client_accepts: bool
    is_public: bool
    rounds: int
    requirement_ids: tuple[int, ...]
    for_manager: bool


def split(lines: Iterable[Line]) -> list[Piece]:
    """The tasks of an approved estimate, in the order of its lines; optional lines and reserves make none."""
    return [_piece(line) for line in lines if not line.is_optional and line.kind not in WITHOUT_WORK]


def estimate(line: Line) -> int | None:
    """Minutes of work in a line: what was estimated, else its quantity when it is sold by the hour."""
    if line.estimate_minutes is not None:
        return line.estimate_minutes
    if line.kind not in PASSING and line.unit.strip().rstrip(".").casefold() in HOURS:
        return line.minutes or int(line.quantity * 60)
    return None


def _piece(line: Line) -> Piece:
    department = "media" if line.kind in PASSING else line.department
    return Piece(
        line_id=line.id, ordinal=1, department=department, title=line.title.strip(), about=line.note.strip(),
        estimate_minutes=estimate(line), client_accepts=line.client_accepts,
        is_public=department != MANAGERS or line.client_accepts, rounds=line.rounds,
        requirement_ids=tuple(dict.fromkeys(mark.requirement_id for mark in line.marks)),
        for_manager=department == MANAGERS,
    )

"""Pages of docs/ that the program writes about itself: states, rights, consequences, calendar.

`python -m workers.handbook` writes them; a test compares them with the program.
"""

from collections.abc import Callable
from pathlib import Path

from agency.app import rooms
from agency.kit import words
from agency.kit.states import REGISTRY, Moves
from agency.policy import RULES
from workers.consequences import CONSEQUENCES
from workers.schedule import CALENDAR

DOCS = Path(__file__).parents[1] / "docs"
DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
ROLES = ("owner", "admin", "account_manager", "head", "specialist", "finance", "contact", "system")


def states() -> str:
    """Every record's life as a diagram and a table."""
    parts = ["# States and moves\n\nWritten by `python -m workers.handbook` from the tables of moves in the code.\n"]
    for kind in sorted(REGISTRY):
        parts.append(f"## {kind.replace('_', ' ')}\n\n{_diagram(REGISTRY[kind])}\n\n{_table(REGISTRY[kind])}\n")
    return "\n".join(parts)


def _diagram(moves: Moves) -> str:
    arrows: dict[tuple[str, str], list[str]] = {}
    for move in moves.all:
        for source in move.sources:
            for end in move.ends():
                arrows.setdefault((source, end), []).append(move.verb)
    lines = [f"    {source} --> {end}: {', '.join(verbs)}" for (source, end), verbs in arrows.items()]
    return "\n".join(["```mermaid", "stateDiagram-v2", f"    [*] --> {moves.states[0]}", *lines, "```"])


def _table(moves: Moves) -> str:
    rows = ["| from | move | to | right | fact |", "|---|---|---|---|---|"]
    for move in moves.all:
        asks = f" ({', '.join(move.asks)})" if move.asks else ""
        rows.append(
            f"| {', '.join(move.sources)} | {move.verb}{asks} | {', '.join(move.ends())} "
            f"| `{move.policy}` | `{move.fact}` |",
        )
    return "\n".join(rows)


def rights() -> str:
    """The policy as a table: which role may do what, and where."""
    head = [
        "# Who may what", "",
        "Written by `python -m workers.handbook` from agency/policy.py. A cell names the records a right reaches.", "",
        f"| right | {' | '.join(role.replace('_', ' ') for role in ROLES)} |", f"|---|{'---|' * len(ROLES)}",
    ]
    rows = []
    for key, rule in RULES.items():
        where: dict[str, list[str]] = {}
        for role, place in rule.grants:  # type: ignore[attr-defined]
            where.setdefault(role, []).append(place.__name__.replace("_", " "))
        rows.append(f"| `{key}` | {' | '.join(' or '.join(where.get(role, [])) for role in ROLES)} |")
    return "\n".join([*head, *rows]) + "\n"


def consequences() -> str:
    """What follows from a fact, and what runs when."""
    lines = [
        "# Consequences and calendar", "", "Written by `python -m workers.handbook` from workers/.", "",
        "| fact | jobs that follow |", "|---|---|",
        *(f"| `{fact}` | {', '.join(f'`{job}`' for job in jobs)} |" for fact, jobs in sorted(CONSEQUENCES.items())),
        "", "| time | days | job |", "|---|---|---|",
        *(
            f"| {line.at:%H:%M} | {_days(line.weekdays)} | `{line.job}` |"
            for line in sorted(CALENDAR, key=lambda line: line.at)
        ),
    ]
    return "\n".join(lines) + "\n"


def _days(weekdays: tuple[int, ...]) -> str:
    return "every day" if len(weekdays) == len(DAYS) else ", ".join(DAYS[day] for day in weekdays)


PAGES: dict[str, Callable[[], str]] = {"states.md": states, "rights.md": rights, "consequences.md": consequences}


def main() -> None:
    """Write every page."""
    rooms()
    DOCS.mkdir(exist_ok=True)
    with words.using("en"):
        for name, write in PAGES.items():
            (DOCS / name).write_text(write())


if __name__ == "__main__":
    main()

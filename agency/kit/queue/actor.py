"""The system itself as an actor, for facts that no person caused."""

from dataclasses import dataclass


@dataclass(frozen=True)
class System:
    """Nobody's hand: a job, the relay, the calendar."""

    id: int | None = None
    kind: str = "system"
    roles: frozenset[str] = frozenset()
    department_ids: frozenset[int] = frozenset()
    client_ids: frozenset[int] = frozenset()
    link: None = None
    person: None = None


SYSTEM = System()

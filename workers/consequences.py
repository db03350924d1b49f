"""Consequences on one page: what follows from a fact. A job named here gets the fact's subject id."""

CONSEQUENCES: dict[str, tuple[str, ...]] = {
    "smeta.approved": ("tasks.split",),
}

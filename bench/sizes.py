"""How big the agencies are that pages are measured in."""

from dataclasses import dataclass

# Each task has time logged this often, and this many facts of its life in the journal.
ENTRIES = 5
FACTS = 10


@dataclass(frozen=True)
class Size:
    """One agency: how many of each; every project has the same inside, so that its pages can be compared."""

    name: str
    staff: int
    clients: int
    projects: int
    tasks_each: int = 20

    @property
    def tasks(self) -> int:
        """Tasks of all projects together."""
        return self.projects * self.tasks_each

    @property
    def entries(self) -> int:
        """Time entries of all tasks together."""
        return self.tasks * ENTRIES

    @property
    def facts(self) -> int:
        """Facts of all tasks together."""
        return self.tasks * FACTS

    @property
    def managers(self) -> int:
        """Account managers among the staff."""
        return max(1, self.staff // 7)


SIZES = {
    size.name: size
    for size in (
        Size("large", staff=300, clients=2_000, projects=5_000),
        # One manager, who looks after as many clients and projects as each of the large agency does.
        Size("small", staff=13, clients=48, projects=120),
    )
}

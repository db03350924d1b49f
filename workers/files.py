"""Jobs of uploaded files: tidy away what forms brought and nobody kept."""

from collections.abc import Callable, Generator

from agency.attached.files import queries
from agency.kit import storage
from agency.kit.queue import job


@job("quick")
def tidy() -> Generator[Callable[[], None], None, None]:
    """Throw away uploads older than a day that no record knows, and move home those that one does."""
    left = storage.current().leftovers()
    known = [staged for staged in left if queries.is_known(staged.sha256)]

    def move() -> None:
        for staged in left:
            if staged in known:
                staged.settle()
            else:
                staged.discard()

    yield move

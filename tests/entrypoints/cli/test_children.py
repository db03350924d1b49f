"""One child: the pause before it comes back grows, and shrinks again after a good life."""

from agency.entrypoints.cli import children
from agency.entrypoints.cli.children import Child, how_it_ended


class Ended:
    """A process that has ended by itself."""

    returncode = -9

    def poll(self) -> int:
        return self.returncode


def pauses(deaths: int, lived: float = 0.0) -> list[str]:
    """What is said about each of so many deaths."""
    said: list[str] = []
    child = Child("worker mail", [])
    for _ in range(deaths):
        child.process = Ended()  # type: ignore[assignment]
        child._began = children.time.monotonic() - lived
        child.tend(said.append)
    return said


def test_the_pause_doubles_up_to_half_a_minute() -> None:
    said = pauses(10)
    assert said[0] == "worker mail ended (signal 9); starting it again in 0.2 s."
    assert [line.split()[-2] for line in said] == "0.2 0.4 0.8 1.6 3.2 6.4 12.8 25.6 30 30".split()


def test_a_child_that_lived_well_is_met_with_the_first_pause() -> None:
    assert {line.split()[-2] for line in pauses(5, lived=31)} == {"0.2"}


def test_an_end_is_said_in_words() -> None:
    assert (how_it_ended(-15), how_it_ended(3)) == ("signal 15", "exit code 3")

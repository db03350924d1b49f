"""Each kind of record is looked through by the list of its rarest word, by its newest rows, or not at all."""

from agency.overview.search.wanted import understand
from agency.overview.search.ways import COUNTED, Way, ways

MANY = 500


def chosen(typed: str, *asked: str, **found: tuple[int, ...]) -> list[Way]:
    wanted = understand(typed)
    none = (0,) * len(wanted.words)
    counts = {(name, n): found.get(name, none)[n] for name in COUNTED for n in range(len(wanted.words))}
    return list(ways(wanted, asked, counts, MANY))


def test_the_rarest_word_is_listed_and_a_kind_without_a_word_is_not_asked() -> None:
    assert chosen("плакат зима", "task", "client", task=(300, 2)) == [Way("task", 1)]
    assert chosen("плакат зима", "task", task=(300, 0)) == []


def test_where_every_word_is_common_the_newest_are_looked_at() -> None:
    assert chosen("плакат", "task", task=(MANY + 1,)) == [Way("task", None)]
    assert chosen("плакат зима", "task", task=(MANY + 1, 3)) == [Way("task", 1)]


def test_a_task_and_a_requirement_are_never_found_by_words_of_the_project_alone() -> None:
    common = (MANY + 1,)
    assert chosen("утро", "task", "requirement", "smeta", project=common) == [Way("smeta", None)]
    assert chosen("утро", "task", "requirement", project=common, task=(3,), requirement=common) == [
        Way("task", 0), Way("requirement", None),
    ]
    assert chosen("утро плакат", "task", project=common * 2, task=(0, 3)) == [Way("task", None)]
    assert chosen("утро плакат", "task", project=common * 2) == []


def test_words_of_the_project_count_for_what_is_in_it() -> None:
    assert chosen("утро 01", "smeta", "report", smeta=(0, 9), project=(4, 0)) == [Way("smeta", 0)]
    assert chosen("утро", "report", project=(4,)) == [Way("report", 0)]
    assert chosen("утро", "smeta", smeta=(1,), project=(MANY + 1,)) == [Way("smeta", None)]


def test_a_mark_and_a_telephone_need_no_word_of_their_own() -> None:
    assert chosen("т4", "requirement") == [Way("requirement", None)]
    assert chosen("т4 утро", "requirement", project=(0, 3)) == [Way("requirement", 1)]
    assert chosen("т4 утро", "requirement") == []
    assert chosen("+7 903", "contact") == [Way("contact", None)]

"""The history of a client: every fact belongs to one matter, and an address full of nonsense chooses nothing."""

from agency.app import rooms
from agency.kit import journal
from agency.people.clients import history

# What is never told of a client: the house's own affairs.
OWN = ("department.", "hours.", "own_entity.", "person.", "settings.", "task.", "tasks.")


def test_every_fact_belongs_to_one_matter() -> None:
    rooms()
    starts = [start for group in history.KINDS.values() for start in group]
    strange = [
        verb for verb in journal.declared()
        # Other tests of the same process declare deeds of their own.
        if sum(verb.startswith(start) for start in starts) != 1 and not verb.startswith((*OWN, "deed."))
    ]
    assert strange == []
    assert history.KINDS.keys() | {"client"} == history.KIND_NAMES.keys()


def test_an_address_full_of_nonsense_chooses_nothing() -> None:
    nonsense = {"who": "-1", "what": "x", "on": "31.12.2026", "project": "9" * 30, "before": "٣"}
    assert history.wanted(nonsense) == history.Wanted()
    assert not history.wanted(nonsense).is_narrowed
    assert history.wanted({"what": "money"}).is_narrowed

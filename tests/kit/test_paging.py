"""A list comes page by page, by key, onward and back, whatever happens to it meanwhile."""

from typing import Any, NamedTuple

import pytest
from sqlalchemy import select

from agency.kit.db import db, unit
from agency.kit.db.paging import Leaf, Listing, Stretch, Turn
from agency.people.clients.models import Client
from tests.cast import Cast

LENGTH = 3


class Named(NamedTuple):
    id: int
    code: str


@pytest.fixture
def clients(context: None, cast: Cast) -> None:
    """Ten clients, of whom every other one has no word said about it."""
    with unit():
        db.session.add_all(
            Client(code=f"P{n}", name=f"Страница {n % 4}", about="" if n % 2 else "о нём") for n in range(10)
        )


def _listing(falling: bool = False) -> Listing:
    rows = select(Client.id, Client.code).where(Client.code.startswith("P"))
    told = Stretch((Client.sort_key, Client.id), Client.about != "", falling)
    return Listing(rows, told, Stretch((Client.id,), Client.about == "", falling), length=LENGTH)


def _codes(leaf: Leaf[Named]) -> str:
    return "".join(row.code.removeprefix("P") for row in leaf.rows)


def _walk(listing: Listing, back: bool = False, **turn: int) -> list[str]:
    leaf = listing.leaf(Turn(**turn), Named)
    edge = leaf.earlier if back else leaf.later
    return [_codes(leaf), *(_walk(listing, back, **{"before" if back else "after": edge}) if edge else ())]


@pytest.mark.on_both
@pytest.mark.parametrize(("falling", "pages"), [
    (False, ["048", "261", "357", "9"]), (True, ["628", "409", "753", "1"]),
])  # fmt: skip
def test_pages_follow_each_other_and_lead_back(clients: None, falling: bool, pages: list[str]) -> None:
    listing = _listing(falling)
    assert _walk(listing) == pages
    last = db.session.scalars(select(Client.id).where(Client.code == f"P{pages[-1]}")).one()
    assert "".join(reversed(_walk(listing, back=True, before=last))) == "".join(pages[:-1])


def test_a_first_page_has_nothing_before_it_and_a_last_one_nothing_after(clients: None) -> None:
    listing = _listing()
    first = listing.leaf(Turn(), Named)
    assert (first.earlier, first.later) == (0, first.rows[-1].id)
    second = listing.leaf(Turn(after=first.later), Named)
    assert (second.earlier, second.later) == (second.rows[0].id, second.rows[-1].id)
    assert listing.leaf(Turn(before=second.earlier), Named) == first


def test_what_comes_in_meanwhile_neither_repeats_nor_hides_a_row(clients: None) -> None:
    listing = _listing()
    first = listing.leaf(Turn(), Named)
    with unit():
        db.session.add(Client(code="Pa", name="Страница", about="только что"))
    assert _codes(listing.leaf(Turn(after=first.later), Named)) == "261"


def test_beside_a_row_that_is_gone_or_at_the_very_end_stands_the_first_page(clients: None) -> None:
    listing = _listing()
    first = listing.leaf(Turn(), Named)
    for turn in (Turn(after=987_654), Turn(before=first.rows[0].id), Turn(before=987_654)):
        assert listing.leaf(turn, Named) == first


def test_an_empty_list_has_no_edges(context: None, cast: Cast) -> None:
    nobody: Any = _listing().leaf(Turn(), Named)
    assert nobody == Leaf([])

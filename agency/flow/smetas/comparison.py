"""Two versions of a smeta compared in words a client may read: no cost and no margin comes in."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from agency.flow.smetas.sheet import Row, Terms, Totals
from agency.kit.words import _, money0, percent, quantity
from agency.kit.words import money as amount

Kind = Literal["added", "removed", "changed", "total"]


@dataclass(frozen=True, slots=True)
class Item:
    """A row as the client sees it; sum in minor units, price in major units, discount in per cent."""

    title: str
    quantity: Decimal | Fraction
    unit: str
    price: Decimal
    discount: Decimal
    sum: int
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Face:
    """A version as the client sees it; rows by what stays the same when they are edited."""

    currency: str
    rows: Mapping[Hashable, Item]
    discount_percent: Decimal
    discount: int
    commission_rate: Decimal
    commission: int
    gross: int


@dataclass(frozen=True, slots=True)
class Change:
    """One difference: its sentence and what it does to the printed sums, in minor units."""

    kind: Kind
    title: str
    sentence: str
    delta: int


def face(totals: Totals, terms: Terms, names: Mapping[Hashable, tuple[str, str]]) -> Face:
    """The client's face of a counted version; names give title and unit by the key of a line."""
    rows = {row.line.key: _item(row, *names[row.line.key]) for row in totals.rows + totals.options if row.line}
    commission = totals.commission.due if totals.commission else 0
    return Face(totals.currency, rows, terms.discount, totals.discount, terms.commission_rate, commission, totals.gross)


def _item(row: Row, title: str, unit: str) -> Item:
    line = row.line
    assert line is not None  # noqa: S101 the commission has no key and is left out above
    return Item(title, line.quantity, unit, line.price, line.discount, row.sum, line.optional)


def compare(before: Face, after: Face) -> list[Change]:
    """What changed from one version to the next: rows in the newer order, then what is gone, then the totals."""
    changes = [
        change
        for key, item in after.rows.items()
        if (change := _row(before.rows.get(key), item, after.currency)) is not None
    ]
    changes += [_removed(item, before.currency) for key, item in before.rows.items() if key not in after.rows]
    return changes + _totals(before, after)


def _row(old: Item | None, new: Item, currency: str) -> Change | None:
    if old is None:
        said = _("Added: %(title)s, %(sum)s", title=new.title, sum=money0(new.sum, currency))
        return Change("added", new.title, said, _counted(new))
    clauses = _clauses(old, new, currency)
    if not clauses:
        return None
    return Change("changed", new.title, f"{new.title}: {'; '.join(clauses)}", _counted(new) - _counted(old))


def _removed(old: Item, currency: str) -> Change:
    said = _("Removed: %(title)s, %(sum)s", title=old.title, sum=money0(old.sum, currency))
    return Change("removed", old.title, said, -_counted(old))


def _counted(item: Item) -> int:
    return 0 if item.optional else item.sum


def _clauses(old: Item, new: Item, currency: str) -> list[str]:
    """What differs between two states of one row, each as a few words."""
    said: list[str] = []
    if old.title != new.title:
        said.append(_("was called “%(title)s”", title=old.title))
    if (old.quantity, old.unit) != (new.quantity, new.unit):
        was, now = (f"{_figure(item.quantity)} {item.unit}".strip() for item in (old, new))
        said.append(_("quantity %(before)s → %(after)s", before=was, after=now))
    if old.price != new.price:
        said.append(_("price %(before)s → %(after)s", before=_figure(old.price), after=_figure(new.price)))
    if old.discount != new.discount:
        was, now = percent(old.discount), percent(new.discount)
        said.append(_("discount %(before)s → %(after)s", before=was, after=now))
    if old.optional != new.optional:
        said.append(_("became an option") if new.optional else _("is now part of the total"))
    if said and old.sum != new.sum:
        was, now = money0(old.sum, currency), money0(new.sum, currency)
        said.append(_("sum %(before)s → %(after)s", before=was, after=now))
    return said


def _figure(value: Decimal | Fraction) -> str:
    """A figure with at most four decimals; thirds of an hour are shown by two."""
    if isinstance(value, Fraction):
        return quantity((Decimal(value.numerator) / value.denominator).quantize(Decimal("0.01")))
    return quantity(value)


def _totals(before: Face, after: Face) -> list[Change]:
    said: list[Change] = []
    if before.discount_percent != after.discount_percent:
        was, now = percent(before.discount_percent), percent(after.discount_percent)
        sentence = _("Project discount: %(before)s → %(after)s", before=was, after=now)
        said.append(Change("total", "", sentence, before.discount - after.discount))
    if before.commission_rate != after.commission_rate:
        was, now = percent(before.commission_rate), percent(after.commission_rate)
        sentence = _("Agency commission: %(before)s → %(after)s", before=was, after=now)
        said.append(Change("total", "", sentence, after.commission - before.commission))
    if before.gross != after.gross:
        was, now = amount(before.gross, before.currency), amount(after.gross, after.currency)
        sentence = _("Total: %(before)s → %(after)s", before=was, after=now)
        said.append(Change("total", "", sentence, after.gross - before.gross))
    return said

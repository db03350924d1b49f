"""Tables for spreadsheets: one writer of CSV and XLSX, whose cells never run on the reader's machine."""

import csv
import io
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import IO, Any

from agency.kit import clock, money, words
from agency.kit.words import Lazy, _

# What a spreadsheet may take for a formula at the start of a cell, their wide twins included.
TRIGGERS = "=+-@\t\r\n＝＋－＠"
# No XML holds these, and no reader has a use for them.
UNSPEAKABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
LONGEST = 32_767  # letters of a cell of XLSX
EPOCH = date(1900, 3, 1)  # before it XLSX counts a day that never was
FORMATS = {"number": "General", "money": "#,##0.00", "day": "yyyy-mm-dd", "moment": "yyyy-mm-dd hh:mm"}


@dataclass(frozen=True)
class Column:
    """A column: its heading and, in XLSX, how wide it is and how its numbers are shown."""

    title: str
    kind: str = "text"
    width: int = 14


@dataclass(frozen=True)
class Sheet:
    """A table to be written: text stays text, numbers are int or Decimal, days and instants what they are."""

    name: str
    columns: Sequence[Column]
    rows: Iterable[Sequence[Any]]


def text(title: str, width: int = 24) -> Column:
    """A column of words."""
    return Column(title, "text", width)


def number(title: str) -> Column:
    """A column of quantities."""
    return Column(title, "number", 11)


def sums(title: str) -> Column:
    """A column of money in major units, of `major`; another column names the currency."""
    return Column(title, "money", 15)


def day(title: str) -> Column:
    """A column of dates."""
    return Column(title, "day", 12)


def moment(title: str) -> Column:
    """A column of instants, told by the clock on the reader's wall."""
    return Column(title, "moment", 17)


def major(amount: int | None, currency: str) -> Decimal | None:
    """An amount in minor units as the number a person reads."""
    return None if amount is None else money.to_major(amount, currency)


def in_hours(minutes: int | None) -> Decimal | None:
    """Minutes as hours with two places."""
    return None if minutes is None else money.half_up(Decimal(minutes) / 60, 2)


def plain(value: Any) -> Any:
    """A value of a row as one of: text, number, date, naive local datetime; raises TypeError for any other."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, str | Lazy):
        return UNSPEAKABLE.sub("", str(value))[:LONGEST]
    if isinstance(value, datetime):
        return words.local(value).replace(tzinfo=None, microsecond=0)
    if isinstance(value, int | Decimal | date):
        return value
    raise TypeError(f"{type(value).__name__} is no value of a table")


def guarded(value: str) -> str:
    """Text for CSV: what would be read as a formula begins with an apostrophe."""
    return f"'{value}" if value.lstrip(" \u00a0")[:1] in TRIGGERS and value.strip(" \u00a0") else value


def decimal_mark() -> str:
    """How the reader's spreadsheet writes fractions; where it is a comma, cells are parted by semicolons."""
    return "." if words.locale() == "en" else ","


def write_csv(stream: IO[bytes], sheet: Sheet) -> None:
    """Write a table as CSV in UTF-8 with a mark, which Excel needs to read any letters."""
    into = io.TextIOWrapper(stream, "utf-8-sig", newline="", write_through=True)
    mark = decimal_mark()
    writer = csv.writer(into, delimiter="," if mark == "." else ";")
    writer.writerow([guarded(column.title) for column in sheet.columns])
    for row in sheet.rows:
        writer.writerow([_told(plain(value), mark) for value in row])
    into.detach()


def _told(value: Any, mark: str) -> str:
    if isinstance(value, str):
        return guarded(value)
    if isinstance(value, datetime):
        return value.isoformat(" ", "minutes")
    if isinstance(value, date):
        return value.isoformat()
    return f"{value:f}".replace(".", mark) if isinstance(value, Decimal) else str(value)


def write_xlsx(stream: IO[bytes], sheet: Sheet) -> None:
    """Write a table as XLSX row by row; every word is a string by its type, never a formula."""
    import xlsxwriter

    book = xlsxwriter.Workbook(stream, {
        "constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False,
    })
    book.set_properties({"title": plain(sheet.name), "created": clock.now().replace(tzinfo=None)})
    page = book.add_worksheet(_tab(sheet.name))
    shapes = {kind: book.add_format({"num_format": shape}) for kind, shape in FORMATS.items()}
    page.freeze_panes(1, 0)
    for at, column in enumerate(sheet.columns):
        page.set_column(at, at, column.width)
        page.write_string(0, at, plain(column.title), book.add_format({"bold": True}))
    for n, row in enumerate(sheet.rows, 1):
        for at, (column, value) in enumerate(zip(sheet.columns, row, strict=True)):
            _cell(page, n, at, plain(value), shapes.get(column.kind))
    book.close()


def _cell(page: Any, row: int, at: int, value: Any, shape: Any) -> None:
    if isinstance(value, date) and (value.date() if isinstance(value, datetime) else value) < EPOCH:
        value = value.isoformat()
    if isinstance(value, str):
        # An empty cell is left out: a count of filled cells must not count it.
        if value:
            page.write_string(row, at, value)
    elif isinstance(value, date):
        page.write_datetime(row, at, value, shape)
    else:
        page.write_number(row, at, float(value), shape)


def _tab(name: str) -> str:
    """A name that a tab may have: without seven signs, and 31 letters long at most."""
    return re.sub(r"[\[\]:*?/\\]", " ", plain(name)).strip(" '")[:31].rstrip(" '") or "1"


@dataclass(frozen=True)
class Form:
    """A kind of file: how it is written and what it is called on the way."""

    write: Callable[[IO[bytes], Sheet], None]
    mime: str


FORMS = {
    "xlsx": Form(write_xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "csv": Form(write_csv, "text/csv"),
}

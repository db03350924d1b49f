"""Tables for spreadsheets: numbers stay numbers, and no text becomes a formula."""

import csv
import io
import tracemalloc
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
import xlsxwriter  # noqa: F401 read before memory is measured
from openpyxl import load_workbook

from agency.kit import sheets, words
from agency.kit.sheets import Sheet

NASTY = ("=1+1", "+7 900", "-2", "@SUM(A1)", "\tx", "\rx", "\nx", "  =cmd|' /C calc'!A0", "＝1+1", '"=1', "=", " -")
COLUMNS = [sheets.text("Текст"), sheets.sums("Sum"), sheets.day("Day"), sheets.moment("When"), sheets.number("n")]


def written(sheet: Sheet, form: str) -> io.BytesIO:
    stream = io.BytesIO()
    sheets.FORMS[form].write(stream, sheet)
    stream.seek(0)
    return stream


def sheet_of(*rows: list[object]) -> Sheet:
    return Sheet("Смета TE-1/2: [лист]", COLUMNS, iter(rows))


def row(text: str) -> list[object]:
    return [text, Decimal("-1234567.89"), date(2026, 11, 22), datetime(2026, 11, 22, 21, 30, tzinfo=UTC), 7]


@pytest.mark.parametrize(("language", "parts", "mark"), [("ru", ";", ","), ("en", ",", ".")])
def test_csv_is_read_by_excel_and_runs_nothing(language: str, parts: str, mark: str) -> None:
    with words.using(language):
        bytes_ = written(sheet_of(*(row(text) for text in NASTY)), "csv").getvalue()
    assert bytes_.startswith("\ufeff".encode())
    rows = list(csv.reader(io.StringIO(bytes_.decode("utf-8-sig"), newline=""), delimiter=parts))
    assert rows[0][0] == "Текст"
    for text, told in zip(NASTY, rows[1:], strict=True):
        assert told == [text if text.startswith('"') else f"'{text}", f"-1234567{mark}89", "2026-11-22",
                        "2026-11-23 00:30", "7"]  # fmt: skip


def test_xlsx_holds_numbers_and_days_and_no_formula() -> None:
    page = load_workbook(written(sheet_of(*(row(text) for text in NASTY)), "xlsx")).active
    assert page.title == "Смета TE-1 2   лист"
    cells = list(page.iter_rows())
    assert not {cell.data_type for line in cells for cell in line} & {"f", "e"}
    for text, line in zip(NASTY, cells[1:], strict=True):
        assert line[0].value.replace("_x000D_", "\r") == text
        assert [str(cell.value) for cell in line[1:]] == [
            "-1234567.89", "2026-11-22 00:00:00", "2026-11-23 00:30:00", "7",
        ]  # fmt: skip
        assert (line[1].number_format, line[2].number_format) == ("#,##0.00", "yyyy-mm-dd")


def test_what_no_cell_can_hold_is_cut_or_refused() -> None:
    assert sheets.plain("a\x00b\x1bc\ud800") == "abc"
    assert len(sheets.plain("я" * 40_000)) == sheets.LONGEST
    blank = load_workbook(written(sheet_of([None, "", None, None, None]), "xlsx")).active
    assert blank.max_row == 1
    early = load_workbook(written(Sheet("", [sheets.day("Day")], [[date(1899, 5, 1)]]), "xlsx")).active
    assert early["A2"].value == "1899-05-01"
    with pytest.raises(TypeError):
        sheets.plain(1.5)
    assert [sheets.guarded(text) for text in ("", " ", "a=1", "'=1")] == ["", " ", "a=1", "'=1"]
    assert (sheets.major(123456, "CZK"), sheets.major(5, "JPY"), sheets.in_hours(100)) == (
        Decimal("1234.56"), 5, Decimal("1.67"),
    )  # fmt: skip


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_a_long_table_is_not_gathered_in_memory(form: str, tmp_path) -> None:
    def rows():
        yield from (row(f"Строка {n} " + "и ещё слово " * 20) for n in range(3_000))

    tracemalloc.start()
    with (tmp_path / "table").open("w+b") as file:
        sheets.FORMS[form].write(file, Sheet("x", COLUMNS, rows()))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 2 << 20, peak

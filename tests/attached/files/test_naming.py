"""Names of uploads: readable, harmless, and true about what is inside."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agency.attached.files.naming import LONGEST, clean, fitting, split


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("Бриф «Ёж».pdf", "Бриф «Ёж».pdf"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Temp\\смета.xlsx", "смета.xlsx"),
        ("a\0b\r\nc.PDF", "abc.pdf"),
        ("photo\u202egnp.exe", "photognp.exe"),
        ("...", "file"),
        ("", "file"),
        ('a<b>:"|?*.txt', "ab.txt"),
        ("x" * 300 + ".docx", "x" * (LONGEST - 5) + ".docx"),
        ("и\u0306.txt", "й.txt"),
        ("CON.pdf", "_CON.pdf"),
        ("nul", "_nul"),
        ("com1.tar.gz", "_com1.tar.gz"),
        ("context.pdf", "context.pdf"),
    ],
)
def test_a_name_is_cleaned(sent, kept):
    assert clean(sent) == kept


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("brief.pdf", "brief.pdf"), ("brief.pdf.exe", "brief.pdf.exe.pdf"), ("brief", "brief.pdf"),
        ("brief.html", "brief.html.pdf"), ("x" * 300, "x" * (LONGEST - 4) + ".pdf"),
    ],
)  # fmt: skip
def test_the_ending_tells_the_truth(sent, kept):
    assert fitting(sent, (".pdf",)) == kept


@given(st.text(st.characters(codec=None)))
def test_any_name_becomes_a_safe_one(sent):
    kept = fitting(sent, (".pdf",))
    assert 0 < len(kept) <= LONGEST
    assert split(kept)[1] == ".pdf"
    assert not set(kept) & set('\0/\\\r\n"<>:|?*\u202e')
    kept.encode("utf-8")

"""What is taken and what is not, told by the contents."""

import base64
import io
import struct
import zipfile

import pytest

from agency.attached.files import kinds
from agency.attached.files.kinds import ENTRIES, recognise
from agency.kit.states import Refused
from tests.kit.test_pdf import png


def packed(**entries: bytes) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in entries.items():
            # The label of an open document is never packed.
            how = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            archive.writestr(name.replace("__", "/").replace("_xml", ".xml"), data, how)
    return target.getvalue()


PICTURE = base64.b64decode(png(30, 30).split(",")[1])

TAKEN = {
    "application/pdf": b"%PDF-1.7\n...",
    "image/png": PICTURE,
    "image/svg+xml": b'<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>',
    "image/vnd.adobe.photoshop": b"8BPS\0\1",
    "video/mp4": b"\0\0\0\x20ftypisom",
    "image/heic": b"\0\0\0\x20ftypheic",
    "audio/mpeg": b"ID3\3",
    "application/x-ole-storage": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1....",
    "application/zip": packed(readme=b"x"),
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": packed(word__document_xml=b"<w/>"),
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": packed(xl__workbook_xml=b"<w/>"),
    "application/vnd.oasis.opendocument.text": packed(mimetype=b"application/vnd.oasis.opendocument.text"),
    "text/plain": "Бриф; 100 ₽; <важно>".encode(),
    "font/otf": b"OTTO\0",
}

NOT_TAKEN = {
    "nothing": b"",
    "a program": b"MZ\x90\0",
    "another program": b"\x7fELF\2",
    "a script": b"#!/bin/sh\nrm -rf /",
    "PHP": b"<?php system($_GET[0]);",
    "a web page": b"\xef\xbb\xbf  <!DOCTYPE html><p>x",
    "a web page behind a comment": b"<!-- x -->\n<html><p>x",
    "a text with a script": b"hello <script>alert(1)</script>",
    "a picture link page": b"<img src=x onerror=alert(1)>",
    "noise": bytes(range(256)),
    "text with a NUL": b"abc\0def",
    "a broken archive": b"PK\3\4 not really",
    "a broken picture": PICTURE[:20],
    "a picture of 900 megapixels": base64.b64decode(png(30_000, 30_000).split(",")[1]),
    "a bomb": packed(a=b"\0" * 40_000_000),
    "an archive of thousands": packed(**{f"f{n}": b"" for n in range(ENTRIES + 1)}),
}


@pytest.mark.parametrize("mime", TAKEN)
def test_known_kinds_are_taken(mime):
    assert recognise(io.BytesIO(TAKEN[mime])).mime == mime


@pytest.mark.parametrize("what", NOT_TAKEN)
def test_what_could_harm_is_refused_with_a_sentence(what):
    with pytest.raises(Refused) as refused:
        recognise(io.BytesIO(NOT_TAKEN[what]))
    assert len(str(refused.value)) > 20


def test_old_cyrillic_text_is_taken():
    assert recognise(io.BytesIO("Смета;100;да\r\n".encode("cp1251"))).mime == "text/plain"


def test_a_long_text_may_be_cut_inside_a_letter():
    assert recognise(io.BytesIO(b"a" + "ы".encode() * 5000)).mime == "text/plain"


def listing(entries: int, tail: bytes = b"") -> bytes:
    one = struct.pack("<4s4B4HL2L5H2L", b"PK\1\2", 20, 0, 20, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0) + b"a"
    whole = one * entries
    least = min(entries, 65535)
    return b"PK\3\4" + whole + tail + struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, least, least, len(whole), 4, 0)


@pytest.mark.parametrize("tail", [b"", b"PK\6\7" + b"\0" * 16])
def test_a_list_of_a_million_entries_is_not_even_read(monkeypatch: pytest.MonkeyPatch, tail: bytes) -> None:
    monkeypatch.setattr(zipfile, "ZipFile", None)
    with pytest.raises(Refused) as refused:
        recognise(io.BytesIO(listing(300_000 if not tail else 1, tail)))
    assert refused.value.sentence == kinds.BOMB


def test_an_archive_whose_end_is_hidden_in_its_end_is_measured_where_the_library_reads(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(zipfile, "ZipFile", None)
    sly = bytearray(listing(300_000))
    sly[-6:-2] = b"PK\5\6"
    with pytest.raises(Refused) as refused:
        recognise(io.BytesIO(bytes(sly)))
    assert refused.value.sentence == kinds.BOMB


def test_a_packed_label_is_not_unpacked() -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text" + " " * 10_000)
    assert recognise(io.BytesIO(target.getvalue())).mime == "application/zip"

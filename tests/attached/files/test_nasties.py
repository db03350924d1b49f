"""P22: whatever is sent, it is refused in words, or kept as data that nobody's browser runs."""

import base64
import contextlib
import io
import re
import time
import tracemalloc
import zipfile
from dataclasses import dataclass
from typing import Any

import pytest
from flask import Flask

from agency.attached.files import kinds, naming, operations
from agency.attached.files.kinds import recognise
from agency.kit import storage
from agency.kit.db import db, unit
from agency.kit.states import Refused
from agency.people.clients.models import Client
from tests.cast import Cast
from tests.kit.test_pdf import png

SCRIPT = b"<script>alert(document.cookie)</script>"
RUN = {"text/html", "image/svg+xml", "application/xhtml+xml", "text/xml", "application/xml", "text/javascript"}
XXE = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>'
LAUGHS = b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha">' + b"".join(
    f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">'.encode() for n in range(9)
) + b"]><l>&j;</l>"


def archive(*names: str, data: bytes = b"x", how: int = zipfile.ZIP_DEFLATED) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", how) as made:
        for name in names:
            made.writestr(name, data)
    return target.getvalue()


def picture(side: int) -> bytes:
    return base64.b64decode(png(side, side).split(",")[1])


NASTY: dict[str, tuple[str, bytes]] = {
    "a page": ("a.html", b"<!doctype html>" + SCRIPT), "a page called a picture": ("a.png", b"<html>" + SCRIPT),
    "a page called text": ("a.txt", b"hello " + SCRIPT), "a page in capitals": ("a.txt", b"<HTML><BODY onload=x>"),
    "a page after a mark": ("a.txt", b"\xef\xbb\xbf\n <body>"), "an xhtml page": ("a.xhtml", b"<?xml?><html>" + SCRIPT),
    "a page after ten thousand comments": ("a.txt", b"<!---->" * 10_000 + b"<html>"),
    "comments without a page": ("a.txt", b"<!-- a -->" * 300 + b"text"),
    "a comment without an end": ("a.txt", b"<!--" * 1000), "spaces without an end": ("a.txt", b" " * 4000 + b"x"),
    "a page past the first bytes": ("a.txt", b"x" * 5000 + SCRIPT),
    "an svg with a script": ("a.svg", b'<svg xmlns="http://www.w3.org/2000/svg">' + SCRIPT + b"</svg>"),
    "an svg with a stranger inside": ("a.svg", XXE.replace(b"<x>", b"<svg >").replace(b"</x>", b"</svg>")),
    "an svg called a picture": ("a.png", b"<svg onload=alert(1)>"), "xml with a stranger": ("a.xml", XXE),
    "xml that laughs": ("a.xml", LAUGHS), "xml with its own style": ("a.xml", b'<?xml-stylesheet href="x.xsl"?><a/>'),
    "a gif that is a script": ("a.gif", b"GIF89a/*" + b"\0" * 40 + b"*/=1;alert(1)//"),
    "a gif with a page": ("a.gif", b"GIF89a\1\0\1\0\0\0\0" + SCRIPT),
    "a png with a page behind": ("a.png", picture(4) + SCRIPT),
    "a jpeg with a page behind": ("a.jpg", b"\xff\xd8\xff\xe0" + SCRIPT),
    "a pdf with a page": ("a.pdf", b"%PDF-1.7" + SCRIPT),
    "a pdf with a script": ("a.pdf", b"%PDF-1.7 1 0 obj <</S /JavaScript /JS (app.alert(1))>>"),
    "a program": ("a.exe", b"MZ\x90\0" + b"\0" * 60), "a program called a paper": ("paper.pdf", b"MZ\x90\0"),
    "a script of a shell": ("a.sh", b"#!/bin/sh\nrm -rf ~"), "a script of Windows": ("a.bat", b"@ECHO OFF\r\ndel"),
    "a php page": ("a.php", b"<?php system($_GET[0]);"), "a java class": ("a.class", b"\xca\xfe\xba\xbe"),
    "a way of Windows": ("a.lnk", b"L\0\0\0\1\x14\2\0"),
    "an address file": ("a.url", b"[InternetShortcut]\nURL=file://x"),
    "an application of pages": ("a.hta", b"<hta:application>" + SCRIPT), "a script of a page": ("a.js", b"alert(1)"),
    "a double ending": ("brief.pdf.exe", b"%PDF-1.7"), "a path": ("../../../etc/cron.d/x.txt", b"x"),
    "a path of Windows": ("C:\\Windows\\x.txt", b"x"), "a NUL in the name": ("a.pdf\0.html", b"%PDF-1.7"),
    "a hidden direction": ("a\u202efdp.exe", b"%PDF-1.7"), "a long name": ("ы" * 255 + ".pdf", b"%PDF-1.7"),
    "a name of a device": ("con.txt", b"x"), "a name of dots": ("...", b"x"), "no name": ("", b"x"),
    "a header in the name": ('a"\r\nSet-Cookie: x=1.txt', b"x"), "a name that is a formula": ("=cmd|x.csv", b"x;y"),
    "a bomb": ("a.zip", archive("a", data=b"\0" * 40_000_000)),
    "a table that is a bomb": ("a.xlsx", archive("xl/workbook.xml", data=b" " * 30_000_000)),
    "ten thousand entries": ("a.zip", archive(*(f"f{n}" for n in range(2_001)))),
    "an archive that leads up": ("a.zip", archive("../../.bashrc")),
    "an archive to the root": ("a.zip", archive("/etc/x")),
    "an archive to a disk": ("a.zip", archive("C:/x.bat")), "an archive that is cut": ("a.zip", archive("a")[:-8]),
    "an archive with a program before": ("a.zip", b"MZ" + archive("a")),
    "a picture of 900 megapixels": ("a.png", picture(30_000)),
    "a picture that is cut": ("a.png", picture(8)[:20]),
    "a picture with a page": ("a.webp", b"RIFF\0\0\0\0WEBP" + SCRIPT),
    "nothing": ("a.pdf", b""), "noise": ("a.bin", bytes(range(256)) * 4),
    "text of another width": ("a.txt", "<html>".encode("utf-16")),
}
REFUSED = re.compile(
    "a page$|a page called|in capitals|after a mark|xhtml|program|script of a shell|of Windows$|php|java class"
    "|application of pages|bomb|entries|archive (that|to)|picture (of|that|with)|nothing|noise|another width",
)
# These have such words in what they are called here, and stay: as text or paper that is only ever saved.
STAYS = {"comments without a page", "a path of Windows", "a pdf with a page", "a script of a page"}


@dataclass
class Brought:
    """An upload as the web edge hands it over."""

    name: str
    staged: Any


def test_nothing_that_is_sent_is_ever_run(app: Flask, cast: Cast, as_: Any) -> None:
    kept, refused = {}, {}
    with app.app_context():
        for what, (name, data) in NASTY.items():
            staged = storage.stage(io.BytesIO(data), 50 << 20)
            try:
                with unit():
                    client = db.session.get(Client, cast.hedgehog)
                    file = operations.attach(Brought(name, staged), client, cast.actor("vera"), "client")
                    kept[what] = file.id, file.name, file.mime
            except Refused as why:
                refused[what] = str(why)
                staged.discard()
    assert all(len(sentence) > 20 for sentence in refused.values()), refused
    wrongly = {what for what in kept if REFUSED.search(what)} - STAYS
    assert not wrongly, wrongly
    assert len(kept) > 20
    vera = as_("vera")
    for what, (id, name, mime) in kept.items():
        answer = vera.client.get(f"/files/{id}/file")
        assert answer.status_code == 200, what
        assert answer.mimetype not in RUN, (what, answer.mimetype)
        assert answer.headers["Content-Disposition"].startswith("attachment;"), what
        assert answer.headers["X-Content-Type-Options"] == "nosniff", what
        assert "sandbox" in answer.headers["Content-Security-Policy"], what
        assert "Set-Cookie: x" not in str(answer.headers), what
        assert answer.data == NASTY[what][1], what
        ending = naming.split(name)[1]
        known = next((kind.endings for _mark, kind in kinds.MARKS if kind.mime == mime), None)
        assert ending in (known or (*kinds.TEXT.endings, *kinds.ZIP.endings, ".svg", ".xlsx")), (what, name)
        assert not re.search(r'[/\\\0\r\n"<>\u202e]|^\.', name), (what, name)
        assert len(name.encode()) <= 255, what


@pytest.mark.parametrize("what", NASTY)
def test_looking_at_it_costs_next_to_nothing(what: str) -> None:
    data = NASTY[what][1]
    tracemalloc.start()
    begun = time.process_time()
    with contextlib.suppress(Refused):
        recognise(io.BytesIO(data))
    spent, peak = time.process_time() - begun, tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert spent < 1, spent
    assert peak < 16 << 20, peak

"""Uploaded files are handed out as data, under their own names, to whom they belong."""

import io
from urllib.parse import quote

import pytest

from agency.attached.files import operations
from agency.kit import db as database
from agency.kit import storage
from agency.kit.db import db
from agency.kit.web.downloads import disposition
from agency.kit.web.edge import Upload
from agency.people.clients.models import Client

SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


@pytest.fixture
def attached(app, cast):
    def do(name, data, audience="client"):
        with app.app_context():
            brought = Upload(name, storage.stage(io.BytesIO(data), 50 << 20))
            with database.unit():
                record = db.session.get(Client, cast.hedgehog)
                return operations.attach(brought, record, cast.actor("vera"), audience).id

    return do


def test_a_file_is_sent_under_its_russian_name_and_never_run(as_, attached):
    answer = as_("vera").get(f"/files/{attached('знак «Ёж».svg', SVG)}/file")
    assert answer.data == SVG
    assert answer.mimetype == "application/octet-stream"
    assert answer.headers["Content-Disposition"].startswith("attachment; ")
    assert f"filename*=UTF-8''{quote('знак «Ёж».svg')}" in answer.headers["Content-Disposition"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox; frame-ancestors 'none'"


def test_a_large_file_is_sent_whole(as_, attached):
    data = b"%PDF-1.7" + b"x" * (5 << 20)
    answer = as_("vera").get(f"/files/{attached('большой.pdf', data)}/file")
    assert (answer.content_length, answer.data == data) == (len(data), True)
    answer.close()


@pytest.mark.parametrize(
    ("who", "audience", "status"),
    [
        ("vera", "inner", 200), ("owner", "inner", 200), ("oleg", "client", 404), ("finance", "client", 404),
        ("irina", "client", 200), ("irina", "inner", 404), ("stranger", "client", 404), (None, "client", 302),
    ],
)  # fmt: skip
def test_who_may_have_a_file(as_, attached, who, audience, status):
    as_(who).get(f"/files/{attached('a.pdf', b'%PDF-1.7', audience)}/file", status=status)


@pytest.mark.parametrize(
    ("name", "header"),
    [
        ("brief.pdf", "attachment; filename=\"brief.pdf\"; filename*=UTF-8''brief.pdf"),
        ("Ёж.pdf", "attachment; filename=\"file.pdf\"; filename*=UTF-8''%D0%81%D0%B6.pdf"),
        ('a"b;\r\nX: y.pdf', "attachment; filename=\"abX y.pdf\"; filename*=UTF-8''a%22b%3BX%3A%20y.pdf"),
        ("", "attachment; filename=\"file\"; filename*=UTF-8''file"),
    ],
)
def test_a_name_cannot_break_its_header(name, header):
    assert disposition(name) == header

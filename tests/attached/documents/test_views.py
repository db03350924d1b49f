"""The pages of a document: progress without reload, the bytes, and who may have them."""

from datetime import timedelta

import pytest

from agency.attached.documents import operations, queries
from agency.kit import clock
from agency.kit import db as database
from agency.kit.db import db
from agency.people.clients.models import Client
from tests.attached.papers import draw_all


@pytest.fixture
def wanted(app, cast, paper):
    """The id of a wanted test paper of the hedgehog, made by Vera."""

    def want(audience="client", **changes):
        with app.app_context(), database.unit():
            client = db.session.get(Client, cast.hedgehog)
            return operations.want(client, paper, "ru", audience, by=cast.actor("vera")).id

    return want


def test_a_waiting_document_asks_for_itself_and_a_ready_one_does_not(app, as_, wanted):
    vera, document_id = as_("vera"), wanted()
    row = vera.get(f"/documents/{document_id}/progress").text
    assert f'hx-get="/documents/{document_id}/progress"' in row
    draw_all(app)
    row = vera.get(f"/documents/{document_id}/progress").text
    assert "hx-get" not in row
    assert f"/documents/{document_id}/file" in row
    assert "КБ" in row


def test_the_place_in_the_queue_is_told(app, as_, wanted, shown):
    wanted()
    for number in (1, 2):
        shown["sum"] = number
        last = wanted()
    with app.app_context():
        from agency.attached.documents.progress import progress

        told = progress(queries.get(last))
    assert (told.state, told.ahead) == ("queued", 2)
    assert "2" in as_("vera").get(f"/documents/{last}/progress").text


def test_the_page_says_when_nobody_draws(app, as_, wanted):
    document_id = wanted()
    with clock.at(clock.now() + timedelta(seconds=40)):
        row = as_("vera").get(f"/documents/{document_id}/progress").text
    assert "print worker" in row or "печат" in row
    assert "hx-get" in row


def test_a_document_that_takes_long_stops_asking(app, as_, wanted):
    document_id = wanted()
    with app.app_context():
        operations.begin(document_id)
    vera = as_("vera")
    assert "hx-get" in vera.get(f"/documents/{document_id}/progress").text
    with clock.at(clock.now() + timedelta(minutes=3)):
        assert "hx-get" not in vera.get(f"/documents/{document_id}/progress").text


def test_a_failure_is_told_and_offered_again(app, as_, wanted, shown):
    shown["rows"] = ["x"] * 1300
    vera, document_id = as_("vera"), wanted()
    draw_all(app)
    row = vera.get(f"/documents/{document_id}/progress").text
    assert "1200" in row
    assert "hx-get" not in row
    assert f'action="/documents/{document_id}/attempts"' in row
    vera.follow(vera.post(f"/documents/{document_id}/attempts"))
    assert "hx-get" in vera.get(f"/documents/{document_id}/progress").text


def test_building_again_answers_htmx_with_the_row(app, as_, wanted, shown):
    shown["rows"] = ["x"] * 1300
    vera, document_id = as_("vera"), wanted()
    draw_all(app)
    row = vera.post(f"/documents/{document_id}/attempts", status=200, headers={"HX-Request": "true"}).text
    assert "hx-get" in row


def test_the_pdf_is_sent_with_its_russian_name(app, as_, wanted):
    document_id = wanted()
    draw_all(app)
    answer = as_("vera").get(f"/documents/{document_id}/file")
    assert answer.data.startswith(b"%PDF-1.7")
    assert answer.mimetype == "application/pdf"
    assert answer.content_length == len(answer.data)
    name = answer.headers["Content-Disposition"]
    assert name.startswith("attachment; filename=")
    assert (
        "filename*=UTF-8''%D0%91%D1%83%D0%BC%D0%B0%D0%B3%D0%B0%20%C2%AB%D0%81%D0%B6%C2%BB%20%E2%84%96%201%20%D0%912.pdf"
        in name
    )
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    shown = as_("vera").get(f"/documents/{document_id}/paper")
    assert shown.headers["Content-Disposition"].startswith("inline")
    assert "frame-ancestors 'self'" in shown.headers["Content-Security-Policy"]


def test_a_document_that_is_not_drawn_has_no_file(as_, wanted):
    as_("vera").get(f"/documents/{wanted()}/file", status=404)


def test_a_damaged_pdf_is_never_served(app, as_, wanted):
    document_id = wanted()
    draw_all(app)
    with app.app_context():
        from agency.kit import storage

        key = queries.get(document_id).storage_key
        path = storage.current().root / key[:2] / key
    path.write_bytes(path.read_bytes()[:-1] + b"!")
    answer = as_("vera").get(f"/documents/{document_id}/file", status=500)
    assert b"%PDF" not in answer.data
    path.unlink()
    as_("vera").get(f"/documents/{document_id}/file", status=500)


def test_the_page_of_a_document(app, as_, wanted):
    document_id = wanted()
    as_("vera").get(f"/documents/{document_id}")
    draw_all(app)
    assert "Бумага" in as_("vera").get(f"/documents/{document_id}").text


@pytest.mark.parametrize(
    ("who", "audience", "status"),
    [
        ("vera", "inner", 200), ("owner", "inner", 200), ("finance", "client", 200),
        ("oleg", "client", 404), ("copywriter", "client", 404), ("irina", "client", 200), ("irina", "inner", 404),
        ("stranger", "client", 404), (None, "client", 302),
    ],
)  # fmt: skip
def test_who_may_have_a_paper(app, as_, wanted, who, audience, status):
    document_id = wanted(audience)
    draw_all(app)
    as_(who).get(f"/documents/{document_id}/file", status=status)
    as_(who).get(f"/documents/{document_id}/progress", status=status)


def test_an_inner_paper_may_need_a_right_of_its_own(app, as_, wanted, monkeypatch):
    from agency.attached.documents import registry

    document_id, open_one = wanted("inner"), wanted("client")
    draw_all(app)
    monkeypatch.setattr(registry, "inner_needs", lambda kind: "smeta.view_cost")
    as_("vera").get(f"/documents/{document_id}/file")
    as_("head_media").get(f"/documents/{document_id}/file", status=404)
    as_("head_media").get(f"/documents/{open_one}/file")

"""What a client gets of a smeta holds nothing of ours: no cost, no supplier, no margin, no note, no limits."""

import json
from datetime import timedelta
from decimal import Decimal

import pytest
from flask import Flask
from sqlalchemy import select

from agency.attached.documents import operations as papers
from agency.attached.documents.models import Document
from agency.flow.smetas import catalogue, editing, emails, operations, queries
from agency.kit import clock, mail
from agency.kit.db import db, unit
from agency.kit.mail.models import MailContent
from agency.kit.words import using
from tests.attached.papers import draw_all
from tests.cast import Cast
from tests.flow.smetas import factory
from workers import smetas as jobs
from workers.drain import drain

# Written into every inner field; none of them may reach a client.
MARKERS = ("МАРКЕР-ПОДРЯДЧИК", "МАРКЕР-ЗАМЕТКА-СТРОКИ", "МАРКЕР-ЗАМЕТКА", "98765,43", "98765.43", "9876543")


def marked(cast: Cast, **project: object) -> int:
    """Version 1 with markers in every inner field, as a draft."""
    vera = cast.actor("vera")
    smeta = factory.first(factory.project(cast, **project), vera)
    for line in smeta.lines:
        fields = {"supplier": MARKERS[0], "note": MARKERS[1]}
        editing.change_line(line, fields, by=vera)
    own = smeta.lines[1]
    editing.change_line(own, {"cost": Decimal("98765.43")}, by=vera)
    editing.mark(own, [1, 4])
    editing.set_terms(smeta, by=vera, note=MARKERS[2], terms="Права на материалы переходят после оплаты.")
    editing.recount(smeta, by=vera)
    return smeta.id


def inner_figures(smeta: object) -> list[str]:
    """The inner totals as they would be written anywhere."""
    return [str(smeta.cost), str(smeta.margin)]


def test_the_clients_face_holds_no_inner_word_or_figure(unit: object, cast: Cast) -> None:
    smeta = queries.get_whole(marked(cast))
    text = json.dumps(queries.client_face(smeta), ensure_ascii=False, default=str)
    for marker in (*MARKERS, *inner_figures(smeta)):
        assert marker not in text
    keys = {key for row in queries.client_face(smeta)["sections"][0]["rows"] for key in row}
    assert not keys & {"cost", "supplier", "margin", "note", "kind"}


def test_the_clients_pdf_and_its_metadata_hold_nothing_of_ours(app: Flask, cast: Cast) -> None:
    with app.app_context(), unit():
        id = marked(cast)
        operations.send(queries.get_whole(id), by=cast.actor("vera"))
    draw_all(app)
    with app.app_context():
        smeta = queries.get_whole(id)
        row = db.session.scalars(select(Document)).one()
        assert (row.state, row.audience, row.pages) == ("ready", "client", 1)
        kept = json.dumps(row.context, ensure_ascii=False)
        words = text_of(row.storage_key)
        for marker in (*MARKERS, *inner_figures(smeta), "margin", "supplier"):
            assert marker not in kept, marker
            assert marker not in words, marker
        assert "2 743 682,40" in words
        assert "Два миллиона семьсот сорок три тысячи шестьсот восемьдесят два рубля 40 копеек" in words
        assert "1 097 472,96" in words
        db.session.rollback()


def text_of(key: str) -> str:
    """Every word of a PDF, its metadata too."""
    import io

    from pypdf import PdfReader

    from agency.kit import storage

    reader = PdfReader(io.BytesIO(storage.get(key)))
    pages = " ".join(page.extract_text() for page in reader.pages)
    return " ".join(f"{pages} {reader.metadata}".replace("\u00a0", " ").split())


def test_the_inner_paper_is_never_made_for_a_client(unit: object, cast: Cast) -> None:
    smeta = queries.get_whole(marked(cast))
    with pytest.raises(ValueError, match="agency alone"):
        papers.want(smeta, "smeta_inner", "ru", "client", cast.actor("vera"))
    row = papers.want(smeta, "smeta_inner", "ru", "inner", cast.actor("vera"))
    assert MARKERS[0] in json.dumps(row.context, ensure_ascii=False)


def test_a_draft_asked_for_on_paper_is_for_our_eyes_alone(app: Flask, cast: Cast, as_: object) -> None:
    with app.app_context(), unit():
        id = marked(cast)
    as_("vera").post(f"/smetas/{id}/paper")
    as_("vera").post(f"/smetas/{id}/inner-paper")
    as_("head_media").post(f"/smetas/{id}/inner-paper", status=403)
    as_("vera").get(f"/smetas/{id}")
    with app.app_context():
        assert {row.audience for row in db.session.scalars(select(Document))} == {"inner"}


def test_sending_mails_every_approver_a_link_with_the_pdf_and_once(app: Flask, cast: Cast) -> None:
    with app.app_context():
        with unit():
            smeta = queries.get_whole(marked(cast))
            operations.send(smeta, by=cast.actor("vera"))
            id = smeta.id
        drain()
        with unit():
            jobs.invite(id)
        rows = mail.of(queries.get(id))
        assert [row.to_address for row in rows] == ["irina@tyoply-yozh.example"]
        body = db.session.scalars(select(MailContent.content)).one()
        assert b"/p/" in body
        assert b"application/pdf" in body
        for marker in MARKERS:
            assert marker.encode() not in body
        db.session.rollback()


def test_a_letter_waits_two_minutes_for_its_pdf_and_then_goes_without(app: Flask, cast: Cast) -> None:
    with app.app_context():
        with unit():
            smeta = queries.get_whole(marked(cast))
            operations.send(smeta, by=cast.actor("vera"))
            id = smeta.id
        with pytest.raises(jobs.Later), unit():
            jobs.invite(id)
        with clock.at(clock.now() + timedelta(minutes=3)), unit():
            jobs.invite(id)
        assert len(mail.of(queries.get(id))) == 1
        db.session.rollback()


def test_a_yes_is_confirmed_by_one_letter(app: Flask, cast: Cast) -> None:
    with app.app_context():
        with unit():
            smeta = factory.sent(cast)
            irina = cast.actor("irina")
            operations.approve(smeta, by=irina, seen=smeta.content_hash, typed_name="Ирина Ветлугина")
            id = smeta.id
        with unit():
            jobs.confirm(id)
        assert [row.subject for row in mail.of(queries.get(id))] == [f"Смета {queries.get(id).number} согласована"]
        db.session.rollback()


def test_letters_speak_the_language_of_the_smeta(unit: object, cast: Cast) -> None:
    vera = cast.actor("vera")
    smeta = operations.create_from_rows(factory.project(cast, language="en", currency="EUR", number="LF-2026-002"), [
        {"department": "creative", "title": "Workshop", "unit": "day", "quantity": Decimal(2), "price": Decimal(1450)},
    ], by=vera, vat_mode="reverse_charge")
    operations.send(smeta, by=vera)
    with using("ru"):
        letter = emails.sent(smeta, cast.person("irina"), "https://agency.example/p/x", None)
    assert letter.subject == "Estimate for “Утро по подписке”: €2,900.00"
    assert "Open the estimate" in letter.text
    assert "https://agency.example/p/x" in letter.html


def test_an_outlived_smeta_expires_by_the_calendar(app: Flask, cast: Cast) -> None:
    with app.app_context():
        with unit():
            id = factory.sent(cast).id
        with clock.at(clock.now() + timedelta(days=1, hours=1)), unit():
            jobs.expire()
        assert queries.get(id).state == "expired"
        db.session.rollback()


def test_the_price_list_speaks_the_language_and_currency_of_the_smeta(unit: object, cast: Cast) -> None:
    vera = cast.actor("vera")
    smeta = operations.create(factory.project(cast, language="en", currency="EUR", number="LF-2026-003"), by=vera)
    line = editing.add_line(smeta, "creative", by=vera, item=catalogue.BY_CODE["key_visual"])
    assert (line.title, line.unit, line.price) == ("Key visual", "h", Decimal("46.8"))
    assert catalogue.BY_CODE["concept"].price("CZK") == 72_000
    assert catalogue.BY_CODE["concept"].price("PLN") == 12_000
    assert catalogue.BY_CODE["concept"].price("USD") == 0
    assert len(catalogue.BY_CODE) == len(catalogue.ITEMS) == 28

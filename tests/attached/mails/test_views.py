"""The outbox as people see it."""

from collections.abc import Callable

import pytest
from flask import Flask

from agency.kit import mail
from agency.kit.db import db, unit
from agency.kit.mail import MailContent
from agency.kit.queue import SYSTEM, Job
from agency.people.clients.models import Client
from tests.cast import Cast
from tests.pages import Visitor

As = Callable[[str | None], Visitor]
HTML = (
    '<html><head></head><body style="color:red"><p>Бриф <a href="https://agency.example/x">готов</a></p></body></html>'
)


@pytest.fixture
def posted(app: Flask, cast: Cast) -> int:
    """A mail to the client that Vera looks after."""
    with app.app_context(), unit():
        client = db.session.get(Client, cast.hedgehog)
        letter = mail.Letter(
            to=[("Ирина Ветлугина", "irina@tyoply-yozh.example")], subject="Бриф готов <b>", text="Готов.", html=HTML,
            attachments=[("бриф.pdf", b"%PDF-1.7", "application/pdf")],
        )  # fmt: skip
        return mail.post(letter, about=client, by=SYSTEM)[0].id


def _put(app: Flask, mail_id: int, state: str, reason: str = "") -> None:
    with app.app_context(), unit():
        row = db.session.get(mail.Mail, mail_id)
        assert row
        row.state, row.reason = state, reason


def _state(app: Flask, mail_id: int) -> str:
    with app.app_context():
        row = db.session.get(mail.Mail, mail_id)
        assert row
        return row.state


def test_the_outbox_shows_each_mail_with_its_state(posted: int, as_: As) -> None:
    page = as_("vera").get("/mails").text
    assert "Бриф готов &lt;b&gt;" in page
    assert "Ждёт отправки" in page


def test_an_account_manager_sees_no_mail_of_a_client_of_another(posted: int, as_: As) -> None:
    oleg = as_("oleg")
    assert "Бриф готов" not in oleg.get("/mails").text
    for address in (f"/mails/{posted}", f"/mails/{posted}/letter", f"/mails/{posted}/parts/0"):
        oleg.get(address, status=404)
    oleg.post(f"/mails/{posted}/arrival", status=404)


@pytest.mark.parametrize(("name", "status"), [("copywriter", 403), ("irina", 404), ("head_creative", 403)])
def test_others_have_no_outbox(posted: int, as_: As, name: str, status: int) -> None:
    as_(name).get("/mails", status=status)


def test_the_letter_is_shown_in_a_frame_that_can_do_nothing(posted: int, as_: As) -> None:
    vera = as_("vera")
    page = vera.get(f"/mails/{posted}")
    assert "frame-src 'self'" in page.headers["Content-Security-Policy"]
    assert 'sandbox="allow-popups allow-popups-to-escape-sandbox"' in page.text
    letter = vera.client.get(f"/mails/{posted}/letter")
    assert letter.headers["Content-Security-Policy"].startswith("default-src 'none'")
    assert "; sandbox" in letter.headers["Content-Security-Policy"]
    assert '<base target="_blank"' in letter.text


def test_an_attachment_is_saved_and_never_opened_in_place(posted: int, as_: As) -> None:
    vera = as_("vera")
    part = vera.get(f"/mails/{posted}/parts/0")
    assert part.data == b"%PDF-1.7"
    assert part.headers["Content-Disposition"].startswith("attachment")
    vera.get(f"/mails/{posted}/parts/1", status=404)


def test_a_mail_nobody_is_sure_of_waits_for_a_person(posted: int, app: Flask, as_: As) -> None:
    vera = as_("vera")
    assert "Бриф готов" not in vera.get("/mails?show=care").text
    _put(app, posted, "unknown", "no_answer")
    assert "Бриф готов" in vera.get("/mails?show=care").text
    page = vera.get(f"/mails/{posted}").text
    assert "Письмо дошло" in page
    assert "Отправить ещё раз" in page
    vera.follow(vera.post(f"/mails/{posted}/arrival"))
    assert _state(app, posted) == "sent"
    vera.post(f"/mails/{posted}/arrival", status=409)


def test_a_failed_mail_can_be_sent_again_and_gets_a_new_job(posted: int, app: Flask, as_: As) -> None:
    _put(app, posted, "failed", "refused")
    vera = as_("vera")
    assert "Почтовый сервер не принял письмо" in vera.get(f"/mails/{posted}").text
    vera.follow(vera.post(f"/mails/{posted}/attempts"))
    assert _state(app, posted) == "ready"
    vera.post(f"/mails/{posted}/attempts", status=409)
    with app.app_context():
        assert db.session.query(Job).filter_by(name="mails.deliver").count() == 2


def test_a_link_that_is_still_to_be_mailed_is_shown_to_nobody_here(app: Flask, posted: int, as_: As) -> None:
    with app.app_context(), unit():
        content = db.session.get(MailContent, posted)
        assert content is not None
        content.kept, content.content = content.content, b"Subject: x\n\nhttp://localhost/p/secret-token"
    for address in (f"/mails/{posted}", f"/mails/{posted}/letter"):
        assert "secret-token" not in as_("vera").client.get(address).text

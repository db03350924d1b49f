"""Mail: what is frozen when it is posted, and what a delivery makes of it."""

import stat
from collections.abc import Iterator
from datetime import timedelta
from email import message_from_bytes
from email.policy import default
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select, text

from agency.kit import clock, mail
from agency.kit.db import db, db_reading, unit
from agency.kit.journal import Fact
from agency.kit.mail import delivery
from agency.kit.mail.transports import Folder, Outcome, Parcel, Taken, transport
from agency.kit.queue import SYSTEM, Job, leases, perform
from agency.kit.states import Refused
from tests.faults import deeds
from tests.faults.sink import Sink
from workers.drain import drain
from workers.loading import load_jobs

BRIEF = SimpleNamespace(KIND="brief", id=7, client_id=3, project_id=4)


@pytest.fixture(autouse=True)
def office(tmp_path: Path) -> Iterator[Flask]:
    """An app of the kit alone that keeps its mail in a folder."""
    app = deeds.small_app(deeds.settings(tmp_path))
    deeds.lay_tables(app)
    load_jobs()
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def sink(office: Flask, tmp_path: Path) -> Iterator[Sink]:
    """A real mail server on a port of its own, and the app set to use it."""
    with Sink() as server:
        office.config["SETTINGS"] = deeds.settings(tmp_path, server.url)
        yield server


def _post(address: str = "anna@client.example", **more: Any) -> int:
    letter = mail.Letter(
        **{"to": [("Анна Серова", address)], "subject": "Бриф готов", "text": "Здравствуйте!", "html": "<p>Да</p>"}
        | more
    )
    with unit():
        return mail.post(letter, about=BRIEF, by=SYSTEM)[0].id


def _mail(mail_id: int) -> mail.Mail:
    db.session.rollback()
    found = db.session.get(mail.Mail, mail_id)
    assert found
    return found


def _deliver() -> str:
    with db_reading():
        job_id = db.session.scalars(select(Job.id).where(Job.state == "ready").order_by(Job.id)).first()
    assert job_id
    return perform(job_id)


def test_a_mail_becomes_one_file_named_by_its_message_id(tmp_path: Path) -> None:
    row = _mail(_post(attachments=[("Бриф.pdf", b"%PDF", "application/pdf")], language="ru"))
    assert drain({}) == {"done": 1}
    file = tmp_path / "outbox" / f"{row.message_id.strip('<>')}.eml"
    message = message_from_bytes(file.read_bytes(), policy=default)
    assert message["To"] == "Анна Серова <anna@client.example>"
    assert message["Auto-Submitted"] == "auto-generated"
    body = message.get_body(("plain",))
    assert body
    assert body.get_content().strip() == "Здравствуйте!"
    assert [part.get_filename() for part in message.iter_attachments()] == ["Бриф.pdf"]
    assert not [path for path in file.parent.iterdir() if path.name.startswith(".")]
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
    row = _mail(row.id)
    assert (row.state, row.client_id, row.project_id, row.subject_kind) == ("sent", 3, 4, "brief")


def test_each_recipient_gets_a_mail_of_his_own_and_nobody_gets_two() -> None:
    to = [("Анна", "anna@client.example"), ("Борис", "boris@client.example"), ("А.", "ANNA@client.example")]
    with unit():
        rows = mail.post(mail.Letter(to=to, subject="С", text="т"), about=BRIEF, by=SYSTEM)
        assert len({row.message_id for row in rows}) == 2
    with db_reading():
        assert [row.to_name for row in mail.of(BRIEF)] == ["Борис", "А."]


def test_an_impossible_address_refuses_the_whole_posting() -> None:
    with pytest.raises(Refused) as refused:
        _post("anna@client.example, boris@client.example")
    assert refused.value.field == "email"
    with db_reading():
        assert mail.of(BRIEF) == []


def test_a_domain_in_other_letters_is_written_in_ascii() -> None:
    assert _mail(_post("anna@пример.рф")).to_address == "anna@xn--e1afmkfd.xn--p1ai"


def test_a_mail_server_gets_the_mail_and_the_journal_a_fact(sink: Sink) -> None:
    mail_id = _post()
    assert _deliver() == "done"
    (seen,) = sink.mails
    assert seen.recipients == ("anna@client.example",)
    assert seen.sender == "post@agency.example"
    row = _mail(mail_id)
    assert (row.state, row.attempts) == ("sent", 1)
    fact = db.session.scalars(select(Fact)).one()
    assert (fact.verb, fact.client_id, fact.details["to"]) == ("mail.sent", 3, "Анна Серова")


def test_dots_at_the_beginning_of_lines_survive(sink: Sink) -> None:
    _post(text=".\r\n..\r\n.конец", html="")
    _deliver()
    (seen,) = sink.mails
    payload = seen.message.get_payload(decode=True)
    assert isinstance(payload, bytes)
    assert payload.decode().split() == [".", "..", ".конец"]


def test_a_refused_address_is_failed_with_the_servers_words(sink: Sink) -> None:
    mail_id = _post("refuse-1@client.example")
    _deliver()
    row = _mail(mail_id)
    assert (row.state, row.reason) == ("failed", "refused")
    assert "nobody of that name" in row.answer


def test_come_back_later_is_obeyed(sink: Sink) -> None:
    with clock.at(clock.now()):
        mail_id = _post("greylist-1@client.example")
        _deliver()
        row = _mail(mail_id)
        assert (row.state, row.reason, row.next_try_at) == ("ready", "later", clock.now() + timedelta(seconds=30))
        clock.pass_by(seconds=31)
        _deliver()
        assert _mail(mail_id).state == "sent"


def test_a_line_that_breaks_after_the_last_dot_is_unknown_and_not_repeated(sink: Sink) -> None:
    mail_id = _post("dropend-1@client.example")
    _deliver()
    assert (_mail(mail_id).state, _mail(mail_id).reason) == ("unknown", "no_answer")
    assert drain({}) == {}
    assert len(sink.mails) == 1


def test_a_death_after_the_mark_is_unknown(sink: Sink) -> None:
    mail_id = _post()
    delivery.marker(mail_id, repeatable=False)()
    _deliver()
    assert _mail(mail_id).state == "unknown"
    assert sink.mails == []


def test_a_death_after_the_mark_is_harmless_where_a_repeat_is_the_same_file(tmp_path: Path) -> None:
    mail_id = _post()
    delivery.marker(mail_id, repeatable=True)()
    _deliver()
    assert _mail(mail_id).state == "sent"
    assert len(list((tmp_path / "outbox").iterdir())) == 1


def test_of_two_hands_at_one_mail_the_second_finds_it_taken(sink: Sink) -> None:
    mail_id = _post()
    with db_reading():
        parcel = delivery.parcel(_mail(mail_id))
    server = transport()
    server.hand_over(parcel, delivery.marker(mail_id, repeatable=False))
    with pytest.raises(Taken):
        server.hand_over(parcel, delivery.marker(mail_id, repeatable=False))
    assert len(sink.mails) == 1


def test_a_mail_that_cannot_be_handed_over_for_a_day_has_failed(office: Flask, tmp_path: Path) -> None:
    office.config["SETTINGS"] = deeds.settings(tmp_path, "smtp://127.0.0.1:9")
    with clock.at(clock.now()):
        mail_id = _post()
        for _ in range(100):
            if _mail(mail_id).state != "ready":
                break
            clock.pass_by(minutes=31)
            _deliver()
        row = _mail(mail_id)
        assert (row.state, row.reason) == ("failed", "too_late")
        assert clock.now() - row.created_at < timedelta(hours=25)


def test_a_delivery_that_breaks_down_five_times_is_shown_as_failed(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_self: Folder, _parcel: Parcel, _mark: object) -> Outcome:
        raise OSError("disk full")

    monkeypatch.setattr(Folder, "hand_over", broken)
    with clock.at(clock.now()):
        mail_id = _post()
        for _ in range(leases.MAX_ATTEMPTS):
            clock.pass_by(hours=1)
            _deliver()
        assert (_mail(mail_id).state, _mail(mail_id).reason) == ("failed", "broken")
        assert "disk full" in _mail(mail_id).answer


def test_the_token_of_a_link_is_not_kept_once_a_server_took_the_mail(sink: Sink) -> None:
    mail_id = _post(
        text="https://agency.example/p/s3cr3t-t0ken", html="<a href='/p/s3cr3t-t0ken'>", secrets=["s3cr3t-t0ken"]
    )
    _deliver()
    assert b"s3cr3t-t0ken" in sink.mails[0].message.as_bytes()
    with db_reading():
        kept = db.session.execute(text("SELECT content, kept FROM mail_contents")).one()
    assert b"t0ken" not in kept.content.replace(b"=\r\n", b"")
    assert kept.kept is None
    assert _mail(mail_id).state == "sent"

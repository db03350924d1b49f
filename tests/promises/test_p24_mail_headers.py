"""P24: mail cannot be bent: one recipient, one of each header, whatever people typed."""

import random
from datetime import UTC, datetime
from email import message_from_bytes
from email.header import decode_header, make_header
from email.utils import getaddresses
from pathlib import Path
from types import SimpleNamespace

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from agency.kit import mail
from agency.kit.db import db, unit
from agency.kit.mail import delivery
from agency.kit.mail.addresses import one_address, plain
from agency.kit.mail.letter import serialise
from agency.kit.mail.transports import transport
from agency.kit.queue import SYSTEM
from agency.kit.states import Refused
from tests.faults import deeds
from tests.faults.sink import Received, Sink
from tests.figures import figure
from workers.drain import drain

# What the mail server itself saw; the batch is what is posted in one unit.
SEEN = figure(2000, 20_000)
BATCH = 50
ONCE = ("From", "To", "Subject", "Date", "Message-ID", "Auto-Submitted", "Reply-To", "List-Unsubscribe", "MIME-Version")
NEVER = ("Bcc", "Cc", "Sender", "X-Evil", "Resent-To")
PIECES = (
    "Анна", "Иванова", ",", ";", '"', "\\", "<", ">", "@", "evil@x.example", "\r\n", "\nBcc: x@y.example",
    "\r\n\r\nBody",
    "\0", "\x1b", "(", ")", "=?utf-8?q?=0D=0ABcc:_x@y.example?=", ".", "ООО «Ромашка», отдел", " ", "\u2028", "\u202e",
    "\ud800", "😀", "Foo", "=?", "?=", ":", "[", "]", "a" * 90, "ё" * 60, "'", "\t", "\x85", "é", "X-Evil: 1",
)  # fmt: skip
TYPED = st.lists(st.sampled_from(PIECES) | st.text(max_size=6), max_size=9).map("".join)


def _letter(name: str, address: str, subject: str) -> mail.Letter:
    return mail.Letter(
        to=[(name, address)],
        subject=subject,
        text=f"{subject}\r\n.\r\n",
        html="<p>.</p>",
        reply_to=(name, "r@agency.example"),
        unsubscribe_url="https://agency.example/stop/1",
        attachments=[(name, b"%PDF", "application/pdf")],
    )


def test_p24_the_server_sees_one_recipient_and_one_of_each_header(tmp_path: Path) -> None:
    chance, about = random.Random(24), SimpleNamespace(KIND="brief", id=1)
    with Sink(pause=0) as sink:
        app = deeds.small_app(deeds.settings(tmp_path, sink.url))
        deeds.lay_tables(app)
        with app.app_context():
            for batch in range(SEEN // BATCH):
                typed = [["".join(chance.choices(PIECES, k=chance.randint(0, 8))) for _ in "ns"] for _ in range(BATCH)]
                with unit():
                    rows = [
                        mail.post(_letter(name, f"anna-{batch}-{n}@client.example", subject), about=about, by=SYSTEM)[0]
                        for n, (name, subject) in enumerate(typed)
                    ]
                    parcels = [delivery.parcel(row) for row in rows]
                for parcel, (_name, subject) in zip(parcels, typed, strict=True):
                    assert transport().hand_over(parcel, lambda: None).state == "sent"
                    _is_straight(sink.mails[-1], parcel.recipient, subject)
            db.engine.dispose()
        assert len(sink.mails) == SEEN


def _is_straight(seen: Received, recipient: str, subject: str) -> None:
    assert seen.recipients == (recipient,)
    assert [address for _, address in getaddresses(seen.message.get_all("To", []))] == [recipient]
    assert {header: len(seen.message.get_all(header, [])) for header in ONCE} == dict.fromkeys(ONCE, 1)
    assert not [header for header in NEVER if header in seen.message]
    assert str(make_header(decode_header(seen.message["Subject"]))) == plain(subject)


@settings(max_examples=figure(500, 20_000), deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(name=TYPED, subject=TYPED)
def test_p24_no_name_or_subject_changes_the_form_of_the_headers(name: str, subject: str) -> None:
    to = (name, "anna@client.example")
    raw = serialise(_letter(name, to[1], subject), to, "post@agency.example", "<1@x>", datetime.now(UTC))
    head = raw.partition(b"\r\n\r\n")[0]
    assert head.isascii()
    assert max(len(line) for line in head.split(b"\r\n")) <= 998
    message = message_from_bytes(raw)
    assert {header: len(message.get_all(header, [])) for header in ONCE} == dict.fromkeys(ONCE, 1)
    assert [address for _, address in getaddresses(message.get_all("To", []))] == ["anna@client.example"]
    assert not [header for header in NEVER if header in message]


@settings(max_examples=figure(1000, 10_000), deadline=None)
@given(st.text(max_size=40) | TYPED | st.emails())
def test_p24_an_address_is_exactly_one_or_is_refused(typed: str) -> None:
    try:
        address = one_address(typed)
    except Refused:
        return
    assert address.isascii()
    assert address.count("@") == 1
    assert not set(address) & set(' ,;:<>()[]"\\\r\n\0')
    assert [found for _, found in getaddresses([address])] == [address]


def test_p24_a_person_gets_only_so_many_mails_an_hour(tmp_path: Path) -> None:
    app = deeds.small_app(deeds.settings(tmp_path))
    deeds.lay_tables(app)
    with app.app_context():
        with unit():
            for n in range(50):
                mail.post(
                    _letter("Анна", "anna@client.example", f"Ответ {n}"),
                    about=SimpleNamespace(KIND="brief", id=1),
                    by=SYSTEM,
                )
        drain({})
        states = [row.state for row in db.session.query(mail.Mail)]
        db.session.remove()
        db.engine.dispose()
    assert states.count("sent") == delivery.HOURLY_CAP
    assert states.count("ready") == 50 - delivery.HOURLY_CAP
    assert len(list((tmp_path / "outbox").glob("*.eml"))) == delivery.HOURLY_CAP

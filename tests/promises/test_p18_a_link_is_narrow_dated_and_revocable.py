"""P18: a mailed link is narrow, dated to the second, revocable at once, and does not leak."""

import logging
import re
from collections.abc import Callable
from datetime import timedelta
from email import message_from_bytes
from email.policy import default

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select, text

from agency.entrypoints.portal import links
from agency.entrypoints.portal.models import Link
from agency.flow.projects.models import Project
from agency.flow.requests.models import Request
from agency.flow.smetas.models import Smeta
from agency.kit import clock, ids
from agency.kit.db import KINDS, db, unit
from agency.kit.mail import Mail
from agency.kit.mail.models import MailContent
from agency.kit.queue import SYSTEM
from agency.people.accounts import operations as accounts
from agency.people.accounts import queries as persons
from agency.people.accounts.models import Invitation
from agency.people.clients import operations as clients
from agency.people.clients import queries as known_clients
from tests.cast import Cast
from tests.figures import figure
from tests.pages import Visitor
from tests.walk.stage import Holder
from tests.walk.world import Twin
from workers.drain import drain

As = Callable[[str | None], Visitor]
Twins = tuple[Twin, Twin]
RANDOM, LIVING, MANY = 200, 200, figure(100_000, 1_000_000)


@pytest.fixture
def token(app: Flask, cast: Cast) -> str:
    """A link for Irina, as it would stand in her mail."""
    with app.app_context(), unit():
        return links.token_in(links.mint(cast.person("irina"), by=SYSTEM))


def test_a_link_becomes_a_cookie_and_the_address_is_clean(as_: As, token: str) -> None:
    answer = as_(None).get(f"/p/{token}", status=303)
    assert answer.headers["Location"] == "/portal"
    assert token not in answer.headers["Set-Cookie"]
    assert "HttpOnly" in answer.headers["Set-Cookie"]
    assert "SameSite=Lax" in answer.headers["Set-Cookie"]
    assert answer.headers["Referrer-Policy"] == "no-referrer"


def test_a_link_ends_to_the_second(app: Flask, as_: As, token: str) -> None:
    with app.app_context():
        end = db.session.scalars(select(Link.until)).one()
    second = timedelta(seconds=1)
    with time_machine.travel(end - second, tick=False):
        visitor = as_(None)
        visitor.get(f"/p/{token}", status=303)
        visitor.for_client = True
        visitor.get("/portal")
    with time_machine.travel(end, tick=False):
        visitor.get("/portal", status=302)
        as_(None).get(f"/p/{token}", status=404)
    with time_machine.travel(end + second, tick=False):
        as_(None).get(f"/p/{token}", status=404)


def test_a_link_is_good_for_thirty_days(app: Flask, token: str) -> None:
    with app.app_context():
        row = db.session.scalars(select(Link)).one()
        assert abs(row.until - clock.now() - timedelta(days=30)) < timedelta(minutes=1)


def test_a_revoked_link_lets_nobody_in_and_puts_out_who_is(app: Flask, as_: As, cast: Cast, token: str) -> None:
    visitor = as_(None)
    visitor.get(f"/p/{token}", status=303)
    visitor.get("/portal")
    with app.app_context(), unit():
        links.revoke_of_person(cast.persons["irina"], by=cast.actor("vera"))
    visitor.get("/portal", status=302)
    as_(None).get(f"/p/{token}", status=404)


def test_whoever_no_longer_speaks_for_the_client_is_out(app: Flask, cast: Cast, twins: Twins, holder: Holder) -> None:
    id = twins[0].ids["project"][0]
    visitor = holder("timur", id, ("view",))
    visitor.get(f"/portal/projects/{id}")
    with app.app_context(), unit():
        row = known_clients.contact_of(cast.hedgehog, cast.persons["timur"])
        clients.remove_contact(row, by=cast.actor("vera"))
    # With the next request, before any job has run; and when the person comes back, by a fresh link alone.
    visitor.get(f"/portal/projects/{id}", status=302)
    with app.app_context():
        drain()
    visitor.get(f"/portal/projects/{id}", status=302)


def test_a_link_mailed_to_another_address_opens_nothing(app: Flask, cast: Cast, token: str, as_: As) -> None:
    visitor = as_(None)
    visitor.get(f"/p/{token}", status=303)
    visitor.get("/portal")
    with app.app_context(), unit():
        row = known_clients.contact_of(cast.hedgehog, cast.persons["irina"])
        accounts.invite(row.person, by=cast.actor("vera"))
        clients.change_contact(row, by=cast.actor("vera"), email="irina.new@tyoply-yozh.example")
        assert not db.session.query(Invitation).filter_by(used_at=None).count()
    visitor.get("/portal", status=302)
    as_(None).get(f"/p/{token}", status=404)


def test_a_link_reaches_its_own_project_and_nothing_beside_it(app: Flask, twins: Twins, holder: Holder) -> None:
    own, beside = twins[0].ids["project"]
    visitor = holder("irina", own)
    visitor.get(f"/portal/projects/{own}")
    visitor.get(f"/portal/projects/{beside}", status=404)
    with app.app_context():
        rows = [(kind, id) for kind in ("brief", "smeta", "task", "document", "file") for id in twins[0].ids[kind]]
        foreign = [
            (kind, id) for kind, id in rows
            if getattr(db.session.get(db_kind(kind), id), "project_id", None) == beside
        ]
    assert len(foreign) > 4
    for kind, id in foreign:
        visitor.get(f"/portal/{kind}s/{id}", status=404)
    for request_id in twins[0].ids["request"]:
        visitor.get(f"/portal/requests/{request_id}", status=404)


def db_kind(kind: str) -> type:
    return KINDS[kind]


def test_a_link_to_a_request_reaches_that_request_alone(app: Flask, cast: Cast, twins: Twins) -> None:
    with app.app_context(), unit():
        asked = db.session.scalars(select(Request).filter_by(client_id=cast.hedgehog, state="waiting_client")).one()
        to = f"/portal/requests/{asked.id}"
        url = links.mint(cast.person("irina"), None, ("view", "answer"), to=to, request=asked, by=SYSTEM)
    visitor = Visitor(app, cast, None)
    visitor.get(url.removeprefix("http://localhost"), status=303)
    visitor.for_client = True
    visitor.get(to)
    assert visitor.get("/portal", status=302).headers["Location"] == to
    for id in twins[0].ids["project"]:
        visitor.get(f"/portal/projects/{id}", status=404)
    for id in set(twins[0].ids["request"]) - {int(to.rsplit("/", 1)[1])}:
        visitor.get(f"/portal/requests/{id}", status=404)


def test_a_link_without_the_word_cannot_decide(app: Flask, twins: Twins, holder: Holder) -> None:
    with app.app_context():
        row = db.session.scalars(select(Smeta).filter_by(client_id=twins[0].client_id, state="sent")).one()
        at, seen, project_id = f"/portal/projects/{row.project_id}/smetas/{row.id}", row.content_hash, row.project_id
    for actions in (("view",), ("view", "answer")):
        visitor = holder("irina", project_id, actions)
        visitor.post(f"{at}/approval", {"yes-seen": seen, "yes-typed_name": "Ирина Ветлугина"}, status=403)
    holder("irina", project_id, ("view", "decide")).post(
        f"{at}/approval", {"yes-seen": seen, "yes-typed_name": "Ирина Ветлугина"},
    )


def test_no_living_token_is_kept_or_logged(
    app: Flask, as_: As, cast: Cast, twins: Twins, caplog: pytest.LogCaptureFixture,
) -> None:
    with app.app_context(), unit():
        project = db.session.get(Project, twins[0].ids["project"][0])
        tokens = [links.token_in(links.mint(cast.person("irina"), project, by=SYSTEM)) for _ in range(LIVING)]
    with caplog.at_level(logging.DEBUG):
        for token in tokens[:20]:
            as_(None).get(f"/p/{token}", status=303)
            as_(None).get(f"/p/{token}x", status=404)
    dump = dump_of(app)
    assert [token for token in tokens if token in dump or token in caplog.text] == []


def dump_of(app: Flask) -> str:
    """Every table as text."""
    with app.app_context():
        found = "".join(
            str(tuple(row)) for table in db.metadata.sorted_tables
            for row in db.session.execute(text(f"SELECT * FROM {table.name}"))
        )
        db.session.rollback()
    return found


def test_a_mail_holds_the_link_of_its_own_reader_alone(app: Flask, twins: Twins) -> None:
    with app.app_context():
        drain()
        owners = {row.token_hash: row.person_id for row in db.session.scalars(select(Link))}
        checked = 0
        for row in db.session.scalars(select(Mail)):
            kept = db.session.get(MailContent, row.id)
            assert kept is not None
            for token in tokens_of(kept.content):
                assert owners[ids.digest(token)] == person_of(row.to_address), row.subject
                checked += 1
    assert checked >= 4


def test_once_a_mail_server_has_a_letter_its_link_is_not_kept(
    app: Flask, twins: Twins, monkeypatch: pytest.MonkeyPatch,
) -> None:
    class Server:
        repeatable = False

    monkeypatch.setattr("agency.kit.mail.posting.transport", Server)
    with app.app_context():
        drain()
        checked = 0
        for row in db.session.scalars(select(MailContent)):
            if "/p/" in bodies_of(row.content):
                assert not tokens_of(row.kept or row.content), row.mail_id
                checked += 1
    assert checked >= 4


def bodies_of(content: bytes) -> str:
    message = message_from_bytes(content, policy=default)
    return "\n".join(part.get_content() for part in message.walk() if part.get_content_type().startswith("text/"))


def tokens_of(content: bytes) -> set[str]:
    return set(re.findall(r"/p/([A-Za-z0-9_-]{43})", bodies_of(content)))


def person_of(address: str) -> int | None:
    person = persons.by_email(address)
    return person.id if person else None


def test_two_hundred_random_tokens_open_nothing(app: Flask, twins: Twins) -> None:
    with app.app_context():
        for _ in range(RANDOM):
            assert links.living(ids.token(), db.session()) is None
    client = app.test_client()
    codes = {client.get(f"/p/{ids.token()}").status_code for _ in range(80)}
    assert codes == {404, 429}, "guessing is slowed down as well"


def test_a_hundred_thousand_random_tokens_are_no_living_one(app: Flask, token: str) -> None:
    with app.app_context():
        kept = set(db.session.scalars(select(Link.token_hash)))
        db.session.rollback()
    assert ids.digest(token) in kept
    tried = {ids.token() for _ in range(MANY)}
    assert len(tried) == MANY, "no two are alike"
    assert not {ids.digest(one) for one in tried} & kept


def test_only_the_digest_is_kept(app: Flask, token: str) -> None:
    assert len(token) >= 43, "256 bits"
    with app.app_context():
        assert db.session.scalars(select(Link.token_hash)).one() == ids.digest(token)


def test_a_link_cannot_point_outside_the_portal(unit: object, cast: Cast) -> None:
    with pytest.raises(ValueError, match="portal"):
        links.mint(cast.person("irina"), to="/settings", by=SYSTEM)

"""What follows from a brief: a letter with a link for the client, a bell for whoever has to act."""

from email import message_from_bytes
from email.policy import default

from flask import Flask

from agency.attached.notices.models import Notice
from agency.entrypoints.portal.models import Link
from agency.flow.briefs import operations, queries
from agency.kit.db import db, db_reading, unit
from agency.kit.mail.models import Mail, MailContent
from tests.cast import Cast
from tests.flow.briefs import cases
from workers.briefs import mail_client
from workers.drain import drain


def test_a_sent_brief_is_mailed_once_as_a_link_that_needs_no_account(app: Flask, cast: Cast) -> None:
    with app.app_context():
        with unit():
            brief_id = cases.sent(cast).id
        drain()
        with unit():
            mail_client(brief_id)
        with db_reading():
            (mail,) = db.session.query(Mail).filter_by(subject_kind="brief")
            link = db.session.query(Link).one()
            content = db.session.query(MailContent).filter_by(mail_id=mail.id).one().content
            project_id = queries.get(brief_id).project_id
            assert mail.to_address == "irina@tyoply-yozh.example"
            assert link.target == f"/portal/projects/{project_id}/briefs/{brief_id}"
            assert "decide" in link.actions
    text = message_from_bytes(content, policy=default).get_body(("plain",)).get_content()
    assert "/p/" in text
    assert "Согласуйте" in text


def test_a_withdrawn_brief_is_mailed_to_nobody(app: Flask, cast: Cast) -> None:
    with app.app_context():
        with unit():
            operations.withdraw(cases.sent(cast), by=cast.actor("vera"))
        drain()
        with db_reading():
            assert db.session.query(Mail).filter_by(subject_kind="brief").count() == 0


def test_answers_ring_the_managers_bell_and_an_issue_the_heads(app: Flask, cast: Cast) -> None:
    with app.app_context():
        with unit():
            brief_id = cases.issued(cast).id
        drain()
        with unit():
            operations.accept(queries.get(brief_id), "Поняли", by=cast.actor("head_creative"))
        drain()
        with db_reading():
            told = {(row.person_id, row.fact.verb) for row in db.session.query(Notice)}
    assert (cast.persons["vera"], "brief.approved") in told
    assert (cast.persons["head_creative"], "brief.issued") in told
    assert (cast.persons["vera"], "brief.accepted") in told

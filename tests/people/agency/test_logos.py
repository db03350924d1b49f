"""The logo of a legal entity heads its documents."""

import io

from flask import Flask

from agency.attached.documents import queries as documents
from agency.kit import storage
from agency.kit.db import db, unit
from agency.kit.pdf import pictures
from agency.people.agency import operations
from agency.people.agency.models import OwnEntity
from tests.attached.papers import draw_all
from tests.cast import Cast
from tests.flow.briefs import cases
from tests.people.agency.test_views import png


class Brought:
    """An upload as the web edge hands it over."""

    def __init__(self, data: bytes) -> None:
        self.name, self.staged = "logo.png", storage.stage(io.BytesIO(data), 1 << 20)


def test_a_logo_is_the_picture_and_nothing_that_was_sent_beside_it(app: Flask, cast: Cast) -> None:
    with app.app_context():
        with unit():
            own = db.session.get_one(OwnEntity, cast.entity)
            sent = Brought(png(60, 20) + b"<script>alert(1)</script>")
            operations.set_logo(own, sent, by=cast.actor("owner"))
            key = own.logo_key
        kept = storage.get(key)
        assert key != sent.staged.sha256
        assert b"script" not in kept
        assert pictures.check(kept, 10_000) == (60, 20)
        db.session.rollback()


def test_a_document_drawn_after_the_logo_was_taken_bears_it(app: Flask, cast: Cast) -> None:
    with app.app_context():
        with unit():
            own = db.session.get_one(OwnEntity, cast.entity)
            operations.set_logo(own, Brought(png(60, 20)), by=cast.actor("owner"))
        with unit():
            id = cases.sent(cast).id
    draw_all(app)
    with app.app_context():
        from agency.flow.briefs.queries import get

        paper = documents.latest_ready(get(id), "brief")
        assert paper is not None
        assert paper.context["logo_data"]["v"]
        db.session.rollback()

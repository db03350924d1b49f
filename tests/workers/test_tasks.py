"""An approved estimate becomes tasks by itself, once."""

from flask import Flask

from agency.flow.tasks import queries
from agency.kit import clock, journal
from agency.kit.db import db, unit
from tests.cast import Cast
from tests.flow.smetas import factory as smetas
from workers.drain import drain


def test_an_approved_estimate_is_split_by_the_job_however_often_it_is_told(app: Flask, cast: Cast) -> None:
    with app.app_context():
        with unit():
            vera = cast.actor("vera")
            smeta = smetas.first(smetas.project(cast), vera)
            smeta.content_hash, smeta.sent_at, smeta.state = "sealed", clock.now(), "approved"
            db.session.flush()
            for _again in range(2):
                journal.fact("smeta.approved", about=smeta, by=cast.actor("irina"), number=smeta.number)
            project_id = smeta.project_id
        drain({"smeta.approved": ("tasks.split",)})
        assert len(queries.planned(project_id)) == 19

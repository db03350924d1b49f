"""P02: what the client approved is what the client saw, whatever happens between the look and the yes."""

import re
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from agency.attached.approvals import operations as approvals
from agency.attached.approvals.models import Approval
from agency.flow.smetas import operations as smetas
from agency.flow.smetas import queries
from agency.kit.db import db, db_reading, unit
from agency.kit.policy import Forbidden
from agency.kit.states import Refused
from tests.cast import Cast
from tests.figures import figure
from tests.flow.smetas import factory
from tests.installations import Installation
from tests.pages import Visitor
from tests.promises.between import PAPERS, Paper, Script

As = Callable[[str | None], Visitor]
SEEN = re.compile(r'name="yes-seen"[^>]*value="([0-9a-f]{64})"|value="([0-9a-f]{64})"[^>]*name="yes-seen"')
# Of briefs and estimates together, on each of the databases.
INTERLEAVINGS = figure(50, 1000)
HERE = INTERLEAVINGS // len(PAPERS)
LOOKED = "looked"


class Client:
    """Irina, who has opened a document, and whatever happens meanwhile; it can be played again and again."""

    def __init__(self, installation: Installation, app: Flask, cast: Cast, as_: As, paper: Paper) -> None:
        self.installation, self.app, self.cast, self.paper = installation, app, cast, paper
        with app.app_context(), unit():
            sent = paper.send(cast)
            self.id, self.project_id = sent.id, sent.project_id
        self.irina = as_("irina")
        found = SEEN.search(self.irina.get(self.address(self.id)).text)
        assert found is not None
        self.seen = found[1] or found[2]
        installation.keep(LOOKED)

    def address(self, id: int) -> str:
        """Where a version stands for the client."""
        return f"/portal/projects/{self.project_id}/{self.paper.place}/{id}"

    def play(self, script: Script) -> None:
        """Begin at the look, and do each step with the newest version; what is refused has not happened."""
        self.installation.fresh(LOOKED)
        with self.app.app_context():
            for step in script:
                with suppress(Refused, Forbidden, IndexError), unit():
                    newest = self.paper.get(self.paper.newest(self.project_id).id)
                    self.paper.steps[step](newest, self.cast)
            db.session.remove()

    def says_yes(self, id: int) -> TestResponse:
        """The yes to what was seen, at the address of a version."""
        form = {"yes-seen": self.seen, "yes-typed_name": "Ирина Ветлугина"}
        headers = {"X-CSRF-Token": self.irina.token()}
        return self.irina.client.post(f"{self.address(id)}/approval", data=form, headers=headers)

    def now(self) -> tuple[Any, Any]:
        """The version that was seen and the newest one, as they stand."""
        return self.paper.get(self.id), self.paper.newest(self.project_id)


@pytest.fixture(params=sorted(PAPERS))
def client(request: pytest.FixtureRequest, installation: Installation, app: Flask, cast: Cast, as_: As) -> Client:
    return Client(installation, app, cast, as_, PAPERS[request.param])


def test_p02_a_yes_counts_only_for_what_was_seen(client: Client, app: Flask) -> None:
    counted = 0
    for script in client.paper.scripts(HERE):
        client.play(script)
        with app.app_context(), db_reading():
            looked_at, newest = client.now()
            stands, told = looked_at.state == "sent", newest.number if newest.state == "sent" else ""
            addresses = {looked_at.id, newest.id}
        answers = {id: client.says_yes(id) for id in sorted(addresses)}
        for id, answer in answers.items():
            if stands and id == client.id:
                assert answer.status_code == 303, script
                continue
            assert answer.status_code in (403, 404, 409), script
            assert answer.status_code != 409 or told in answer.text, f"{script}: the newest version is not shown"
        counted += stands
        _approved_is_seen(client, app, script, stands)
    assert counted >= 1


def _approved_is_seen(client: Client, app: Flask, script: Script, stands: bool) -> None:
    """There is one approval, or none, and it is of exactly what was seen."""
    with app.app_context(), db_reading():
        kept = db.session.query(Approval).filter_by(decision="approved").all()
        approved = db.session.query(client.paper.model).filter_by(state="approved").all()
        assert len(kept) == len(approved) == stands, script
        for evidence, one in zip(kept, approved, strict=True):
            assert (evidence.subject_id, one.id) == (client.id, client.id), script
            assert evidence.content_hash == one.content_hash == client.paper.seal(one) == client.seen, script


def test_p02_control_without_the_guard_a_yes_counts_for_what_nobody_saw(
    client: Client, app: Flask, monkeypatch: pytest.MonkeyPatch,
) -> None:
    keep = approvals.keep

    def keep_anything(about: Any, decision: str, *, by: Any, seen: str, typed_name: str, words: str = "") -> Any:
        return keep(about, decision, by=by, seen=about.content_hash, typed_name=typed_name, words=words)

    monkeypatch.setattr(approvals, "keep", keep_anything)
    monkeypatch.setattr(smetas, "_demand_seen", lambda *_: None)
    client.play(next(script for script in client.paper.named if script[-1:] == ("send",) and len(script) > 2))
    with app.app_context(), db_reading():
        newest = client.now()[1].id
    assert newest != client.id
    assert client.says_yes(newest).status_code == 303
    with app.app_context(), db_reading():
        unseen = client.now()[1]
        assert (unseen.state, unseen.content_hash == client.seen) == ("approved", False)


def test_p02_a_hash_of_another_version_or_of_none_is_refused_by_the_verb_itself(app: Flask, cast: Cast) -> None:
    with app.app_context():
        with unit():
            one = factory.sent(cast)
            two = factory.second(one, cast.actor("vera"))
            smetas.send(two, by=cast.actor("vera"))
            seen_one, id = one.content_hash, two.id
        for seen in (seen_one, "", "x" * 64):
            with pytest.raises(Refused), unit():
                smetas.approve(queries.get_whole(id), by=cast.actor("irina"), seen=seen, typed_name="Ирина")
        assert queries.get(id).state == "sent"

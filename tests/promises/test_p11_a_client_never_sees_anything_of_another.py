"""P11: twin clients over every route; not one byte of the other's, and 404, never 403."""

import json
from collections.abc import Iterator

from flask import Flask
from sqlalchemy import select

from agency.attached.documents.models import Document
from agency.attached.mails import reading
from agency.kit.db import db, unit
from agency.kit.mail import Mail
from agency.kit.mail.models import MailContent
from tests.cast import Cast
from tests.walk import doors, world
from tests.walk.doors import Door, Identity
from tests.walk.world import Twin
from workers.drain import drain

Twins = tuple[Twin, Twin]
LEAVING = ("accounts.sign_out", "portal.leave")


def walkers(app: Flask, cast: Cast, twins: Twins) -> list[tuple[Identity, Twin, Twin]]:
    first, second = twins
    found = [(one, first, second) for one in doors.everybody(app, cast, twins) if one.person in ("irina", "timur")]
    found += [(one, second, first) for one in doors.everybody(app, cast, twins) if one.person == "stranger"]
    return [*found, (doors.holder_of(app, cast, second), second, first)]


def theirs(app: Flask, every_door: list[Door], other: Twin) -> Iterator[Door]:
    """Every door of a client; of rooms that are shut to all contacts, one record a door is enough."""
    seen = set()
    for door in every_door:
        room = app.blueprints[door.endpoint.split(".")[0]]
        key = (door.endpoint, door.method, door.address if getattr(room, "for_clients", False) else "")
        if door.client_id == other.client_id and key not in seen:
            seen.add(key)
            yield door


def test_the_twins_have_every_kind_of_record(twins: Twins) -> None:
    # What has no client of its own, what people get besides, and mails, which are sent in the last test.
    elsewhere = {"person", "own_entity", "notice", "mail", "link"}
    for twin in twins:
        missing = {kind for kind, rows in twin.ids.items() if not rows} - elsewhere
        assert not missing, missing


def test_every_door_of_the_other_client_does_not_exist(
    app: Flask, cast: Cast, twins: Twins, every_door: list[Door],
) -> None:
    tried = 0
    for one, _own, other in walkers(app, cast, twins):
        foreign = list(theirs(app, every_door, other))
        assert foreign
        with doors.writes(app) as written:
            for door in foreign:
                answer = one.knock(door)
                tried += 1
                assert answer.status_code == 404, (one.name, door)
                assert other.mark not in doors.told(answer), (one.name, door)
        assert written == []
    assert tried > 500


def test_a_page_of_ones_own_never_holds_the_others_record(app: Flask, cast: Cast, twins: Twins) -> None:
    """Own project in the address, the other's record behind it."""
    for one, own, other in walkers(app, cast, twins):
        for rule in app.url_map.iter_rules():
            if rule.arguments != {"project_id", "id"}:
                continue
            for id in {id for kind in ("brief", "smeta", "task", "report", "link") for id in other.ids[kind]}:
                args = {"project_id": own.ids["project"][0], "id": id}
                address = app.url_map.bind("localhost").build(rule.endpoint, args)
                answer = one.visitor.client.get(address) if "GET" in (rule.methods or ()) else one.visitor.client.post(
                    address, headers={"X-CSRF-Token": one.visitor.token()},
                )
                assert other.mark not in doors.told(answer), (one.name, address)


def test_no_page_or_table_that_a_client_may_open_says_a_word_of_the_other(
    app: Flask, cast: Cast, twins: Twins, every_door: list[Door], unhurried: None,
) -> None:
    everything, read = [door for door in every_door if door.is_safe], 0
    for one, own, other in walkers(app, cast, twins):
        for door in everything:
            if door.client_id in (None, own.client_id) and door.endpoint not in LEAVING:
                text = doors.told(one.knock(door))
                assert other.mark not in text, (one.name, door)
                read += own.mark in text
    assert read > 60, "the walk must have met the client's own words"


def test_papers_and_mails_of_a_client_hold_nothing_of_the_other(app: Flask, twins: Twins) -> None:
    with app.app_context():
        drain()
        posted = list(db.session.scalars(select(Mail)))
        assert len(posted) >= 10
        for own, other in (twins, twins[::-1]):
            papers = db.session.scalars(select(Document).filter_by(client_id=own.client_id)).all()
            assert papers
            for paper in papers:
                assert other.mark not in json.dumps(paper.context, ensure_ascii=False)
            for row in posted:
                if row.client_id == own.client_id:
                    kept = db.session.get(MailContent, row.id)
                    assert kept is not None
                    assert other.mark not in str(reading.read(kept.content)), row.subject


def test_what_a_client_counts_does_not_change_when_the_other_grows(app: Flask, cast: Cast, twins: Twins) -> None:
    """The pages of one are the same bytes whether the other lives or not, tokens of the visit aside."""
    one = next(one for one in doors.everybody(app, cast, twins) if one.person == "irina" and one.link_id is None)
    before = one.visitor.client.get("/portal").text
    with app.app_context(), unit():
        world.live(cast, Twin("MARK-C-0000", twins[1].client_id, "oleg", "stranger"))
    assert one.visitor.client.get("/portal").text == before

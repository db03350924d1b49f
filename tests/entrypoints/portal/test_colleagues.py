"""A client's own people: who may let whom in, whose word a deputy has, and from when until when."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from agency.attached.approvals.models import Approval
from agency.attached.notices.models import Notice
from agency.entrypoints.portal import links
from agency.entrypoints.portal.models import Link
from agency.flow.smetas.models import Smeta
from agency.kit import clock, journal
from agency.kit.db import db, unit
from agency.kit.mail import Mail
from agency.people.accounts import queries as persons
from agency.people.clients import cabinet
from agency.people.clients import queries as clients
from agency.people.clients.models import Deputy
from tests.cast import Cast
from tests.pages import Visitor
from tests.walk.stage import Holder
from tests.walk.world import Twin
from workers.drain import drain

As = Callable[[str | None], Visitor]
Twins = tuple[Twin, Twin]


@pytest.fixture
def at(app: Flask, cast: Cast) -> str:
    """The page of colleagues of a client whose Irina may invite and name deputies."""
    allow(app, cast, "viewers", "irina")
    return f"/portal/clients/{cast.hedgehog}/colleagues"


def allow(app: Flask, cast: Cast, invites: str, *names: str) -> None:
    with app.app_context(), unit():
        client = clients.get(cast.hedgehog)
        ids = {clients.contact_of(client.id, cast.persons[name]).id for name in names}
        cabinet.rule(client, invites, ids, by=cast.actor("vera"))


def test_only_whom_we_allowed_sees_colleagues_and_invites(app: Flask, cast: Cast, as_: As, at: str) -> None:
    as_("timur").get(at, status=403)
    as_("stranger").get(at, status=404)
    assert "Тимур Галеев" in as_("irina").get(at).text
    assert at in as_("irina").get("/portal").text
    as_("timur").post(at, {"invite-name": "А", "invite-email": "a@yozh.example"}, status=403)
    allow(app, cast, "nobody", "irina")
    as_("irina").post(at, {"invite-name": "А", "invite-email": "a@yozh.example"}, status=409)


def test_a_colleague_is_let_in_to_look_and_the_manager_is_told(app: Flask, cast: Cast, as_: As, at: str) -> None:
    irina = as_("irina")
    typed = {"invite-name": "Ольга Новая", "invite-email": " Olga@tyoply-yozh.example "}
    assert "не отправлено" in irina.post(at, {**typed, "invite-approver": "y"}, status=422).text
    assert "Ольга Новая" in irina.follow(irina.post(at, typed)).text
    for taken in ("vera@agency.example", "timur@tyoply-yozh.example"):
        irina.post(at, {**typed, "invite-email": taken}, status=422)
    with app.app_context():
        person = persons.by_email("olga@tyoply-yozh.example")
        person_id = person.id
        row = clients.contact_of(cast.hedgehog, person_id)
        assert (row.is_approver, row.manages, row.gets_reports) == (False, False, False)
        assert row.invited_by_id == cast.persons["irina"]
        drain()
        assert db.session.scalars(select(Mail).filter_by(to_address="olga@tyoply-yozh.example")).one()
        told = select(journal.Fact.verb).join(Notice, Notice.fact_id == journal.Fact.id)
        assert "contact.invited" in db.session.scalars(told.where(Notice.person_id == cast.persons["vera"])).all()
    with app.app_context(), unit():
        # Whoever was taken out by us is not let in again by the client.
        clients.contact_of(cast.hedgehog, person_id).is_active = False
    irina.post(at, typed, status=422)


def test_who_approves_comes_in_only_where_we_allow_it(app: Flask, cast: Cast, as_: As, at: str) -> None:
    allow(app, cast, "approvers", "irina", "timur")
    typed = {"invite-name": "Ольга Новая", "invite-email": "olga@yozh.example", "invite-approver": "y"}
    as_("timur").post(at, typed, status=422)
    as_("irina").post(at, typed)
    with app.app_context():
        assert clients.contact_of(cast.hedgehog, persons.by_email("olga@yozh.example").id).is_approver


def test_a_deputy_decides_for_another_from_day_to_day(app: Flask, cast: Cast, twins: Twins, as_: As) -> None:
    allow(app, cast, "viewers", "irina")
    first = clock.today() + timedelta(days=3)
    irina, at = as_("irina"), f"/portal/clients/{cast.hedgehog}/deputies"
    typed = {"deputy-person_id": cast.persons["timur"], "deputy-from_on": first.isoformat()}
    irina.post(at, {**typed, "deputy-until_on": (first - timedelta(days=1)).isoformat()}, status=422)
    irina.post(at, {**typed, "deputy-until_on": (first + timedelta(days=1)).isoformat()})
    irina.post(at, {**typed, "deputy-until_on": first.isoformat()}, status=422)
    with app.app_context():
        sent = db.session.scalars(select(Smeta).filter_by(client_id=cast.hedgehog, state="sent")).one()
        project_id, id, seen, noon = sent.project_id, sent.id, sent.content_hash, clock.now()
        assert db.session.scalars(select(Deputy).filter_by(from_on=first)).one().stands(first)
    page = f"/portal/projects/{project_id}/smetas/{id}"
    yes = {"yes-typed_name": "Тимур Галеев", "yes-seen": seen}
    for days, status in ((2, 403), (5, 403), (4, 303)):
        with clock.at(noon + timedelta(days=days)):
            timur = as_("timur")
            assert ("Согласовать на" in timur.get(page).text) is (status == 303)
            timur.post(f"{page}/approval", yes, status=status)
    with app.app_context():
        kept = db.session.scalars(select(Approval).filter_by(subject_kind="smeta", subject_id=id)).one()
        assert (kept.person_id, kept.behalf_id) == (cast.persons["timur"], cast.persons["irina"])
        assert kept.signed == "Тимур Галеев (вместо: Ирина Ветлугина)"
        fact = db.session.scalars(select(journal.Fact).filter_by(verb="smeta.approved", subject_id=id)).one()
        assert fact.behalf_id == cast.persons["irina"]
    assert "вместо: Ирина Ветлугина" in as_("vera").get(f"/smetas/{id}/evidence").text
    assert "вместо: Ирина Ветлугина" in as_("irina").get(page).text
    assert "Тимур Галеев (вместо: Ирина Ветлугина): смета" in as_("vera").get(f"/projects/{project_id}").text


def test_a_deputy_ends_at_once_by_either_side(app: Flask, cast: Cast, as_: As) -> None:
    allow(app, cast, "viewers", "irina")
    with app.app_context(), unit():
        client, irina = clients.get(cast.hedgehog), cast.actor("irina")
        ids = []
        for days in (0, 10):
            day = clock.today() + timedelta(days=days)
            ids.append(cabinet.name_deputy(client, cast.persons["timur"], day, day, by=irina).id)
    with app.app_context():
        assert cast.actor("timur").approves_for == {cast.hedgehog}
        assert [row.person.name for row in clients.approvers(cast.hedgehog)] == ["Ирина Ветлугина", "Тимур Галеев"]
    as_("timur").post(f"/portal/deputies/{ids[0]}/ending", status=403)
    as_("oleg").post(f"/clients/deputies/{ids[0]}/ending", status=404)
    as_("vera").post(f"/clients/deputies/{ids[0]}/ending")
    as_("irina").post(f"/portal/deputies/{ids[1]}/ending")
    with app.app_context():
        assert cast.actor("timur").approves_for == frozenset()
        assert clients.deputies(cast.hedgehog) == []
    assert "Сейчас никто никого не заменяет" in as_("vera").get(f"/clients/{cast.hedgehog}/cabinet").text


def test_the_rule_of_the_cabinet_is_set_by_its_manager(app: Flask, cast: Cast, as_: As) -> None:
    page = f"/clients/{cast.hedgehog}/cabinet"
    with app.app_context():
        contact_id = clients.contact_of(cast.hedgehog, cast.persons["timur"]).id
    as_("oleg").get(page, status=404)
    vera = as_("vera")
    vera.get(page)
    vera.post(page, {"invites": "everybody"}, status=422)
    vera.post(page, {"invites": "approvers", "manages": [contact_id]})
    with app.app_context():
        assert clients.get(cast.hedgehog).invites == "approvers"
        assert cast.actor("timur").manages_for == {cast.hedgehog}


def test_a_link_is_mailed_to_a_known_address_and_nobody_learns_whether_it_is(app: Flask, cast: Cast, as_: As) -> None:
    told = []
    for address in ("irina@tyoply-yozh.example", "nobody@elsewhere.example", "vera@agency.example"):
        visitor = as_(None)
        told.append(visitor.follow(visitor.post("/portal/entrance", {"email": address})).text)
    assert "ссылка уже в пути" in told[0]
    with app.app_context():
        drain()
        assert db.session.scalars(select(Mail.to_address)).all() == ["irina@tyoply-yozh.example"]
        link = db.session.scalars(select(Link)).one()
        assert (link.project_id, link.request_id, set(link.actions)) == (None, None, set(links.ACTIONS))
    for _n in range(3):
        last = as_(None).client.post("/portal/entrance", data={"email": "irina@tyoply-yozh.example"}, headers={
            "X-CSRF-Token": as_(None).token()})  # fmt: skip
    assert last.status_code in (403, 429)


def test_by_link_and_by_password_one_reaches_the_same(
    app: Flask, cast: Cast, twins: Twins, every_door: list, as_: As, holder: Holder,
) -> None:
    """Every route of the portal with every record, for the same contact who came in two ways."""
    allow(app, cast, "viewers", "irina")
    for name in ("irina", "timur"):
        by_link, by_account, seen = holder(name), as_(name), set()
        for door in every_door:
            key = (door.endpoint, door.method, door.client_id)
            if not door.endpoint.startswith("portal.") or key in seen or door.endpoint == "portal.leave":
                continue
            seen.add(key)
            found = []
            for one in (by_link, by_account):
                headers = {"X-CSRF-Token": one.token()}
                answer = one.client.open(door.address, method=door.method, headers=headers)
                # What was done by the first of the two is done: an answer is compared by whether it was let through.
                through = answer.status_code not in (403, 404)
                found.append((answer.status_code, answer.headers.get("Location")) if door.is_safe else through)
            assert found[0] == found[1], (name, door)
        assert len(seen) > 60

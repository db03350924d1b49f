"""Every door of the house: each route with each record it finds, read from the app itself, never typed by hand."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from io import BytesIO
from itertools import product
from typing import Any
from zipfile import ZipFile

from flask import Flask
from sqlalchemy import event
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from agency.entrypoints.portal import links
from agency.kit import clock, ids, policy
from agency.kit.db import KINDS, db, unit
from agency.kit.queue import SYSTEM
from agency.kit.web import routes
from agency.people.accounts import operations as accounts
from agency.people.accounts.identity import NOBODY, Actor, LinkScope, as_actor
from agency.people.clients.models import Client
from tests.cast import Cast
from tests.pages import Visitor
from tests.walk.world import Twin

NAMED = {"project_id": "project", "document_id": "document", "file_id": "file", "mail_id": "mail",
         "line_id": "smeta_line", "payment_id": "payment_row"}
WORDS = {"kinds": ("briefs", "smetas", "tasks", "reports"), "section": ("done",), "key": ("success", "own:1"),
         "kind": tuple(KINDS) or ("project",), "token": ("none",), "receipt": ("none",), "filename": ("css/app.css",),
         "row": ("campaign",)}
SMALL = {"n", "number"}
# Beside one of these, an id is that of the record above.
OTHERS = NAMED.keys() - {"project_id"} | {"kind", "kinds"}
UNSAFE = ("POST", "PUT", "PATCH", "DELETE")
# What may be written without a move of the flow: the reader's session and the counters of tries.
ASIDE = ("sessions", "hits")


@dataclass(frozen=True)
class Door:
    """One method of one route with the address of one record; `client_id` says whose the record is."""

    endpoint: str
    method: str
    address: str
    args: dict[str, Any] = field(hash=False)
    client_id: int | None = None

    @property
    def is_safe(self) -> bool:
        """Whether it only looks."""
        return self.method not in UNSAFE


def all_doors(app: Flask, only: Collection[str] = ()) -> list[Door]:
    """Every route and method with every record it finds, one door a record; perhaps of some endpoints alone."""
    found: list[Door] = []
    places: dict[Any, list[tuple[dict[str, Any], int | None]]] = {}
    with app.test_request_context(), app.app_context():
        known = _known_ids()
        for rule in app.url_map.iter_rules():
            if rule.endpoint == "static" or (only and rule.endpoint not in only):
                continue
            # Most routes of a room share one finder, which is asked once.
            key = getattr(app.view_functions[rule.endpoint], "finds", rule.endpoint), tuple(sorted(rule.arguments))
            if key not in places:
                places[key] = list(_places(app, rule, known))
            for args, client_id in places[key]:
                address = app.url_map.bind("localhost").build(rule.endpoint, args)
                found += [
                    Door(rule.endpoint, method, address, args, client_id)
                    for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"})
                ]
        db.session.rollback()
    return found


def _known_ids() -> dict[str, list[int]]:
    return {kind: list(db.session.scalars(db.select(model.id))) for kind, model in KINDS.items()}


def _places(app: Flask, rule: Rule, known: dict[str, list[int]]) -> Iterator[tuple[dict[str, Any], int | None]]:
    finds = getattr(app.view_functions[rule.endpoint], "finds", None)
    if not rule.arguments:
        yield {}, None
        return
    names = sorted(rule.arguments)
    if finds is None:
        yield {name: WORDS.get(name, (1,))[0] for name in names}, None
        return
    seen: set[tuple[str, int]] = set()
    own: Collection[int] | None = None
    for values in product(*(_values(name, known) for name in names)):
        args = dict(zip(names, values, strict=True))
        record = finds(**args) if _may_lead_on(args, seen, own, known) else None
        if record is not None and own is None and args.get("id") == record.id and not set(names) & OTHERS:
            # What it leads to is known by the first record it finds: whatever else has an id is not tried any more.
            own = set(known[record.KIND])
        if record is not None and (record.KIND, record.id) not in seen:
            seen.add((record.KIND, record.id))
            client_id = record.id if isinstance(record, Client) else getattr(record, "client_id", None)
            yield args, client_id


def _may_lead_on(
    args: dict[str, Any], seen: set[tuple[str, int]], own: Collection[int] | None, known: dict[str, list[int]],
) -> bool:
    """Whether there may be a record there that was not found by another way."""
    there = known[args["kind"]] if "kind" in args else own
    known_already = any((NAMED[name], id) in seen for name, id in args.items() if name in NAMED)
    return not known_already and (there is None or "id" not in args or args["id"] in there)


def _values(name: str, known: dict[str, list[int]]) -> Any:
    if name == "kind":
        return tuple(KINDS)
    if name in WORDS:
        return WORDS[name]
    if name in SMALL:
        return range(3)
    if name in NAMED:
        return known[NAMED[name]]
    return range(1, max(max(rows, default=1) for rows in known.values()) + 1)


@dataclass
class Identity:
    """Somebody who walks: a browser, and how the same person looks to the policy at this moment."""

    name: str
    visitor: Visitor
    person: str | None = None
    link_id: int | None = None

    def actor(self, cast: Cast) -> Actor:
        """The actor as it is now, read anew."""
        if self.person is None or not cast.person(self.person).is_active:
            return NOBODY
        scope = None
        if self.link_id is not None:
            row = db.session.get(KINDS["link"], self.link_id)
            if row.revoked_at is not None or row.until <= clock.now():
                return NOBODY
            scope = LinkScope(row.id, row.project_id, row.request_id, frozenset(row.actions))
        return as_actor(cast.person(self.person), link=scope)

    def knock(self, door: Door) -> TestResponse:
        """Try a door, with an empty form when it is not safe."""
        if door.is_safe:
            return self.visitor.client.get(door.address)
        headers = {"X-CSRF-Token": self.visitor.token()}
        return self.visitor.client.open(door.address, method=door.method, data={}, headers=headers)


STAFF = {
    "owner": "owner", "admin": "admin", "manager of A": "vera", "manager of B": "oleg",
    "head of creative": "head_creative", "head of media": "head_media", "specialist": "copywriter",
    "specialist elsewhere": "producer", "finance": "finance",
}
CONTACTS = {"approver of A": "irina", "viewer of A": "timur", "approver of B": "stranger"}
# For how many days from today the viewer of A stands in for the approver.
DEPUTIES = {"deputy of A": 0, "deputy of A after the last day": -1}
LEFT, EXPIRED = "somebody who left", "holder of an expired link"


def everybody(app: Flask, cast: Cast, twins: tuple[Twin, Twin]) -> list[Identity]:
    """The identities of the walk: staff, contacts with accounts, the holder of a link to one project, nobody."""
    people = [Identity(name, Visitor(app, cast, person), person) for name, person in (STAFF | CONTACTS).items()]
    return [*people, holder_of(app, cast, twins[0]), Identity("nobody", Visitor(app, cast, None))]


def deputy_of(app: Flask, cast: Cast, twin: Twin, ends_in: int) -> Identity:
    """The viewer of A, who decides for its approver up to a day from today."""
    visitor, last = Visitor(app, cast, "timur"), clock.today() + timedelta(days=ends_in)
    with app.app_context(), unit():
        db.session.add(KINDS["deputy"](
            client_id=twin.client_id, person_id=cast.persons["timur"], behalf_id=cast.persons[twin.approver],
            from_on=last - timedelta(days=7), until_on=last,
        ))  # fmt: skip
    return Identity("deputy", visitor, "timur")


def left(app: Flask, cast: Cast) -> Identity:
    """A specialist whose browser was open when the work here ended."""
    visitor = Visitor(app, cast, "designer")
    with app.app_context(), unit():
        accounts.end_work(cast.person("designer"), by=cast.actor("owner"))
    return Identity(LEFT, visitor, "designer")


def expired(app: Flask, cast: Cast, twin: Twin) -> Identity:
    """The holder of a link whose days are over while the browser is still open."""
    one = holder_of(app, cast, twin)
    with app.app_context(), unit():
        db.session.get(KINDS["link"], one.link_id).until = clock.now()
    return one


def holder_of(app: Flask, cast: Cast, twin: Twin) -> Identity:
    """The approver of a client who came by a link to its first project."""
    visitor = Visitor(app, cast, None)
    with app.app_context(), unit():
        project = db.session.get(KINDS["project"], twin.ids["project"][0])
        token = links.token_in(links.mint(cast.person(twin.approver), project, links.ACTIONS, by=SYSTEM))
        link = db.session.query(KINDS["link"]).filter_by(token_hash=ids.digest(token)).one()
        secret = accounts.sign_in(cast.person(twin.approver), browser="tests", link_id=link.id)
        link_id = link.id
    visitor.client.set_cookie("agency_portal", secret)
    return Identity(f"holder of a link of {twin.mark[:6]}", visitor, twin.approver, link_id)


def outcome(app: Flask, actor: Actor, door: Door) -> str:
    """What the policy table says of a door: open, public, sign-in, hidden (404) or refused (403)."""
    view = app.view_functions[door.endpoint]
    if hasattr(view, "public"):
        return "public"
    if actor.kind == "nobody":
        return "sign-in"
    if routes.is_shut_to(actor, app.blueprints.get(door.endpoint.split(".")[0])):
        return "hidden"
    record = view.finds(**door.args) if view.finds is not None else None  # type: ignore[attr-defined]
    if view.finds is not None and (record is None or not policy.sees(actor, record)):  # type: ignore[attr-defined]
        return "hidden"
    return "open" if policy.may(actor, view.needs, record) else "refused"  # type: ignore[attr-defined]


def told(answer: TestResponse) -> str:
    """Everything an answer says in letters; of a table for a spreadsheet, what is in its parts."""
    if not answer.data.startswith(b"PK"):
        return answer.data.decode(errors="replace")
    with ZipFile(BytesIO(answer.data)) as archive:
        return "".join(archive.read(name).decode(errors="replace") for name in archive.namelist())


@contextmanager
def writes(app: Flask) -> Iterator[list[str]]:
    """The statements that write meanwhile, sessions and counters of tries left out."""
    found: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        words = statement.replace('"', "").split()
        if words[0].upper() in ("INSERT", "UPDATE", "DELETE", "REPLACE") and not set(words[:4]) & set(ASIDE):
            found.append(statement)

    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield found
    finally:
        event.remove(engine, "before_cursor_execute", note)


def contents(app: Flask) -> dict[str, int]:
    """A hash of every table but those of sessions and tries."""
    with app.app_context():
        found = {
            table.name: hash(tuple(sorted(map(repr, db.session.execute(db.text(f"SELECT * FROM {table.name}"))))))
            for table in db.metadata.sorted_tables if table.name not in ASIDE
        }
        db.session.rollback()
    return found

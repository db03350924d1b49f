"""The page on which a request becomes a project: qualify and open, one button and one unit."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import request

from agency.flow.projects import operations, presets, rows, statements
from agency.flow.projects.forms import OpenForm
from agency.flow.projects.models import Project
from agency.flow.requests import guessing
from agency.flow.requests import operations as requests
from agency.flow.requests import queries as known_requests
from agency.flow.requests.models import Request
from agency.kit import clock
from agency.kit.money import UnclearAmount, parse_money
from agency.kit.states import Refused
from agency.kit.web import Room, actor, choices, go, needs, page, refusals
from agency.kit.words import _, lazy, using
from agency.people.accounts import queries as persons
from agency.people.accounts.models import Person
from agency.people.agency import queries as agencies
from agency.people.agency.stage_endings import NAMES as ENDINGS
from agency.people.clients import codes
from agency.people.clients import operations as client_operations
from agency.people.clients import queries as clients
from agency.people.clients.models import Brand, Client

NEW_CLIENT_FIELDS = {"name": "new_name", "code": "new_code"}
CONTACT_FIELDS = {"name": "contact_name", "email": "contact_email"}
# A name fits the line of a list; the client says the rest in the request.
LONGEST_NAME = 60


@dataclass
class Typed:
    """The whole form: its fields, its stages and its statements."""

    form: OpenForm
    stages: list[rows.StageRow]
    statements: list[statements.Statement]

    def is_clear(self) -> bool:
        """Whether every field and row can be understood."""
        good = self.form.validate()
        return good and not any(row.error for row in self.stages)


def routes(room: Room) -> None:
    """Add the page."""
    room.add_url_rule("/from-request/<int:id>", "open", open_project, methods=["GET", "POST"])


@needs("project.create", of=known_requests.get)
def open_project(asked: Request) -> Any:
    """Choose client, people, dates, stages and requirements, and open the project."""
    typed = _hear(asked)
    if request.method == "GET":
        return _page(asked, typed)
    if "spread" in request.form:
        return _page(asked, _spread(asked, typed))
    if typed.is_clear():
        with refusals(typed.form) as outcome:
            project = _open(asked, typed)
        if outcome.ok:
            return go("projects.show", id=project.id, said=_("Project %(number)s is open.", number=project.number))
        return _page(asked, typed, outcome.status)
    return _page(asked, typed, 422)


def _hear(asked: Request) -> Typed:
    form = OpenForm(data=_first_guess(asked))
    form.client_id.offer(actor(), asked.client)
    _choices(form)
    if request.method == "POST":
        return Typed(form, rows.heard_stages(request.form), rows.heard_statements(request.form))
    stages = _ready_stages(asked, "campaign", clock.today(), None)
    return Typed(form, stages, statements.split(asked.words, asked.contact_name))


def _ready_stages(asked: Request, preset: str, first: date, last: date | None) -> list[rows.StageRow]:
    """A row of stages in the language of the client, who reads their names."""
    with using(asked.client.language if asked.client else asked.language):
        return rows.preset_stages(preset, agencies.calendar(), first, last)


def _first_guess(asked: Request) -> dict[str, Any]:
    client, contact = asked.client, asked.contact
    currency = client.currency if client else "RUB"
    name = asked.company or asked.contact_name
    return {
        "client_id": client.id if client else 0, "new_name": "" if client else asked.company,
        "new_code": "" if client or not name else codes.suggest(name, clients.codes()),
        "brand": asked.brand.name if asked.brand else (client.brands[0].name if client and client.brands else ""),
        "contact_name": contact.name if contact else asked.contact_name,
        "contact_email": (contact.email if contact else asked.email) or "", "is_approver": True,
        "name": guessing.subject(asked.subject, LONGEST_NAME).rstrip("…"),
        "budget": guessing.amount(asked.budget_words), "currency": currency,
        "budget_has_vat": not guessing.is_net(asked.budget_words), "starts_on": clock.today(),
        "manager_id": (client.manager_id if client else None) or actor().id, "preset": "campaign",
    }


def _choices(form: OpenForm) -> None:
    form.preset.choices = choices(presets.choice())
    staff = persons.staff()
    managers = [(one.id, one.name) for one in staff if one.has("account_manager") or one.id == actor().id]
    form.manager_id.choices = choices(managers)
    form.deputy_id.choices = choices([(0, lazy("Nobody yet")), *managers])
    form.team.choices = choices((one.id, one.name) for one in staff)


def _spread(asked: Request, typed: Typed) -> Typed:
    form, calendar = typed.form, agencies.calendar()
    first, last, preset = form.starts_on.data or clock.today(), form.ends_on.data, form.data["preset"]
    if request.form["spread"] == "preset":
        return Typed(form, _ready_stages(asked, preset, first, last), typed.statements)
    return Typed(form, rows.spread(typed.stages, preset, calendar, first, last), typed.statements)


def _page(asked: Request, typed: Typed, status: int = 200) -> Any:
    stages = [*typed.stages, *(rows.StageRow("", "") for _row in range(rows.EMPTY_STAGES))]
    said = [*typed.statements, *(statements.Statement("", True) for _row in range(rows.EMPTY_STATEMENTS))]
    return page("projects/open.html", status, asked=asked, form=typed.form, stages=stages, said=said,
                stages_wrong=any(row.error for row in stages), endings=ENDINGS)


def _open(asked: Request, typed: Typed) -> Project:
    chosen: dict[str, Any] = typed.form.data
    first, last = chosen["starts_on"], chosen["ends_on"]
    if asked.state == "new":
        requests.take(asked, by=actor())
    client = _client(chosen, asked.language)
    plan = operations.Plan(
        client=client, name=chosen["name"], manager=persons.one(chosen["manager_id"]),
        deputy=persons.get(chosen["deputy_id"]), starts_on=first, ends_on=last,
        brand=_brand(client, chosen["brand"] or ""), contact=_contact(client, chosen),
        team=[persons.one(id) for id in chosen["team"]], budget=_budget(chosen),
        budget_has_vat=chosen["budget_has_vat"], currency=chosen["currency"],
        stages=rows.filled(typed.stages, chosen["preset"], agencies.calendar(), first, last),
        requirements=[statement.words for statement in typed.statements if statement.wanted],
    )
    return operations.open_from(asked, plan, by=actor())


def _client(chosen: dict[str, Any], language: str) -> Client:
    if chosen["client_id"]:
        return clients.one(chosen["client_id"])
    try:
        return client_operations.add(
            chosen["new_name"] or "", by=actor(), manager=persons.one(chosen["manager_id"]),
            code=chosen["new_code"] or "", currency=chosen["currency"], language=language,
        )
    except Refused as refused:
        raise Refused(refused.sentence, NEW_CLIENT_FIELDS.get(refused.field or "", "new_name")) from None


def _brand(client: Client, name: str) -> Brand | None:
    plain = " ".join(name.split()).casefold()
    known = next((brand for brand in client.brands if brand.name.casefold() == plain), None)
    if known is not None or not plain:
        return known
    return client_operations.add_brand(client, name, by=actor())


def _contact(client: Client, chosen: dict[str, Any]) -> Person | None:
    name, email = (chosen["contact_name"] or "").strip(), (chosen["contact_email"] or "").strip().casefold()
    if not name and not email:
        return None
    for known in clients.active_contacts(client.id):
        if (email and known.person.email == email) or (not email and known.person.name.casefold() == name.casefold()):
            return known.person
    try:
        added = client_operations.add_contact(client, name, email, by=actor(), is_approver=chosen["is_approver"])
    except Refused as refused:
        raise Refused(refused.sentence, CONTACT_FIELDS.get(refused.field or "", "contact_name")) from None
    return added.person


def _budget(chosen: dict[str, Any]) -> int | None:
    typed = (chosen["budget"] or "").strip()
    if not typed:
        return None
    try:
        return parse_money(typed, chosen["currency"])
    except UnclearAmount as unclear:
        raise Refused(str(unclear), "budget") from None

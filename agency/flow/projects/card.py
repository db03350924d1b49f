"""The card of a project: its fields, its team, and the moves from state to state."""

from collections.abc import Callable
from typing import Any

from flask import request

from agency.flow.projects import operations, queries
from agency.flow.projects.forms import CancelForm, CardForm, HoldForm, TeamForm
from agency.flow.projects.models import MOVES, Project
from agency.kit import words
from agency.kit.money import UnclearAmount, parse_money
from agency.kit.states import Refused
from agency.kit.web import Form, Room, actor, changed_meanwhile, choices, go, needs, page, refusals
from agency.kit.web.versions import STALE
from agency.kit.words import Lazy, _, lazy, money0
from agency.people.accounts import queries as persons

LEAD = "project.lead"
PLAIN = ("name", "manager_id", "budget_has_vat", "language", "report_cadence", "report_weekday", "starts_on",
         "ends_on", "launches_on")
CHOSEN = ("brand_id", "billing_entity_id", "deputy_id")


def routes(room: Room) -> None:
    """Add the card, the team, and one address for each move."""
    both = ["GET", "POST"]
    room.add_url_rule("/<int:id>/card", "edit", edit, methods=both)
    room.add_url_rule("/<int:id>/team", "team", team, methods=both)
    room.add_url_rule("/<int:id>/pause", "hold", hold, methods=["POST"])
    room.add_url_rule("/<int:id>/cancellation", "cancel", cancel, methods=["POST"])
    for thing, name, key, operation, said in (
        ("start", "start", "project.start", operations.start, lazy("The work has begun.")),
        ("resumption", "resume", LEAD, operations.resume, lazy("The work goes on.")),
        ("winding-up", "wind_up", LEAD, operations.wind_up, lazy("The project is being wound up.")),
        ("closing", "settle", LEAD, operations.settle, lazy("The project is closed.")),
    ):
        room.add_url_rule(f"/<int:id>/{thing}", name, _mover(key, operation, said), methods=["POST"])


def _mover(key: str, operation: Callable[..., None], said: Lazy) -> Callable[..., Any]:
    @needs(key, of=queries.get)
    def move(project: Project) -> Any:
        """Take one move that asks for nothing."""
        operation(project, by=actor())
        return go("projects.show", id=project.id, said=said)

    return move


@needs(LEAD, of=queries.get)
def edit(project: Project) -> Any:
    """Change name, people, money and dates."""
    form = _form(project)
    if request.method == "POST" and (stale := changed_meanwhile(form, project, _saved(project))):
        return stale
    if form.sent():
        with refusals(form) as outcome:
            operations.change(project, by=actor(), reason=form.reason.data or "", **_typed(form, project))
        if outcome.ok:
            return go("projects.show", id=project.id, said=_("Saved."))
    return _page(project, 422 if request.method == "POST" else 200, card=form)


@needs(LEAD, of=queries.get)
def hold(project: Project) -> Any:
    """Pause, on whose side and why."""
    form = HoldForm(prefix="hold-")
    if form.sent():
        with refusals(form) as outcome:
            operations.hold(project, form.data["side"], form.reason.data or "", by=actor())
        if outcome.ok:
            return go("projects.show", id=project.id, said=_("The project is on hold."))
    return _page(project, 422, hold=form)


@needs(LEAD, of=queries.get)
def cancel(project: Project) -> Any:
    """End it before its end."""
    form = CancelForm(prefix="cancel-")
    if form.sent():
        with refusals(form) as outcome:
            operations.cancel(project, form.reason.data or "", by=actor())
        if outcome.ok:
            return go("projects.show", id=project.id, said=_("The project is cancelled."))
    return _page(project, 422, cancel=form)


@needs(LEAD, of=queries.get)
def team(project: Project) -> Any:
    """Who works on it besides manager and deputy."""
    now = sorted(member.person_id for member in project.members)
    form, staff = TeamForm(data={"team": now}), persons.staff()
    form.team.choices = choices((one.id, one.name) for one in staff)
    standing = ",".join(map(str, now)) or "nobody"
    seen, form.version.data = form.version.data, standing
    if form.sent():
        chosen = [one for one in staff if one.id in form.data["team"]]
        if seen and seen != standing:
            return page("errors/409.html", 409, sentence=STALE, theirs=[{
                "label": form.team.label.text, "mine": words.listed(one.name for one in chosen),
                "theirs": words.listed(one.name for one in staff if one.id in now),
            }])  # fmt: skip
        operations.set_team(project, chosen, by=actor())
        return go("projects.show", id=project.id, said=_("The team is set."))
    return page("projects/team.html", 422 if request.method == "POST" else 200, project=project, form=form)


def _page(project: Project, status: int = 200, **tried: Form) -> Any:
    return page(
        "projects/edit.html", status, project=project, form=tried.get("card") or _form(project, fresh=True),
        hold=tried.get("hold") or HoldForm(prefix="hold-"), cancel=tried.get("cancel") or CancelForm(prefix="cancel-"),
        tried=set(tried), moves={move.verb for move in MOVES.open_to(project, actor())},
    )


def _form(project: Project, fresh: bool = False) -> CardForm:
    form = CardForm(obj=project)
    client, staff = project.client, persons.staff()
    managers = [(one.id, one.name) for one in staff if one.has("account_manager") or one.id == project.manager_id]
    brands = [(brand.id, brand.name) for brand in client.brands]
    form.brand_id.choices = choices([(0, lazy("Without a brand")), *brands])
    entities = [
        (entity.id, entity.name) for entity in client.billing_entities
        if entity.archived_at is None or entity.id == project.billing_entity_id
    ]
    form.billing_entity_id.choices = choices([(0, lazy("Not known yet")), *entities])
    form.manager_id.choices = choices(managers)
    form.deputy_id.choices = choices([(0, lazy("Nobody yet")), *managers])
    for name in CHOSEN:
        form[name].data = form[name].data or 0
    if fresh or request.method == "GET":
        form.budget.data = _budget_words(project)
    return form


def _budget_words(project: Project) -> str:
    return "" if project.budget is None else money0(project.budget, project.currency)


def _typed(form: CardForm, project: Project) -> dict[str, Any]:
    typed_in: dict[str, Any] = form.data
    card = {name: typed_in[name] for name in PLAIN} | {name: typed_in[name] or None for name in CHOSEN}
    card["name"] = " ".join(str(card["name"]).split())
    typed = (form.budget.data or "").strip()
    try:
        card["budget"] = parse_money(typed, project.currency) if typed else None
    except UnclearAmount as unclear:
        raise Refused(str(unclear), "budget") from None
    return card


def _saved(project: Project) -> dict[str, Any]:
    return {
        "name": project.name, "manager_id": project.manager.name, "budget": _budget_words(project),
        "starts_on": project.starts_on.isoformat(), "ends_on": project.ends_on.isoformat() if project.ends_on else "",
    }

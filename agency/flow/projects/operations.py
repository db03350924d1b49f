"""What is done to a project: opened from a request, led through its states, its card and team changed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from agency.flow.projects import presets, requirements, stages
from agency.flow.projects.models import MOVES, SIDES, Member, Project
from agency.flow.projects.stages import Laid
from agency.flow.requests import operations as requests
from agency.flow.requests.models import Request
from agency.kit import clock, journal, policy
from agency.kit.db import db
from agency.kit.states import Refused
from agency.kit.words import lazy, using
from agency.people.accounts.models import Person
from agency.people.agency import numbering
from agency.people.agency import queries as agencies
from agency.people.agency.models import OwnEntity
from agency.people.clients.models import BillingEntity, Brand, Client

CARD = (
    "name", "brand_id", "billing_entity_id", "manager_id", "deputy_id", "budget", "budget_has_vat", "language",
    "report_cadence", "report_weekday",
)  # fmt: skip
DATES = ("starts_on", "ends_on", "launches_on")


@dataclass(frozen=True)
class Plan:
    """What is decided when a project is opened; the budget in minor units, stages as `stages.lay` takes them."""

    client: Client
    name: str
    manager: Person
    starts_on: date
    ends_on: date | None = None
    brand: Brand | None = None
    contact: Person | None = None
    deputy: Person | None = None
    team: Sequence[Person] = ()
    budget: int | None = None
    budget_has_vat: bool = True
    stages: Sequence[Laid] | None = None
    preset: str = "campaign"
    requirements: Sequence[str] = ()
    billing_entity: BillingEntity | None = None
    own_entity: OwnEntity | None = None
    language: str = ""
    currency: str = ""


def open_from(request: Request, plan: Plan, *, by: Any) -> Project:
    """Qualify a request and open its project: number, team, stages and requirements, in one unit."""
    _check(plan.name, plan.starts_on, plan.ends_on, plan.manager, plan.deputy)
    if plan.contact is not None:
        request.contact = plan.contact
    request.brand = plan.brand
    requests.qualify(request, plan.client, by=by)
    project = _write(request, plan)
    set_team(project, plan.team, by=by, said=False)
    stages.lay(project, plan.stages if plan.stages is not None else _preset_stages(plan, project.language))
    said_by = plan.contact.name if plan.contact else request.contact_name
    journal.fact("project.opened", about=project, by=by, audience="client", number=project.number)
    for words in plan.requirements:
        requirements.add(project, words, by=by, said_by=said_by, said_on=clock.local(request.received_at).date())
    return project


def _check(name: str, starts_on: date, ends_on: date | None, manager: Person, deputy: Person | None) -> None:
    if not name.strip():
        raise Refused(lazy("Name the project."), "name")
    if ends_on is not None and ends_on < starts_on:
        raise Refused(lazy("The end is earlier than the start."), "ends_on")
    if manager.kind != "staff":
        raise Refused(lazy("Choose a colleague."), "manager_id")
    if deputy is not None and deputy.id == manager.id:
        raise Refused(lazy("The deputy is somebody else than the manager."), "deputy_id")


def _write(request: Request, plan: Plan) -> Project:
    client, year = plan.client, clock.today().year
    own = plan.own_entity or client.own_entity or agencies.default_entity()
    if own is None:
        raise Refused(lazy("The agency has no legal entity yet. The administrator writes it in."))
    project = Project(
        number=f"{client.code}-{year}-{numbering.take(f'project:{year}'):03}", name=" ".join(plan.name.split()),
        client_id=client.id, request_id=request.id, own_entity_id=own.id, manager_id=plan.manager.id,
        brand_id=plan.brand.id if plan.brand else None, deputy_id=plan.deputy.id if plan.deputy else None,
        billing_entity_id=plan.billing_entity.id if plan.billing_entity else None,
        language=plan.language or client.language, currency=plan.currency or client.currency, budget=plan.budget,
        budget_has_vat=plan.budget_has_vat, starts_on=plan.starts_on, ends_on=plan.ends_on,
    )
    project.search_text = _search_text(project, client)
    db.session.add(project)
    db.session.flush()
    return project


def _search_text(project: Project, client: Client) -> str:
    return f"{project.number} {project.name} {client.name}".casefold()


def _preset_stages(plan: Plan, language: str) -> list[Laid]:
    """A ready row in the language of the client, who reads the names."""
    with using(language):
        names = presets.names(plan.preset)
    days = presets.spread(agencies.calendar(), plan.starts_on, plan.ends_on, presets.shares(plan.preset, len(names)))
    return list(zip(names, days, presets.endings(plan.preset), strict=True))


def start(project: Project, *, by: Any) -> None:
    """The work begins, and so does the first stage if none was begun."""
    MOVES.take(project, "start", by=by)
    first = project.current_stage
    if first is not None and first.started_on is None and by.kind != "system":
        stages.start(first, by=by)


def hold(project: Project, side: str, reason: str, *, by: Any) -> None:
    """The work pauses, on whose side and why."""
    if side and side not in SIDES:
        raise Refused(lazy("Choose one of the answers."), "side")
    MOVES.take(project, "hold", by=by, side=side, reason=reason.strip())
    project.hold_side, project.reason = side, reason.strip()


def resume(project: Project, *, by: Any) -> None:
    """The work goes on."""
    MOVES.take(project, "resume", by=by)
    project.hold_side = project.reason = ""


def wind_up(project: Project, *, by: Any) -> None:
    """The work is done, the papers are being settled."""
    MOVES.take(project, "wind_up", by=by)


def settle(project: Project, *, by: Any) -> None:
    """Everything is settled."""
    MOVES.take(project, "settle", by=by)


def cancel(project: Project, reason: str, *, by: Any) -> None:
    """The project ends before its end."""
    MOVES.take(project, "cancel", by=by, reason=reason.strip())
    project.reason = reason.strip()


def change(project: Project, *, by: Any, reason: str = "", **card: Any) -> None:
    """Change what CARD and DATES name; dates that move want a reason, which the client reads."""
    policy.demand(by, "project.lead", project)
    was = {name: getattr(project, name) for name in (*CARD, *DATES)
           if name in card and getattr(project, name) != card[name]}  # fmt: skip
    dates = {name: was.pop(name) for name in DATES if name in was}
    if dates and project.state != "planned" and not reason.strip():
        raise Refused(lazy("Say why the day moves: the client reads it in the next report."), "reason")
    for name in (*was, *dates):
        setattr(project, name, card[name])
    db.session.flush()
    db.session.refresh(project)
    _check(project.name, project.starts_on, project.ends_on, project.manager, project.deputy)
    project.search_text = _search_text(project, project.client)
    if was:
        journal.fact("project.changed", about=project, by=by, changed=sorted(was))
    if dates:
        _tell_dates(project, dates, reason, by)


def _tell_dates(project: Project, was: dict[str, Any], reason: str, by: Any) -> None:
    shown = {name: day.isoformat() if day else "" for name, day in was.items()}
    becomes = {name: day.isoformat() if (day := getattr(project, name)) else "" for name in was}
    spoken = reason.strip() or str(lazy("the dates were set"))
    journal.fact(
        "project.dates_moved", about=project, by=by, audience="client", was=shown, becomes=becomes, reason=spoken,
    )


def set_team(project: Project, people: Iterable[Person], *, by: Any, said: bool = True) -> None:
    """Make these colleagues the team, besides manager and deputy."""
    policy.demand(by, "project.lead", project)
    wanted = {person.id for person in people if person.kind == "staff"}
    present = {member.person_id: member for member in project.members}
    if wanted == set(present):
        return
    for person_id in present.keys() - wanted:
        project.members.remove(present[person_id])
        db.session.delete(present[person_id])
    for person_id in sorted(wanted - present.keys()):
        project.members.append(Member(project_id=project.id, client_id=project.client_id, person_id=person_id))
    db.session.flush()
    if said:
        journal.fact("project.team_changed", about=project, by=by, joined=sorted(wanted - present.keys()),
                     left=sorted(present.keys() - wanted))

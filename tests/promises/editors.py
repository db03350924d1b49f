"""Every form of ours that edits something two people may edit, with the way to it; a new one is added here."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin

from sqlalchemy import select

from agency.attached.hours.models import TimeEntry
from agency.flow.projects.models import Requirement
from agency.flow.requests.models import Request
from agency.kit import clock
from agency.kit.db import db
from agency.people.clients import nuances
from agency.people.clients.models import BillingEntity
from agency.people.clients.queries import contact_of
from agency.people.clients.queries import get as get_client
from tests import markup
from tests.cast import Cast
from tests.flow.briefs import cases as briefs
from tests.flow.factory import a_project
from tests.flow.smetas import factory as smetas
from tests.flow.tasks import factory as tasks


@dataclass(frozen=True)
class Editing:
    """A form two people open at once: where it stands, the field both change, and what each types there.

    `form` is the class that hears it; the walk makes sure that no class with a version is forgotten.
    "@seo" stands for one of the cast.
    """

    name: str
    form: str
    lay: Callable[[Cast], tuple[str, str]]
    mine: str
    theirs: str
    editors: tuple[str, str] = ("vera", "owner")


def _task(cast: Cast) -> tuple[str, str]:
    return f"/tasks/{tasks.task(cast, 'in_progress').id}/edit", "title"


def _due(cast: Cast) -> tuple[str, str]:
    return f"/tasks/{tasks.task(cast, 'in_progress').id}", "due-due_on"


def _plan(cast: Cast) -> tuple[str, str]:
    task = tasks.task(cast, "backlog")
    return f"/tasks/plan/{task.project_id}", f"t{task.id}-estimate"


def _hours(cast: Cast) -> tuple[str, str]:
    task = tasks.task(cast, "in_progress")
    entry = TimeEntry(
        subject_id=task.id, client_id=task.client_id, project_id=task.project_id, person_id=cast.persons["copywriter"],
        day=clock.today(), minutes=60,
    )
    db.session.add(entry)
    db.session.flush()
    return f"/tasks/hours/{entry.id}", "minutes"


def _brief(cast: Cast) -> tuple[str, str]:
    return f"/briefs/{briefs.a_draft(cast).id}/edit", "value"


def _smeta(cast: Cast) -> tuple[str, str]:
    return f"/smetas/{smetas.first(smetas.project(cast), cast.actor('vera')).id}/edit", "terms"


def _line(cast: Cast) -> tuple[str, str]:
    smeta = smetas.first(smetas.project(cast), cast.actor("vera"))
    return f"/smetas/{smeta.id}/lines/{smeta.lines[3].id}", "supplier"


def _stage(cast: Cast) -> tuple[str, str]:
    project = a_project(cast)
    return f"/projects/{project.id}/stages", f"s{project.stages[0].id}-name"


def _requirement(cast: Cast) -> tuple[str, str]:
    project = tasks.project(cast)
    first = db.session.scalars(select(Requirement).where(Requirement.project_id == project.id)).first()
    assert first is not None
    return f"/projects/{project.id}/requirements", f"r{first.id}-words"


def _request(cast: Cast) -> tuple[str, str]:
    request = db.session.get(Request, a_project(cast, manager="vera").request_id)
    assert request is not None
    request.state = "in_review"
    return f"/requests/{request.id}", "correct-budget_words"


def _contact(cast: Cast) -> tuple[str, str]:
    contact = contact_of(cast.hedgehog, cast.persons["irina"])
    assert contact is not None
    return f"/clients/contacts/{contact.id}", "position"


def _billing(cast: Cast) -> tuple[str, str]:
    found = db.session.scalars(select(BillingEntity).where(BillingEntity.client_id == cast.hedgehog)).one()
    return f"/clients/entities/{found.id}", "address"


def _nuance(cast: Cast) -> tuple[str, str]:
    client = get_client(cast.hedgehog)
    assert client is not None
    return f"/clients/nuances/{nuances.add(client, 'Слова', ['brief'], by=cast.actor('vera')).id}", "nuance-words"


OFFICE = ("admin", "owner")
FORMS = (
    Editing("a task", "tasks.TaskForm", _task, "Слоган моими словами", "Слоган её словами"),
    Editing("the day of a task", "tasks.DueForm", _due, "2027-03-01", "2027-04-02"),
    Editing("the plan of a project", "tasks.PlanRow", _plan, "5 ч", "7 ч"),
    Editing("one's own time in two windows", "tasks.TimeForm", _hours, "5 ч", "7 ч",
            editors=("copywriter", "copywriter")),
    Editing("a project's card", "projects.CardForm", lambda cast: (f"/projects/{a_project(cast).id}/card", "name"),
            "Утро по-моему", "Утро по-ихнему"),
    Editing("a client's card", "clients.ClientForm", lambda cast: (f"/clients/{cast.hedgehog}/card", "name"),
            "Ёж по-моему", "Ёж по-ихнему"),
    Editing("a contact of a client", "clients.ContactForm", _contact, "директор", "бренд-менеджер"),
    Editing("a legal entity of a client", "clients.BillingEntityForm", _billing, "Улица по-моему", "Улица по-ихнему"),
    Editing("a nuance of a client", "clients.NuanceForm", _nuance, "Слова по-моему", "Слова по-ихнему"),
    Editing("the team of a project", "projects.TeamForm", lambda cast: (f"/projects/{a_project(cast).id}/team", "team"),
            "@seo", "@designer"),
    Editing("a stage of a project", "projects.StageForm", _stage, "Этап по-моему", "Этап по-ихнему"),
    Editing("the words of a requirement", "projects.RequirementForm", _requirement,
            "Слова по-моему", "Слова по-ихнему"),
    Editing("what is known of a request", "requests.CorrectForm", _request, "три миллиона", "два миллиона"),
    Editing("a part of a brief", "briefs.part", _brief, "Успех по-моему", "Успех по-ихнему"),
    Editing("the grid of an estimate", "smetas.grid", _smeta, "Условия по-моему", "Условия по-ихнему"),
    Editing("one line of an estimate", "smetas.LineForm", _line, "Типография А", "Типография Б"),
    Editing("one of our legal entities", "agency.EntityForm",
            lambda cast: (f"/settings/entities/{cast.entity}", "brand"),
            "Имя по-моему", "Имя по-ихнему", editors=OFFICE),
    Editing("a limit of approval", "agency.LimitForm", lambda _cast: ("/settings/limits/1", "max_discount"), "7", "9",
            editors=OFFICE),
    Editing("the working hours", "agency.HoursForm", lambda _cast: ("/settings/calendar", "starts"), "10:00", "08:30",
            editors=OFFICE),
    Editing("how letters are signed", "agency.MailForm", lambda _cast: ("/settings/mail", "sender_name"),
            "Утро по-моему", "Утро по-ихнему", editors=OFFICE),
    Editing("what an estimate begins with", "agency.EstimatesForm", lambda _cast: ("/settings/estimates", "valid_days"),
            "21", "30", editors=OFFICE),
    Editing("how soon a request is answered", "agency.RepliesForm", lambda _cast: ("/settings/replies", "minutes"),
            "60", "90", editors=OFFICE),
    Editing("a row of stages", "agency.StagesForm", lambda _cast: ("/settings/stages/site", "name"),
            "Сайт по-моему", "Сайт по-ихнему", editors=OFFICE),
    Editing("the positions", "agency.PositionsForm", lambda _cast: ("/settings/positions", "names"),
            "поэт", "редактор", editors=OFFICE),
    Editing("the heads of departments", "departments.DepartmentsForm",
            lambda _cast: ("/settings/departments/", "media"),
            "@producer", "@seo", editors=OFFICE),
    Editing("a colleague's card", "accounts.CardForm", lambda cast: (f"/people/{cast.persons['seo']}", "position"),
            "SEO по-моему", "SEO по-ихнему", editors=OFFICE),
    Editing("a colleague's roles", "accounts.RolesForm", lambda cast: (f"/people/{cast.persons['seo']}/roles", "roles"),
            "finance:", "account_manager:account", editors=OFFICE),
)


def filled(html: str, page: str, field: str) -> tuple[str, dict[str, Any]]:
    """Where the form around a field posts to, and everything it holds at present."""
    tree = markup.parse(html)
    for form in tree.iter("form"):
        if any(element.get("name") == field for element in form.iter()):
            return urljoin(page, form.get("action") or page), dict(_values(form))
    raise AssertionError(f"no form on {page} has the field {field}")


def _values(form: Any) -> Any:
    for element in form.iter():
        name, tag = element.get("name"), element.tag
        if not name or element.get("type") in ("submit", "file", "button") or tag == "button":
            continue
        if element.get("type") in ("checkbox", "radio") and element.get("checked") is None:
            continue
        if tag == "select":
            options = list(element.iter("option"))
            chosen = [option for option in options if option.get("selected") is not None] or options[:1]
            yield name, [option.get("value") for option in chosen]
        elif tag == "textarea":
            yield name, (element.text or "").removeprefix("\n")
        elif tag == "input":
            yield name, element.get("value") or ("y" if element.get("type") == "checkbox" else "")

"""How each kind of record is found: one question of the same shape for each, limited to what the actor may see."""

from typing import Any

from sqlalchemy import (
    ColumnElement,
    Integer,
    Select,
    String,
    and_,
    case,
    cast,
    false,
    func,
    literal,
    or_,
    select,
    type_coerce,
)

from agency.attached.documents.models import Document
from agency.attached.files.models import File
from agency.flow.briefs.models import Brief, BriefPart
from agency.flow.projects.models import Project, Requirement
from agency.flow.reports.models import Report
from agency.flow.requests.models import Request
from agency.flow.smetas.models import Smeta
from agency.flow.tasks.models import Task
from agency.kit.db.finding import has_word, rows_with
from agency.overview.search import reach
from agency.overview.search.wanted import Wanted, serial
from agency.people.accounts.models import Person
from agency.people.clients.models import Client, Contact


def _row(
    model: Any, kind: str, wanted: Wanted, *, title: Any, words: Any, number: Any = "", state: Any = "", n: Any = 0,
    project: bool = True,
) -> Select[Any]:
    """The columns every kind answers with; `words` is what a whole name is compared with to rank it."""
    project_id, name = (Project.id, Project.name) if project else (literal(0), literal(""))
    # A word of the name begins as was typed; the space before it is kept apart from the folded words.
    starts = (literal(" ") + type_coerce(words, String)).contains(f" {wanted.text}", autoescape=True)
    return select(
        literal(kind).label("kind"), model.id.label("id"), cast(title, String).label("title"),
        cast(number, String).label("number"), cast(state, String).label("state"),
        cast(n, Integer).label("n"), func.coalesce(Client.id, 0).label("client_id"), project_id.label("project_id"),
        name.label("project"), func.coalesce(Client.name, "").label("client"),
        case((starts, 0), else_=1).label("rank"),
    ).order_by(case((starts, 0), else_=1), model.id.desc())  # fmt: skip


def _of_projects(rows: Select[Any], model: Any) -> Select[Any]:
    rows = rows.select_from(model).join(Project, Project.id == model.project_id)
    return rows.join(Client, Client.id == model.client_id)


def _has(wanted: Wanted, model: Any, word: str) -> ColumnElement[bool]:
    """A word of the record begins so."""
    return _one_of(wanted, model.id, model.KIND, word)


def _in_project(model: Any, word: str) -> ColumnElement[bool]:
    # Projects are few beside what is in them: a list of theirs is read once, and each row asked in it.
    return model.project_id.in_(rows_with(Project.KIND, word))


def _one_of(wanted: Wanted, id: Any, kind: str, word: str) -> ColumnElement[bool]:
    return has_word(kind, word, id) if (kind, word) in wanted.common else id.in_(rows_with(kind, word))


def _all(wanted: Wanted, model: Any) -> ColumnElement[bool]:
    """Every word is the record's own."""
    return and_(*(_has(wanted, model, word) for word in wanted.words))


def _own(wanted: Wanted, model: Any) -> ColumnElement[bool]:
    """Every word is the record's own or its project's, and at least one is its own."""
    if len(wanted.words) == 1:
        return _has(wanted, model, wanted.words[0])
    return and_(
        or_(*(_has(wanted, model, word) for word in wanted.words)),
        *(or_(_has(wanted, model, word), _in_project(model, word)) for word in wanted.words),
    )


def _here(wanted: Wanted, model: Any) -> ColumnElement[bool]:
    """Every word is the record's own or its project's."""
    return and_(*(or_(_has(wanted, model, word), _in_project(model, word)) for word in wanted.words))


def _clients(actor: Any, wanted: Wanted) -> Select[Any]:
    rows = _row(
        Client, "client", wanted, title=Client.name, number=Client.code, words=Client.search_text, project=False,
    )
    return rows.where(reach.of(actor, Client), _all(wanted, Client))


def _contacts(actor: Any, wanted: Wanted) -> Select[Any]:
    rows = _row(
        Contact, "contact", wanted, title=Person.name, number=Contact.position, words=Person.search_text, project=False,
    ).select_from(Contact).join(Person, Person.id == Contact.person_id).join(Client, Client.id == Contact.client_id)
    own = [_one_of(wanted, Contact.person_id, Person.KIND, word) for word in wanted.words]
    company = [_one_of(wanted, Contact.client_id, Client.KIND, word) for word in wanted.words]
    named = and_(or_(*own), *(or_(mine, ours) for mine, ours in zip(own, company, strict=True)))
    phone: Any = Person.phone
    for sign in " -()+":
        phone = func.replace(phone, sign, "")
    called = phone.contains(wanted.digits) if wanted.digits else false()
    return rows.where(reach.of(actor, Contact), Contact.is_active, or_(named, called))


def _projects(actor: Any, wanted: Wanted) -> Select[Any]:
    rows = _row(
        Project, "project", wanted, title=Project.name, number=Project.number, state=Project.state,
        words=Project.search_text,
    ).join(Client, Client.id == Project.client_id)
    return rows.where(reach.of(actor, Project), _all(wanted, Project))


def _requests(actor: Any, wanted: Wanted) -> Select[Any]:
    rows = _row(
        Request, "request", wanted, title=Request.subject, number=Request.serial, state=Request.state,
        words=Request.search_text, project=False,
    ).select_from(Request).outerjoin(Client, Client.id == Request.client_id)
    return rows.where(reach.of(actor, Request), *(_has(wanted, Request, serial(word)) for word in wanted.words))


def _briefs(actor: Any, wanted: Wanted) -> Select[Any]:
    rows = _row(
        Brief, "brief", wanted, title=Project.name, number=Brief.number, state=Brief.state, words=Project.search_text,
    )
    fits = [
        or_(_has(wanted, Brief, word), _in_project(Brief, word),
            Brief.id.in_(select(BriefPart.brief_id).where(_has(wanted, BriefPart, word))))
        for word in wanted.words
    ]  # fmt: skip
    return _of_projects(rows, Brief).where(reach.of(actor, Brief), *fits)


def _smetas(actor: Any, wanted: Wanted) -> Select[Any]:
    rows = _row(
        Smeta, "smeta", wanted, title=Project.name, number=Smeta.number, state=Smeta.state, words=Project.search_text,
    )
    return _of_projects(rows, Smeta).where(reach.of(actor, Smeta), _here(wanted, Smeta))


def _tasks(actor: Any, wanted: Wanted) -> Select[Any]:
    rows = _row(Task, "task", wanted, title=Task.title, state=Task.state, words=Task.search_text)
    return _of_projects(rows, Task).where(reach.of(actor, Task), _own(wanted, Task))


def _reports(actor: Any, wanted: Wanted) -> Select[Any]:
    rows = _row(
        Report, "report", wanted, title=Project.name, state=Report.state, n=func.coalesce(Report.n, 0),
        words=Project.search_text,
    )
    fits = [_in_project(Report, word) for word in wanted.words]
    return _of_projects(rows, Report).where(reach.of(actor, Report), Report.state != "discarded", *fits)


def _requirements(actor: Any, wanted: Wanted) -> Select[Any]:
    rows = _row(Requirement, "requirement", wanted, title=Requirement.words, n=Requirement.n, words=Requirement.words)
    fits = _own(wanted, Requirement)
    if wanted.mark is not None:
        beside = (
            or_(_has(wanted, Requirement, word), _in_project(Requirement, word)) for word in wanted.beside_mark
        )
        fits = or_(fits, and_(Requirement.n == wanted.mark, *beside))
    rows = _of_projects(rows, Requirement)
    return rows.where(reach.of(actor, Requirement), Requirement.dropped_at.is_(None), fits)


def _papers(actor: Any, wanted: Wanted) -> Select[Any]:
    rows = _row(Document, "document", wanted, title=Document.title, state=Document.audience, words=Document.title)
    return _of_projects(rows, Document).where(
        reach.of_papers(actor), Document.state == "ready", _all(wanted, Document),
    )


def _files(actor: Any, wanted: Wanted) -> Select[Any]:
    rows = _row(
        File, "file", wanted, title=File.name, n=File.version, words=File.name, project=False,
    ).select_from(File).outerjoin(Client, Client.id == File.client_id)
    return rows.where(reach.of_files(actor), _all(wanted, File))


SOURCES = {
    "client": _clients, "contact": _contacts, "project": _projects, "request": _requests, "brief": _briefs,
    "smeta": _smetas, "task": _tasks, "report": _reports, "requirement": _requirements, "document": _papers,
    "file": _files,
}  # fmt: skip

"""How each kind of record is found: rows of the same shape, limited to what one may see, whatever the words are."""

from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import (
    Boolean,
    Integer,
    Select,
    String,
    and_,
    bindparam,
    cast,
    func,
    literal_column,
    or_,
    select,
)

from agency.attached.documents.models import Document
from agency.attached.files.models import File
from agency.flow.briefs.models import Brief, BriefPart
from agency.flow.projects.models import Project, Requirement
from agency.flow.reports.models import Report
from agency.flow.requests.models import Request
from agency.flow.smetas.models import Smeta
from agency.flow.tasks.models import Task
from agency.overview.search import reach
from agency.overview.search.phrase import has, is_mark, listed
from agency.overview.search.source import NONE, ZERO, Clause, Source
from agency.people.accounts.anybody import Anybody
from agency.people.accounts.models import Person
from agency.people.clients.models import Client, Contact


def _row(
    model: Any, kind: str, *, title: Any, number: Any = NONE, state: Any = NONE, n: Any = ZERO, project: bool = True,
) -> Select[Any]:
    """The columns every kind answers with."""
    project_id, name = (Project.id, Project.name) if project else (ZERO, NONE)
    return select(
        literal_column(f"'{kind}'", String).label("kind"), model.id.label("id"), cast(title, String).label("title"),
        cast(number, String).label("number"), cast(state, String).label("state"),
        cast(n, Integer).label("n"), func.coalesce(Client.id, ZERO).label("client_id"),
        project_id.label("project_id"), name.label("project"), func.coalesce(Client.name, NONE).label("client"),
    ).select_from(model)  # fmt: skip


def _of_project(model: Any, kind: str, **columns: Any) -> Select[Any]:
    rows = _row(model, kind, **columns).join(Project, Project.id == model.project_id)
    return rows.join(Client, Client.id == model.client_id)


def _words_of_project(model: Any) -> Any:
    return select(Project.search_text).where(Project.id == model.project_id).correlate(model).scalar_subquery()


def _own(model: Any, size: int) -> Clause:
    """Every word is the record's own."""
    return and_(*(has(model.KIND, n, model.id) for n in range(size)))


def _has_or_project(model: Any, n: int) -> Clause:
    return or_(has(model.KIND, n, model.id), has(Project.KIND, n, model.project_id))


def _here(model: Any, size: int) -> Clause:
    """Every word is the record's own or its project's."""
    return and_(*(_has_or_project(model, n) for n in range(size)))


def _of_its_own(model: Any, size: int) -> Clause:
    """The same, and at least one is its own."""
    if size == 1:
        return has(model.KIND, 0, model.id)
    return and_(or_(*(has(model.KIND, n, model.id) for n in range(size))), _here(model, size))


def _list(model: Any) -> Clause:
    return model.id.in_(listed(model.KIND, model.KIND))


def _list_here(model: Any, size: int = 0) -> Clause:
    """The lists of its own word and of its project's; of one's own alone where one word is all there is."""
    if size == 1:
        return _list(model)
    return or_(_list(model), model.project_id.in_(listed(model.KIND, Project.KIND)))


def _clients(who: Anybody, size: int) -> Source:
    rows = _row(Client, "client", title=Client.name, number=Client.code, project=False)
    return Source(Client, rows, Client.search_text, reach.of(who, Client), _own(Client, size), _list(Client))


def _contacts(who: Anybody, size: int) -> Source:
    rows = _row(Contact, "contact", title=Person.name, number=Contact.position, project=False)
    rows = rows.join(Person, Person.id == Contact.person_id).join(Client, Client.id == Contact.client_id)
    own = [has(Person.KIND, n, Contact.person_id) for n in range(size)]
    company = [has(Client.KIND, n, Contact.client_id) for n in range(size)]
    named = and_(or_(*own), *(or_(mine, ours) for mine, ours in zip(own, company, strict=True)))
    phone: Any = select(Person.phone).where(Person.id == Contact.person_id).correlate(Contact).scalar_subquery()
    for sign in " -()+":
        phone = func.replace(phone, sign, "")
    words = select(Person.search_text).where(Person.id == Contact.person_id).correlate(Contact).scalar_subquery()
    called = and_(bindparam("is_called", type_=Boolean), phone.like(bindparam("called")))
    by = or_(
        Contact.person_id.in_(listed("contact", Person.KIND)), Contact.client_id.in_(listed("contact", Client.KIND)),
    )
    return Source(Contact, rows, words, reach.of(who, Contact), and_(Contact.is_active, or_(named, called)), by)


def _projects(who: Anybody, size: int) -> Source:
    rows = _row(Project, "project", title=Project.name, number=Project.number, state=Project.state)
    rows = rows.join(Client, Client.id == Project.client_id)
    return Source(Project, rows, Project.search_text, reach.of(who, Project), _own(Project, size), _list(Project))


def _requests(who: Anybody, size: int) -> Source:
    said = {"title": Request.subject, "number": Request.serial, "state": Request.state}
    rows = _row(Request, "request", project=False, **said).outerjoin(Client, Client.id == Request.client_id)
    return Source(Request, rows, Request.search_text, reach.of(who, Request), _own(Request, size), _list(Request))


def _briefs(who: Anybody, size: int) -> Source:
    rows = _of_project(Brief, "brief", title=Project.name, number=Brief.number, state=Brief.state)

    def said(n: int) -> Clause:
        return select(BriefPart.id).where(
            BriefPart.brief_id == Brief.id, has(BriefPart.KIND, n, BriefPart.id),
        ).correlate(Brief).exists()  # fmt: skip

    fits = and_(*(or_(_has_or_project(Brief, n), said(n)) for n in range(size)))
    parts = select(BriefPart.brief_id).where(BriefPart.id.in_(listed("brief", BriefPart.KIND)))
    by = or_(_list_here(Brief), Brief.id.in_(parts))
    return Source(Brief, rows, _words_of_project(Brief), reach.of(who, Brief), fits, by)


def _smetas(who: Anybody, size: int) -> Source:
    rows = _of_project(Smeta, "smeta", title=Project.name, number=Smeta.number, state=Smeta.state)
    seen, fits = reach.of(who, Smeta), _here(Smeta, size)
    return Source(Smeta, rows, _words_of_project(Smeta), seen, fits, _list_here(Smeta))


def _tasks(who: Anybody, size: int) -> Source:
    rows = _of_project(Task, "task", title=Task.title, state=Task.state)
    seen, fits = reach.of(who, Task), _of_its_own(Task, size)
    return Source(Task, rows, Task.search_text, seen, fits, _list_here(Task, size))


def _reports(who: Anybody, size: int) -> Source:
    rows = _of_project(Report, "report", title=Project.name, state=Report.state, n=func.coalesce(Report.n, 0))
    fits = and_(Report.state != "discarded", *(has(Project.KIND, n, Report.project_id) for n in range(size)))
    by = Report.project_id.in_(listed("report", Project.KIND))
    return Source(Report, rows, _words_of_project(Report), reach.of(who, Report), fits, by)


def _requirements(who: Anybody, size: int) -> Source:
    rows = _of_project(Requirement, "requirement", title=Requirement.words, n=Requirement.n)
    beside = (or_(is_mark(n), _has_or_project(Requirement, n)) for n in range(size))
    named = or_(_of_its_own(Requirement, size), and_(Requirement.n == bindparam("mark", type_=Integer), *beside))
    fits = and_(Requirement.dropped_at.is_(None), named)
    return Source(Requirement, rows, Requirement.words, reach.of(who, Requirement), fits, _list_here(Requirement, size))


def _papers(who: Anybody, size: int) -> Source:
    rows = _of_project(Document, "document", title=Document.title, state=Document.audience)
    of_project = and_(Document.project_id.is_not(None), Document.client_id.is_not(None))
    seen = and_(reach.of_papers(who), of_project, Document.state == "ready")
    return Source(Document, rows, Document.title, seen, _own(Document, size), _list(Document))


def _files(who: Anybody, size: int) -> Source:
    rows = _row(File, "file", title=File.name, n=File.version, project=False)
    rows = rows.outerjoin(Client, Client.id == File.client_id)
    return Source(File, rows, File.name, reach.of_files(who), _own(File, size), _list(File))


SOURCES: Mapping[str, Callable[[Anybody, int], Source]] = {
    "client": _clients, "contact": _contacts, "project": _projects, "request": _requests, "brief": _briefs,
    "smeta": _smetas, "task": _tasks, "report": _reports, "requirement": _requirements, "document": _papers,
    "file": _files,
}  # fmt: skip

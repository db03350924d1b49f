"""Two clients with one record of every kind, so that a test may look for what must not be found."""

from datetime import date

from agency.attached.documents.models import Document
from agency.attached.files.models import File
from agency.flow.briefs.models import Brief
from agency.flow.reports.models import Report
from agency.flow.smetas.models import Smeta
from agency.kit import clock
from agency.kit.db import db
from agency.people.accounts.models import Person
from tests.cast import Cast
from tests.flow import factory
from tests.flow.tasks import factory as tasks


def furnish(cast: Cast) -> dict[str, int]:
    """Everything of both clients in the open unit; answers the ids of the projects."""
    made = {}
    for client, manager, name in (("hedgehog", "vera", "Утро по подписке"), ("rival", "oleg", "Утро барсука")):
        project = factory.a_project(cast, client=client, manager=manager, name=name)
        project.request.search_text = f"{project.request.serial} {name} пекарня"
        common = {"project_id": project.id, "client_id": project.client_id, "language": "ru"}
        author = cast.persons[manager]
        kinds = (("client", None), ("creative", "creative"), ("media", "media"))
        briefs = [
            Brief(type=kind, type_version=1, department=department, n=1, number=f"{project.number}/Б{n}",
                  author_id=author, **common)
            for n, (kind, department) in enumerate(kinds, 1)
        ]  # fmt: skip
        smeta = Smeta(n=1, number=f"{project.number}/С1", currency="RUB", author_id=author, **common)
        report = Report(from_on=date(2026, 11, 23), until_on=date(2026, 11, 27), author_id=author,
                        gathered_at=clock.now(), **common)  # fmt: skip
        db.session.add_all([*briefs, smeta, report])
        db.session.flush()
        work = [tasks.task(cast, of=project, title=f"Тексты: {name}"),
                tasks.task(cast, of=project, title=f"Метки: {name}", department="media", assignee="seo", state="taken")]
        for subject in (*briefs, smeta, report):
            for audience in ("inner", "client"):
                _paper(subject, audience, name)
        for subject in (project, work[0], project.request):
            _file(subject, project, name)
        made[client] = project.id
    irina = db.session.get(Person, cast.persons["irina"])
    assert irina is not None
    irina.phone = "+7 903 555-01-23"
    db.session.flush()
    return made


def _paper(subject: object, audience: str, name: str) -> None:
    kind = subject.KIND  # type: ignore[attr-defined]
    db.session.add(Document(
        kind=kind, title=f"Бумага {kind} {name}", subject_kind=kind, subject_id=subject.id,  # type: ignore[attr-defined]
        client_id=subject.client_id, project_id=subject.project_id, audience=audience,  # type: ignore[attr-defined]
        language="ru", context={}, input_hash=f"{kind}-{subject.id}-{audience}", state="ready", storage_key="x",  # type: ignore[attr-defined]
        asked_at=clock.now(),
    ))


def _file(subject: object, project: object, name: str) -> None:
    kind = subject.KIND  # type: ignore[attr-defined]
    db.session.add(File(
        subject_kind=kind, subject_id=subject.id, client_id=project.client_id, project_id=project.id,  # type: ignore[attr-defined]
        name=f"Файл {name}.pdf", name_key=f"{kind}-{name}", version=1, size=1, sha256="0" * 64, mime="application/pdf",
        audience="client",
    ))

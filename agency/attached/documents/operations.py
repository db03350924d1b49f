"""What is done to documents: want one, begin, finish or fail it, and build it again."""

from typing import Any

from sqlalchemy import update
from sqlalchemy.exc import IntegrityError

from agency.attached.documents import paper, queries, registry
from agency.attached.documents.frozen import fingerprint, freeze
from agency.attached.documents.models import Document
from agency.kit import clock, journal, pdf, queue, words
from agency.kit.db import aside, db
from agency.kit.states import WrongState
from agency.kit.words import lazy

JOB = "documents.render"


def want(record: Any, kind: str, language: str, audience: str, by: Any, version: int | None = None) -> Document:
    """Ask for the PDF of a record as it is now; what was wanted before and equals it is reused.

    The context is computed here and kept, so later changes of the record do not reach this document.
    """
    sheet = registry.sheet(kind)
    if record.id is None:
        db.session.flush()
    with words.using(language):
        context = freeze(sheet.context(record, audience))
    input_hash = fingerprint(
        template=paper.version(kind), context=context, language=language, audience=audience,
        kind=kind, subject=[record.KIND, record.id, version],
    )  # fmt: skip
    found = queries.by_hash(input_hash)
    if found is not None:
        return again(found, by) if found.state == "failed" else found
    wanted = Document(
        kind=kind, title=context["title"], subject_kind=record.KIND, subject_id=record.id, subject_version=version,
        client_id=_home(record, "client"), project_id=_home(record, "project"),
        audience=audience, language=language, context=context, input_hash=input_hash, state="wanted",
        asked_by_id=by.id, asked_at=clock.now(), attempts=1,
    )  # fmt: skip
    return _keep(wanted)


def _keep(wanted: Document) -> Document:
    """Write the wish and ask for its job, or give back the one that somebody wrote at the same moment."""
    try:
        with db.session.begin_nested():
            db.session.add(wanted)
    except IntegrityError:
        found = queries.by_hash(wanted.input_hash)
        if found is None:
            raise
        return found
    queue.ask(JOB, wanted.id, key=wanted.job_key)
    return wanted


def again(document: Document, by: Any) -> Document:
    """Build a failed document again from what it was made of; raises WrongState for another one."""
    if document.state != "failed":
        raise WrongState(lazy("This document is not broken, so there is nothing to draw again."))
    document.state, document.reason, document.reason_detail = "wanted", None, None
    document.asked_by_id, document.asked_at, document.attempts = by.id, clock.now(), document.attempts + 1
    queue.ask(JOB, document.id, key=document.job_key)
    return document


def begin(document_id: int) -> None:
    """Show that drawing goes on, in a short unit of its own; never inside a unit."""
    with aside() as session:
        session.execute(
            update(Document).where(Document.id == document_id, Document.state == "wanted").values(state="working")
        )


def finish(document: Document, drawn: pdf.Rendered, storage_key: str, by: Any) -> None:
    """Record the drawn PDF; harmless when another worker was first, since equal input gives equal bytes."""
    if document.is_ready:
        return
    document.state, document.storage_key, document.reason, document.reason_detail = "ready", storage_key, None, None
    document.pages, document.size, document.ready_at = drawn.pages, len(drawn.pdf), clock.now()
    journal.fact("document.ready", about=document, by=by, title=document.title, kind=document.kind)


def fail(document: Document, reason: str, detail: str, by: Any) -> None:
    """Record why the PDF could not be drawn; a document that is ready stays so."""
    if document.state in ("ready", "failed"):
        return
    document.state, document.reason, document.reason_detail = "failed", reason, detail
    journal.fact("document.failed", about=document, by=by, title=document.title, kind=document.kind, reason=reason)


def _home(record: Any, kind: str) -> int | None:
    return record.id if kind == record.KIND else getattr(record, f"{kind}_id", None)

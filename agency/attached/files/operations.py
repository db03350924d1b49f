"""What is done to uploaded files: attach one to a record, or all that a form brought."""

from collections.abc import Iterable
from typing import Any, Protocol

from agency.attached.files import kinds, naming, queries
from agency.attached.files.models import File
from agency.kit import journal
from agency.kit.db import after_commit, db
from agency.kit.states import Refused
from agency.kit.storage import TooBig, Waiting
from agency.kit.words import lazy

LARGEST = 50 << 20
MOST = 20


class Upload(Protocol):
    """A file that a form brought, already on the disk."""

    name: str
    staged: Waiting


def attach(upload: Upload, about: Any, by: Any, audience: str = "inner", largest: int = LARGEST) -> File:
    """Attach an upload to a record; the same name again becomes its next version.

    Raises Refused for a kind that is not taken, TooBig for too large a one. The bytes move into
    the store once the unit is committed.
    """
    staged = upload.staged
    if staged.size > largest:
        raise TooBig(largest)
    with staged.open() as file:
        kind = kinds.recognise(file)
    if about.id is None:
        db.session.flush()
    name = naming.fitting(upload.name, kind.endings)
    key = name.casefold()
    version = queries.last_version(about, key) + 1
    attached = File(
        subject_kind=about.KIND, subject_id=about.id, client_id=_home(about, "client"),
        project_id=_home(about, "project"), name=name, name_key=key, version=version, size=staged.size,
        sha256=staged.sha256, mime=kind.mime, audience=audience, uploaded_by_id=by.id,
    )  # fmt: skip
    db.session.add(attached)
    db.session.flush()
    after_commit(lambda: _settle(staged))
    verb = "file.attached" if version == 1 else "file.replaced"
    journal.fact(verb, about=attached, by=by, audience=audience, name=name, version=version)
    return attached


def attach_all(uploads: Iterable[Upload], about: Any, by: Any, audience: str = "inner") -> list[File]:
    """Attach everything a form brought; raises Refused naming the file that is not taken."""
    brought = list(uploads)
    if len(brought) > MOST:
        raise Refused(lazy("At most %(limit)s files can be sent at once.", limit=MOST), "files")
    attached = []
    for upload in brought:
        try:
            attached.append(attach(upload, about, by, audience))
        except Refused as refused:
            raise Refused(f"{naming.clean(upload.name)}: {refused.sentence}", "files") from None
    return attached


def _settle(staged: Waiting) -> None:
    staged.settle()


def _home(record: Any, kind: str) -> int | None:
    return record.id if kind == record.KIND else getattr(record, f"{kind}_id", None)

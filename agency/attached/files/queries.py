"""The questions asked about uploaded files."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import Select, bindparam, func, select
from sqlalchemy.orm import joinedload

from agency.attached.files.models import File
from agency.kit.db import db, prepared


def get(file_id: int) -> File | None:
    """One version of a file."""
    return db.session.get(File, file_id)


def of(record: Any, audience: str | None = None) -> list[File]:
    """The newest version of each file of a record, in the order they were first added."""
    asked = {"kind": record.KIND, "id": record.id, "audience": audience}
    return list(db.session.scalars(_of(audience is not None), asked))


@prepared
def _of(for_one: bool) -> Select[File]:
    newest = (
        select(func.max(File.id))
        .where(File.subject_kind == bindparam("kind"), File.subject_id == bindparam("id"))
        .group_by(File.name_key)
    )
    if for_one:
        newest = newest.where(File.audience == bindparam("audience"))
    return select(File).where(File.id.in_(newest)).options(joinedload(File.uploaded_by)).order_by(File.id)


def versions(file: File) -> list[File]:
    """Every version of a file, the newest first."""
    return list(
        db.session.scalars(
            select(File)
            .where(
                File.subject_kind == file.subject_kind,
                File.subject_id == file.subject_id,
                File.name_key == file.name_key,
            )
            .order_by(File.version.desc())
        )
    )


def last_version(record: Any, name_key: str) -> int:
    """The number of the newest version of this name, 0 when there is none."""
    numbered = select(func.max(File.version)).where(
        File.subject_kind == record.KIND, File.subject_id == record.id, File.name_key == name_key
    )
    return db.session.scalar(numbered) or 0


def is_known(sha256: str) -> bool:
    """Whether some file has these contents."""
    return db.session.scalar(select(File.id).where(File.sha256 == sha256).limit(1)) is not None


def client_get(client_ids: Collection[int], file_id: int) -> File | None:
    """One file as a client may fetch it, or None."""
    found = get(file_id)
    fits = found is not None and found.audience == "client" and found.client_id in client_ids
    return found if fits else None

"""Writing a remark; nothing written is changed or taken away."""

from textwrap import shorten
from typing import Any

from agency.attached.comments.models import Comment
from agency.kit import journal, policy
from agency.kit.db import db
from agency.kit.states import Refused
from agency.kit.words import lazy

LONGEST = 4000
# So much of a client's words stands in the journal and in the bell.
BEGINNING = 160


def write(about: Any, words: str, by: Any, audience: str = "inner") -> Comment:
    """Write a remark on a record; what a client writes, the client may read.

    Raises Refused when there are no words or too many.
    """
    policy.demand(by, "comment.write", about)
    said = words.strip()
    if not said:
        raise Refused(lazy("Write something first."), "words")
    if len(said) > LONGEST:
        raise Refused(lazy("This is too long for a remark: put it into a file."), "words")
    remark = Comment(
        subject_kind=about.KIND, subject_id=about.id, client_id=_home(about, "client"),
        project_id=_home(about, "project"), audience="client" if by.kind == "contact" else audience,
        words=said, person_id=by.id,
    )
    db.session.add(remark)
    db.session.flush()
    if by.kind == "contact":
        beginning = shorten(said, BEGINNING, placeholder="…")
        journal.fact("comment.asked", about=remark, by=by, audience="client", words=beginning)
    else:
        journal.fact("comment.written", about=remark, by=by, audience=remark.audience)
    return remark


def _home(record: Any, kind: str) -> int | None:
    found: int | None = record.id if kind == record.KIND else getattr(record, f"{kind}_id", None)
    return found

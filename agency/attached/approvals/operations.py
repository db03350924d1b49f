"""Keeping evidence of a decision."""

from typing import Any

from sqlalchemy import select

from agency.attached.approvals.models import Approval
from agency.kit import clock
from agency.kit.db import db
from agency.kit.states import Refused, WrongState
from agency.kit.words import lazy


def keep(about: Any, decision: str, *, by: Any, seen: str, typed_name: str, words: str = "") -> Approval:
    """Keep who decided what on which content.

    Raises Refused without a typed name, and WrongState when the content seen is not the content now.
    """
    if len(typed_name.strip()) < 2:
        raise Refused(lazy("Please type your name: it stands under the decision."), "typed_name")
    if seen != about.content_hash:
        raise WrongState(lazy("The document has changed since you opened it. Here is the newest version."))
    row = Approval(
        subject_kind=about.KIND, subject_id=about.id, client_id=about.client_id,
        project_id=getattr(about, "project_id", None), decision=decision, content_hash=seen,
        typed_name=typed_name.strip()[:200], words=words.strip(), person_id=by.id, behalf_id=by.behalf_id,
        link_id=by.link.id if by.link else None, browser=by.browser[:300], at=clock.now(),
    )
    db.session.add(row)
    db.session.flush()
    return row


def evidence_of(about: Any) -> list[Approval]:
    """Every decision kept about a record, oldest first."""
    return list(db.session.scalars(
        select(Approval).where(Approval.subject_kind == about.KIND, Approval.subject_id == about.id)
        .order_by(Approval.id),
    ))

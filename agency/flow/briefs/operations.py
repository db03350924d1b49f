"""What is done to briefs: opened, sent, approved, returned, withdrawn, issued, accepted, opened anew."""

from typing import Any

from agency.attached.approvals import operations as approvals
from agency.attached.approvals.models import APPROVED, RETURNED
from agency.attached.documents import operations as documents
from agency.flow.briefs import catalogue, filling, queries, sealing
from agency.flow.briefs.models import Brief, BriefRequirement
from agency.flow.briefs.states import CLIENT_MOVES, DEPARTMENT_MOVES
from agency.flow.projects.models import Project
from agency.kit import clock, journal, policy
from agency.kit.db import db
from agency.kit.states import Refused, WrongState
from agency.kit.words import _, lazy, listed, mark, pgettext, using


def open_for(project: Project, *, by: Any) -> Brief:
    """Start version 1 of the client brief, filled from the request; raises WrongState when there is one."""
    policy.demand(by, "brief.edit", project)
    if queries.newest(project.id) is not None:
        raise WrongState(lazy("This project has a brief already."))
    kind = catalogue.find("client")
    brief = _new(project, kind, 1, by)
    filling.lay(brief, kind, filling.from_request(project))
    return _opened(brief, by)


def revise(brief: Brief, *, by: Any) -> Brief:
    """Open the next version of a decided brief, with the same words; raises WrongState while one is open."""
    policy.demand(by, "brief.edit", brief)
    return _next_version(brief, by)


def send(brief: Brief, *, by: Any) -> None:
    """Send the client brief: it is frozen, sealed and, by a job, mailed; raises Refused while answers are missing."""
    _seal(brief, "send", by)
    CLIENT_MOVES.take(brief, "send", by=by, number=brief.number)
    draw(brief, by=by)


def approve(brief: Brief, seen: str, typed_name: str, *, by: Any) -> None:
    """The client's yes to exactly the content whose hash was seen; the version approved before is replaced.

    The same person's same yes again changes nothing. Raises WrongState when the brief has moved on or the hash
    is not the one that was sent.
    """
    if brief.state == "approved" and brief.decided_by_id == by.id and seen == brief.content_hash:
        return
    _must(brief, "approve", by)
    approvals.keep(brief, APPROVED, by=by, seen=seen, typed_name=typed_name)
    brief.decided_at, brief.decided_by_id = clock.now(), by.id
    for older in queries.versions(brief):
        if older.state == "approved":
            CLIENT_MOVES.take(older, "supersede", by=by, number=older.number)
    CLIENT_MOVES.take(brief, "approve", by=by, number=brief.number)
    draw(brief, by=by)


def give_back(brief: Brief, words: str, *, by: Any, seen: str = "", typed_name: str = "") -> Brief:
    """The client returns the brief with words; a new draft opens and is answered."""
    _must(brief, "return", by)
    if seen and seen != brief.content_hash:
        raise WrongState(lazy("The document has changed since you opened it. Here is the newest version."))
    if words.strip() and typed_name.strip():
        approvals.keep(brief, RETURNED, by=by, seen=seen, typed_name=typed_name, words=words)
    brief.decided_at, brief.decided_by_id, brief.return_words = clock.now(), by.id, words.strip()
    CLIENT_MOVES.take(brief, "return", by=by, words=words.strip(), number=brief.number)
    return _next_version(brief, by)


def withdraw(brief: Brief, *, by: Any) -> None:
    """Take a sent brief back before the client has decided; `revise` then opens the next version."""
    CLIENT_MOVES.take(brief, "withdraw", by=by, number=brief.number)


def issue(brief: Brief, *, by: Any) -> None:
    """Give a department its brief: frozen and sealed; raises Refused while craft answers are missing."""
    _seal(brief, "issue", by)
    DEPARTMENT_MOVES.take(brief, "issue", by=by, number=brief.number)
    draw(brief, by=by)


def accept(brief: Brief, read_back: str, *, by: Any) -> None:
    """The head accepts and says how the task was understood; the version accepted before is replaced."""
    _must(brief, "accept", by)
    brief.decided_at, brief.decided_by_id, brief.read_back = clock.now(), by.id, read_back.strip()
    for older in queries.versions(brief):
        if older.state == "accepted":
            DEPARTMENT_MOVES.take(older, "supersede", by=by, number=older.number)
    DEPARTMENT_MOVES.take(brief, "accept", by=by, read_back=read_back.strip(), number=brief.number)
    draw(brief, by=by)


def hand_back(brief: Brief, reason: str, *, by: Any) -> Brief:
    """The head returns the brief with a reason; a new draft opens and is answered."""
    _must(brief, "return", by)
    brief.decided_at, brief.decided_by_id, brief.return_words = clock.now(), by.id, reason.strip()
    DEPARTMENT_MOVES.take(brief, "return", by=by, reason=reason.strip(), number=brief.number)
    return _next_version(brief, by)


def draw(brief: Brief, *, by: Any) -> Any:
    """Want the brief's PDF as it stands now, for the client once it was sent, else for the agency."""
    audience = "client" if brief.is_of_client and not brief.is_draft else "inner"
    return documents.want(brief, "brief", language=brief.language, audience=audience, by=by, version=brief.n)


def number_of(project: Project, kind: catalogue.BriefType, n: int) -> str:
    """The number of a version: project, letter and ordinal; a department's ends with its letter."""
    with using(project.language):
        tail = f"-{letter(kind.department)}" if kind.department else ""
        return f"{project.number}/{mark(n, kind='brief')}{tail}"


def letter(department: str) -> str:
    """The letter of a department's bullet in the current language."""
    letters = {
        "creative": pgettext("department letter", "C"), "media": pgettext("department letter", "M"),
        "production": pgettext("department letter", "P"),
    }
    return letters[department]


def new_of_department(project: Project, kind: catalogue.BriefType, source: Brief, by: Any) -> Brief:
    """An empty version 1 of a department's brief; the split fills it."""
    brief = _new(project, kind, 1, by)
    brief.source_id = source.id
    return brief


def _new(project: Project, kind: catalogue.BriefType, n: int, by: Any) -> Brief:
    brief = Brief(
        project_id=project.id, client_id=project.client_id, type=kind.code, type_version=kind.version,
        department=kind.department, n=n, number=number_of(project, kind, n), language=project.language,
        author_id=by.id if by.kind == "staff" else project.manager_id,
    )
    db.session.add(brief)
    return brief


def _opened(brief: Brief, by: Any) -> Brief:
    db.session.flush()
    db.session.refresh(brief)
    journal.fact("brief.opened", about=brief, by=by, number=brief.number)
    return brief


def _next_version(brief: Brief, by: Any) -> Brief:
    if queries.open_version(brief.project_id, brief.type) is not None:
        raise WrongState(lazy("A newer version is open already. Go on with that one."))
    newest = queries.newest(brief.project_id, brief.type)
    fresh = _new(brief.project, brief.kind, (newest or brief).n + 1, by)
    fresh.previous_id, fresh.source_id = brief.id, brief.source_id
    filling.copy(fresh, brief)
    fresh.requirements = [BriefRequirement(requirement_id=row.requirement_id) for row in brief.requirements]
    return _opened(fresh, by)


def _must(brief: Brief, verb: str, by: Any) -> None:
    """Refuse before anything is written: the wrong state first, then the missing right."""
    moves = CLIENT_MOVES if brief.is_of_client else DEPARTMENT_MOVES
    move = moves.moves.get((verb, brief.state))
    if move is None:
        raise WrongState(lazy("This has already changed, so the step is no longer possible. Look at it again."))
    policy.demand(by, move.policy, brief)


def _seal(brief: Brief, verb: str, by: Any) -> None:
    _must(brief, verb, by)
    missing = queries.readiness_of(brief).missing
    if missing:
        raise Refused(_("Not answered yet: %(questions)s.", questions=listed([field.label for field in missing])))
    brief.sent_at, brief.sent_by_id, brief.content_hash = clock.now(), by.id, sealing.hash_of(brief)

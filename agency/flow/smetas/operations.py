"""The verbs of a smeta: begin, send, decide, and begin again from what was sent."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from decimal import Decimal
from typing import Any

from agency.attached.approvals import operations as approvals
from agency.attached.approvals.models import APPROVED, REJECTED, RETURNED, Approval
from agency.attached.documents import operations as documents
from agency.flow.projects.models import Project
from agency.flow.smetas import editing, queries
from agency.flow.smetas.face import seal
from agency.flow.smetas.models import PaymentRow, Smeta
from agency.flow.smetas.moves import MOVES
from agency.kit import clock, journal, policy
from agency.kit.db import db
from agency.kit.states import Refused, WrongState
from agency.kit.words import _, lazy, mark
from agency.people.agency import numbering
from agency.people.agency import queries as agencies

LETTERS = {"base": "smeta", "additional": "addition"}
COPIED = (
    "title", "language", "vat_mode", "tax_rate", "rounding", "discount_percent", "commission_mode",
    "commission_percent", "price_kind", "basis", "terms", "note",
)  # fmt: skip


def create(project: Project, *, by: Any, kind: str = "base", **terms: Any) -> Smeta:
    """Begin an empty draft with the project's language, currency and taxes; raises Refused for a second one."""
    policy.demand(by, "smeta.create", project)
    _demand_room(project, kind)
    n = numbering.take(f"smeta/{project.id}/{kind}")
    language = terms.pop("language", project.language)
    entity = project.own_entity
    smeta = Smeta(
        project=project, project_id=project.id, client_id=project.client_id, kind=kind, n=n, language=language,
        number=f"{project.number}/{mark(n, language, kind=LETTERS[kind])}", title=project.name,
        currency=project.currency, rounding=entity.rounding,
        valid_until=clock.today() + timedelta(days=agencies.value("smeta.valid_days")),
        tax_rate=next(iter(agencies.tax_rates(entity.country, clock.today())), None), author_id=by.id,
    )  # fmt: skip
    db.session.add(smeta)
    db.session.flush()
    journal.fact("smeta.created", about=smeta, by=by, number=smeta.number)
    editing.set_terms(smeta, by=by, **terms)
    editing.set_payments(smeta, _usual_payments(), by=by)
    editing.recount(smeta, by=by)
    return smeta


def _usual_payments() -> list[dict[str, Any]]:
    """The parts the agency is usually paid in."""
    return [{"percent": Decimal(part), "trigger": when} for part, when in agencies.value("smeta.payments")]


def _demand_room(project: Project, kind: str) -> None:
    """Raise Refused when another version stands in the way of a new one."""
    standing = queries.in_work(project.id, kind)
    if standing is not None:
        raise Refused(_("Estimate %(number)s is still being made: go on with it.", number=standing.number))
    agreed = queries.approved_base(project.id)
    if kind == "base" and agreed is not None:
        said = _("Estimate %(number)s is approved and never changes. Make an additional one.", number=agreed.number)
        raise WrongState(said)
    if kind == "additional" and agreed is None:
        raise Refused(_("There is no approved estimate to add to yet."))


def create_from_rows(
    project: Project, rows: Iterable[Mapping[str, Any]], *, by: Any, kind: str = "base",
    payments: Sequence[Mapping[str, Any]] | None = None, **terms: Any,
) -> Smeta:
    """A draft with all its lines at once: each row names its department and fields, `marks` are numbers."""
    smeta = create(project, by=by, kind=kind, **terms)
    write(smeta, rows, by=by, payments=payments)
    return smeta


def write(
    smeta: Smeta, rows: Iterable[Mapping[str, Any]], *, by: Any,
    payments: Sequence[Mapping[str, Any]] | None = None, **terms: Any,
) -> None:
    """Add rows to a draft and set its terms and payments; counted and noted once."""
    for row in rows:
        fields = dict(row)
        editing.add_line(smeta, fields.pop("department"), by=by, **fields)
    if terms:
        editing.set_terms(smeta, by=by, **terms)
    if payments is not None:
        editing.set_payments(smeta, payments, by=by)
    editing.recount(smeta, by=by)
    editing.note_edit(smeta, by=by)


def new_version(smeta: Smeta, *, by: Any) -> Smeta:
    """A draft with everything of an older version; lines keep their lineage, so the two can be compared."""
    if smeta.sent_at is None:
        raise WrongState(lazy("This version has not been sent: edit it as it is."))
    policy.demand(by, "smeta.create", smeta)
    copy = create(smeta.project, by=by, kind=smeta.kind, **{name: getattr(smeta, name) for name in COPIED})
    copy.currency, copy.based_on_id = smeta.currency, smeta.id
    for line in sorted(smeta.lines, key=lambda line: line.ordinal):
        editing.add_line(copy, line.department, by=by, lineage=line.lineage, **editing.copied(line))
    editing.set_payments(copy, [schedule_of(row) for row in smeta.payments], by=by)
    editing.recount(copy, by=by)
    return copy


def schedule_of(row: PaymentRow) -> dict[str, Any]:
    """A payment as `set_payments` takes it."""
    names = ("percent", "fixed", "trigger", "words", "due_on")
    return {name: getattr(row, name) for name in names}


def additional(smeta: Smeta, *, by: Any) -> Smeta:
    """An additional estimate to the approved one: its own number, only what is added or taken off."""
    terms = {name: getattr(smeta, name) for name in COPIED if name != "discount_percent"}
    addition = create(smeta.project, by=by, kind="additional", **terms)
    addition.based_on_id = smeta.id
    db.session.flush()
    return addition


def submit(smeta: Smeta, *, by: Any) -> None:
    """Ask an owner to look before the version goes out; the lines stand still from now on."""
    MOVES.take(smeta, "submit", by=by, number=smeta.number)


def clear(smeta: Smeta, *, by: Any) -> None:
    """Let the version go out; where the only owner is its author, the fact says so."""
    alone = True if by.id == smeta.author_id else None
    MOVES.take(smeta, "clear", by=by, number=smeta.number, by_the_author=alone)
    smeta.cleared_by_id = by.id


def bring_back(smeta: Smeta, reason: str, *, by: Any) -> None:
    """Take the version back to work, with the reason."""
    MOVES.take(smeta, "bring_back", by=by, number=smeta.number, reason=reason.strip())


def send(smeta: Smeta, *, by: Any, without_brief: str = "") -> None:
    """Seal the version and hand it to the client; an older one that lies with the client is superseded.

    Needs an approved client brief, or a reason in `without_brief`. Raises Refused saying what is missing.
    """
    if smeta.is_draft:
        editing.recount(smeta, by=by)
    older = queries.sent_before(smeta)
    MOVES.take(
        smeta, "send", by=by, number=smeta.number, gross=smeta.gross, currency=smeta.currency,
        without_brief=without_brief.strip() or None,
    )
    smeta.sent_by_id = by.id
    for row in older:
        MOVES.take(row, "supersede", by=by, number=row.number, replaced_by=smeta.number)
    documents.want(smeta, "smeta", smeta.language, "client", by, version=smeta.n)


def withdraw(smeta: Smeta, *, by: Any) -> None:
    """Take the version back from the client before a decision."""
    MOVES.take(smeta, "withdraw", by=by, number=smeta.number)


def expire(smeta: Smeta, *, by: Any) -> None:
    """End the life of a version whose last day is over."""
    MOVES.take(smeta, "expire", by=by, number=smeta.number)


def approve(smeta: Smeta, *, by: Any, seen: str, typed_name: str) -> Approval:
    """The client's yes to exactly what was seen, under a typed name; saying it twice changes nothing."""
    kept = _said_before(smeta, APPROVED, by, seen)
    if kept is not None:
        return kept
    _demand_seen(smeta, seen, typed_name)
    MOVES.take(smeta, "approve", by=by, number=smeta.number, gross=smeta.gross, currency=smeta.currency)
    for row in smeta.payments:
        row.owed_in = smeta.currency
    return _decided(smeta, APPROVED, by, seen, typed_name, "")


def reject(smeta: Smeta, reason: str, *, by: Any, seen: str, typed_name: str = "") -> Approval:
    """The client's no, with the reason."""
    return _decline(smeta, "reject", "reason", reason, by, seen, typed_name)


def ask_changes(smeta: Smeta, words: str, *, by: Any, seen: str, typed_name: str = "") -> Approval:
    """The client wants it otherwise: what should change, in the client's words."""
    return _decline(smeta, "ask_changes", "words", words, by, seen, typed_name)


def _decline(smeta: Smeta, verb: str, field: str, words: str, by: Any, seen: str, typed_name: str) -> Approval:
    decision = REJECTED if verb == "reject" else RETURNED
    kept = _said_before(smeta, decision, by, seen)
    if kept is not None:
        return kept
    name = typed_name.strip() or by.name
    _demand_seen(smeta, seen, name)
    MOVES.take(smeta, verb, by=by, number=smeta.number, **{field: words.strip()[:2000]})
    smeta.reason = words.strip()[:2000]
    return _decided(smeta, decision, by, seen, name, words)


def _said_before(smeta: Smeta, decision: str, by: Any, seen: str) -> Approval | None:
    """The same person's same decision on the same content: pressed twice, or sent again by a lost line."""
    kept = queries.decision_on(smeta, decision)
    return kept if kept is not None and kept.person_id == by.id and kept.content_hash == seen else None


def _demand_seen(smeta: Smeta, seen: str, typed_name: str) -> None:
    if len(typed_name.strip()) < 2:
        raise Refused(lazy("Please type your name: it stands under the decision."), "typed_name")
    if seen != smeta.content_hash or seal(smeta) != seen:
        raise WrongState(lazy("The document has changed since you opened it. Here is the newest version."))


def _decided(smeta: Smeta, decision: str, by: Any, seen: str, typed_name: str, words: str) -> Approval:
    smeta.decided_at, smeta.decided_by_id = clock.now(), by.id
    return approvals.keep(smeta, decision, by=by, seen=seen, typed_name=typed_name, words=words)

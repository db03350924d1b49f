"""Questions about smetas; whoever asks for a client gets only `client_face`."""

from collections.abc import Collection, Iterator
from decimal import Decimal
from typing import Any

from sqlalchemy import Select, bindparam, func, select
from sqlalchemy.orm import joinedload, selectinload

from agency.attached.approvals.models import Approval
from agency.flow.briefs.models import Brief
from agency.flow.projects.models import Project, Requirement
from agency.flow.smetas import reading
from agency.flow.smetas.face import client_face, seal
from agency.flow.smetas.models import PaymentRow, Smeta, SmetaLine
from agency.flow.smetas.reading import get_whole, payments_of, read_lines, to_read
from agency.kit import clock
from agency.kit.db import Among, ask, db, prepared
from agency.people.agency import queries as agencies

__all__ = ["client_face", "get_whole", "payments_of", "read_lines", "to_read"]

HIDDEN_FROM_CLIENTS = ("draft", "internal_review", "ready", "withdrawn")


def get(id: int) -> Smeta | None:
    """A version by id."""
    return db.session.get(Smeta, id)


def project(project_id: int) -> Project | None:
    """The project of smetas, by id."""
    return db.session.get(Project, project_id)


def line(id: int, line_id: int) -> SmetaLine | None:
    """A line of a version."""
    found = db.session.get(SmetaLine, line_id)
    return found if found is not None and found.smeta_id == id else None


def payment(id: int, payment_id: int) -> PaymentRow | None:
    """A payment of a version."""
    found = db.session.get(PaymentRow, payment_id)
    return found if found is not None and found.smeta_id == id else None


def agreed_before(smeta: Smeta) -> tuple[int, int]:
    """What the client has agreed to in the project's other estimates, gross and net, in minor units.

    A base version stands alone, since it takes the place of the one before it; an addition comes on top.
    """
    if smeta.kind == "base":
        return 0, 0
    sums = select(func.coalesce(func.sum(Smeta.gross), 0), func.coalesce(func.sum(Smeta.net), 0)).where(
        Smeta.project_id == smeta.project_id, Smeta.state == "approved", Smeta.id != smeta.id)
    gross, net = db.session.execute(sums).one()
    return int(gross), int(net)


def of_project(project_id: int) -> list[Smeta]:
    """Every version of a project, base ones first, in their order."""
    rows = select(Smeta).where(Smeta.project_id == project_id)
    return list(db.session.scalars(rows.order_by(Smeta.kind.desc(), Smeta.n)))


def succession(project_id: int) -> list[Any]:
    """Every version of a project as a choice tells it, in the same order: id, n, kind and state."""
    return list(ask(_succession(), project=project_id))


@prepared
def _succession() -> Select[*tuple[Any, ...]]:
    rows = select(Smeta.id, Smeta.n, Smeta.kind, Smeta.state).where(Smeta.project_id == bindparam("project"))
    return rows.order_by(Smeta.kind.desc(), Smeta.n)


def current(project_id: int) -> Smeta | None:
    """The base version that counts now: the approved one, else the newest."""
    return approved_base(project_id) or db.session.scalars(_base(project_id).order_by(Smeta.n.desc())).first()


def approved_base(project_id: int) -> Smeta | None:
    """The approved base version of a project."""
    return db.session.scalars(_base(project_id).where(Smeta.state == "approved")).first()


def _base(project_id: int) -> Select[tuple[Smeta]]:
    return select(Smeta).where(Smeta.project_id == project_id, Smeta.kind == "base")


def approved(project_id: int) -> list[Smeta]:
    """What the client has agreed to: the base version and the additional ones, with everything in them."""
    rows = select(Smeta).where(Smeta.project_id == project_id, Smeta.state == "approved")
    return list(db.session.scalars(rows.order_by(Smeta.kind.desc(), Smeta.n).options(*reading.options())))


def in_work(project_id: int, kind: str) -> Smeta | None:
    """The version of a project that has not been sent yet."""
    rows = select(Smeta).where(
        Smeta.project_id == project_id, Smeta.kind == kind, Smeta.state.in_(("draft", "internal_review", "ready")),
    )
    return db.session.scalars(rows.order_by(Smeta.n.desc())).first()


def sent_before(smeta: Smeta) -> list[Smeta]:
    """Older versions of the same kind that still lie with the client."""
    rows = select(Smeta).where(
        Smeta.project_id == smeta.project_id, Smeta.kind == smeta.kind, Smeta.state == "sent", Smeta.id != smeta.id,
    )
    return list(db.session.scalars(rows.order_by(Smeta.n))) if smeta.kind == "base" else [
        row for row in db.session.scalars(rows) if row.id == smeta.based_on_id
    ]


def visible_to(actor: Any, states: Collection[str] = ()) -> list[Smeta]:
    """Versions an actor of the agency may see, the newest first."""
    rows = select(Smeta).join(Project, Project.id == Smeta.project_id)
    if not actor.sees_all_clients:
        rows = rows.where(Smeta.client_id.in_(actor.client_ids) | Smeta.project_id.in_(actor.project_ids))
    if states:
        rows = rows.where(Smeta.state.in_(states))
    return list(db.session.scalars(rows.order_by(Smeta.id.desc()).limit(200).options(
        selectinload(Smeta.project).joinedload(Project.client),
    )))


def payments_for(actor: Any, project_id: int = 0) -> Iterator[tuple[PaymentRow, Smeta, Project]]:
    """Payments of approved versions an actor may see, those due first; of one project if it is named."""
    rows = (
        select(PaymentRow, Smeta, Project).join(Smeta, Smeta.id == PaymentRow.smeta_id)
        .join(Project, Project.id == Smeta.project_id).where(Smeta.state == "approved")
        .options(joinedload(Project.client))
    )
    if not actor.has("owner", "admin", "finance"):
        rows = rows.where(Smeta.client_id.in_(actor.client_ids) | Smeta.project_id.in_(actor.project_ids))
    if project_id:
        rows = rows.where(Smeta.project_id == project_id)
    rows = rows.order_by(PaymentRow.due_on.is_(None), PaymentRow.due_on, Smeta.id, PaymentRow.ordinal)
    for found in db.session.execute(rows.execution_options(yield_per=500)):
        yield found[0], found[1], found[2]


def shown_to(client_ids: Collection[int], project_id: int | None = None) -> list[Smeta]:
    """Versions that clients may see, the newest first; show each by `client_face`."""
    asked = {"clients": list(client_ids), "project": project_id}
    return list(db.session.scalars(_shown_to(project_id is not None), asked).unique())


@prepared
def _shown_to(of_project: bool) -> Select[Smeta]:
    rows = select(Smeta).where(
        Smeta.client_id.in_(Among("clients")), Smeta.sent_at.is_not(None),
        Smeta.state.not_in(HIDDEN_FROM_CLIENTS),
    )
    if of_project:
        rows = rows.where(Smeta.project_id == bindparam("project"))
    return rows.options(joinedload(Smeta.payments)).order_by(Smeta.sent_at.desc(), Smeta.id.desc())


def awaiting_review() -> list[Smeta]:
    """Versions that wait for an owner's second look, the oldest first."""
    return list(db.session.scalars(select(Smeta).where(Smeta.state == "internal_review").order_by(Smeta.id)))


def outlived() -> list[Smeta]:
    """Sent versions whose last day of validity is over."""
    return list(db.session.scalars(select(Smeta).where(Smeta.state == "sent", Smeta.valid_until < clock.today())))


def requirements(project_id: int) -> list[Requirement]:
    """The client's statements that lines may answer, by number."""
    rows = select(Requirement).where(Requirement.project_id == project_id, Requirement.dropped_at.is_(None))
    return list(db.session.scalars(rows.order_by(Requirement.n)))


def has_approved_brief(project_id: int) -> bool:
    """Whether the client has approved the brief of the project."""
    rows = select(Brief.id).where(
        Brief.project_id == project_id, Brief.department.is_(None), Brief.state == "approved",
    )
    return db.session.scalar(rows.limit(1)) is not None


def decision_on(smeta: Smeta, decision: str) -> Approval | None:
    """The evidence of one decision on a version."""
    return db.session.scalars(select(Approval).where(
        Approval.subject_kind == smeta.KIND, Approval.subject_id == smeta.id, Approval.decision == decision,
    )).first()


def margin_goal() -> Decimal:
    """The margin the agency aims at, in per cent."""
    return Decimal(str(agencies.value("smeta.margin_goal")))


def tax_choices(smeta: Smeta) -> list[Decimal]:
    """The VAT rates of the own entity's country today."""
    return agencies.tax_rates_of(smeta.project.own_entity_id, clock.today())


def broken_seals() -> list[str]:
    """Numbers of sent versions whose contents no longer give the hash they were sent with."""
    rows = select(Smeta).where(Smeta.sent_at.is_not(None)).options(*reading.options())
    return [smeta.number for smeta in db.session.scalars(rows) if seal(smeta) != smeta.content_hash]

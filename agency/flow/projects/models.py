"""Projects, who works on them, and the stages the client is told about."""

from datetime import date, datetime
from typing import ClassVar

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, declared_attr, mapped_column, relationship

from agency.flow.projects import stands
from agency.flow.requests.models import Request
from agency.kit import journal
from agency.kit.db import Folded, Instant, Model, Searched, Stamped, Versioned
from agency.kit.states import Move, Moves
from agency.kit.words import lazy, lazy_in, mark
from agency.people.accounts.models import Person
from agency.people.agency.models import OwnEntity
from agency.people.agency.stage_endings import BY_HAND
from agency.people.agency.stage_endings import NAMES as ENDINGS
from agency.people.clients.models import BillingEntity, Brand, Client

STATES = ("planned", "active", "on_hold", "closing", "closed", "cancelled")
HAS_DEPUTY = text("deputy_id IS NOT NULL")
UNDONE = text("done_on IS NULL")
GOING = ("planned", "active", "on_hold", "closing")
STATE_NAMES = {
    "planned": lazy_in("project", "planned"),
    "active": lazy_in("project", "in work"),
    "on_hold": lazy_in("project", "on hold"),
    "closing": lazy_in("project", "winding up"),
    "closed": lazy_in("project", "closed"),
    "cancelled": lazy_in("project", "cancelled"),
}
CADENCES = {
    "weekly": lazy_in("cadence", "every week"),
    "fortnightly": lazy_in("cadence", "every two weeks"),
    "monthly": lazy_in("cadence", "once a month"),
    "milestones": lazy_in("cadence", "after each stage"),
}
SIDES = {
    "client": lazy_in("hold", "the client"),
    "agency": lazy_in("hold", "us"),
    "money": lazy_in("hold", "money"),
}

journal.declare(
    {
        "project.opened": lazy("%(who)s opened the project"),
        "project.started": lazy("%(who)s started the work"),
        "project.held": lazy("%(who)s put the project on hold: %(reason)s"),
        "project.resumed": lazy("%(who)s went on with the project"),
        "project.wound_up": lazy("%(who)s began to wind the project up"),
        "project.settled": lazy("%(who)s closed the project"),
        "project.cancelled": lazy("%(who)s cancelled the project: %(reason)s"),
        "project.changed": lazy("%(who)s changed the project’s card"),
        "project.dates_moved": lazy("%(who)s moved the project’s dates: %(reason)s"),
        "project.team_changed": lazy("%(who)s changed the team"),
        "project.stage_added": lazy("%(who)s added the stage “%(name)s”"),
        "project.stage_removed": lazy("%(who)s removed the stage “%(name)s”"),
        "project.stage_renamed": lazy("%(who)s renamed the stage “%(was)s” to “%(name)s”"),
        "project.stage_moved": lazy("%(who)s moved the stage “%(name)s”: %(reason)s"),
        "project.stage_started": lazy("%(who)s began the stage “%(name)s”"),
        "project.stage_done": lazy("%(who)s completed the stage “%(name)s”"),
        "project.stage_ended": lazy("The stage “%(name)s” is over"),
        "project.stage_reopened": lazy("%(who)s reopened the stage “%(name)s”: %(reason)s"),
        "project.stage_ending_set": lazy("%(who)s settled when the stage “%(name)s” is over"),
        "requirement.added": lazy("%(who)s added requirement %(n)s"),
        "requirement.reworded": lazy("%(who)s changed the words of requirement %(n)s"),
        "requirement.dropped": lazy("%(who)s dropped requirement %(n)s: %(reason)s"),
    },
    for_client={
        "project.opened": (), "project.started": (), "project.held": ("reason",), "project.resumed": (),
        "project.wound_up": (), "project.settled": (), "project.cancelled": ("reason",),
        "project.dates_moved": ("was", "becomes", "reason"),
        "project.stage_moved": ("name", "was", "becomes", "reason"),
        "project.stage_started": ("name",), "project.stage_done": ("name",), "project.stage_ended": ("name",),
        "project.stage_reopened": ("name", "reason"),
    },
)  # fmt: skip

LEAD = "project.lead"
MOVES = Moves("project", STATES, [
    Move("start", ("planned",), "active", "project.start", "project.started", lazy("Start the work"),
         audience="client"),
    Move("hold", ("active",), "on_hold", LEAD, "project.held", lazy("Put the project on hold"),
         asks=("side", "reason"), audience="client"),
    Move("resume", ("on_hold",), "active", LEAD, "project.resumed", lazy("Go on with the project"), audience="client"),
    Move("wind_up", ("active",), "closing", LEAD, "project.wound_up", lazy("Wind the project up"), audience="client"),
    Move("settle", ("closing",), "closed", LEAD, "project.settled", lazy("Close the project"), audience="client"),
    Move("cancel", ("planned", "active", "on_hold"), "cancelled", LEAD, "project.cancelled",
         lazy("Cancel the project"), asks=("reason",), audience="client"),
])  # fmt: skip


class OfProject:
    """A row of a project; the pair (project, client) is kept honest by the database."""

    project_id: Mapped[int] = mapped_column(index=True)
    client_id: Mapped[int] = mapped_column(index=True)

    @declared_attr.directive
    @classmethod
    def __table_args__(cls) -> tuple[object, ...]:
        """Tie the client to the project's client, and add the table's own constraints."""
        tie = ForeignKeyConstraint(["project_id", "client_id"], ["projects.id", "projects.client_id"])
        return (tie, *getattr(cls, "CONSTRAINTS", ()))


class Project(Searched, Versioned, Stamped, Model):
    """One piece of client work, from the qualified request to the last payment."""

    __tablename__ = "projects"
    KIND: ClassVar[str] = "project"
    __table_args__ = (
        UniqueConstraint("id", "client_id"),
        CheckConstraint(f"state IN {STATES}", name="state"),
        CheckConstraint(f"report_cadence IN {tuple(CADENCES)}", name="cadence"),
        ForeignKeyConstraint(["brand_id", "client_id"], ["brands.id", "brands.client_id"]),
        ForeignKeyConstraint(["billing_entity_id", "client_id"], ["billing_entities.id", "billing_entities.client_id"]),
        # Most projects have no deputy: told so, the planner finds those of one person without a look at all.
        Index("ix_projects_deputy", "deputy_id", "client_id", sqlite_where=HAS_DEPUTY, postgresql_where=HAS_DEPUTY),
        # Each request of a manager asks for the own projects and their clients: told by the index alone.
        Index("ix_projects_manager", "manager_id", "client_id"),
        # What goes on with a client, told by the index alone.
        Index("ix_projects_client_state", "client_id", "state"),
        # Which of those in work have the nearest end of a stage.
        Index("ix_projects_stands_until", "state", "stands_until"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    state: Mapped[str] = mapped_column(default="planned", index=True)
    # The forecast of the first stage that is not done; kept by triggers of the stages, nobody else writes it.
    stands_until: Mapped[date | None]
    client_id: Mapped[int] = mapped_column(ForeignKey("clients.id"), index=True)
    brand_id: Mapped[int | None] = mapped_column()
    billing_entity_id: Mapped[int | None] = mapped_column()
    request_id: Mapped[int | None] = mapped_column(ForeignKey("requests.id"), unique=True)
    own_entity_id: Mapped[int] = mapped_column(ForeignKey("own_entities.id"))
    manager_id: Mapped[int] = mapped_column(ForeignKey("persons.id"))
    deputy_id: Mapped[int | None] = mapped_column(ForeignKey("persons.id"))
    language: Mapped[str]
    currency: Mapped[str]
    budget: Mapped[int | None] = mapped_column(BigInteger)
    budget_has_vat: Mapped[bool] = mapped_column(default=True)
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]
    hold_side: Mapped[str] = mapped_column(default="")
    reason: Mapped[str] = mapped_column(default="")
    # The day the client's public first sees the work.
    launches_on: Mapped[date | None] = mapped_column(index=True)
    report_cadence: Mapped[str] = mapped_column(default="weekly")
    report_weekday: Mapped[int] = mapped_column(default=4)
    search_text: Mapped[str] = mapped_column(Folded, default="", index=True)
    client: Mapped[Client] = relationship(foreign_keys=[client_id])
    brand: Mapped[Brand | None] = relationship(foreign_keys=[brand_id], primaryjoin="Project.brand_id == Brand.id")
    billing_entity: Mapped[BillingEntity | None] = relationship(
        foreign_keys=[billing_entity_id], primaryjoin="Project.billing_entity_id == BillingEntity.id",
    )
    request: Mapped[Request | None] = relationship()
    own_entity: Mapped[OwnEntity] = relationship()
    manager: Mapped[Person] = relationship(foreign_keys=[manager_id])
    deputy: Mapped[Person | None] = relationship(foreign_keys=[deputy_id])
    stages: Mapped[list["ProjectStage"]] = relationship(order_by="ProjectStage.ordinal")
    members: Mapped[list["Member"]] = relationship()

    @property
    def is_going(self) -> bool:
        """Whether it is neither closed nor cancelled."""
        return self.state in GOING

    @property
    def current_stage(self) -> "ProjectStage | None":
        """The stage the project stands in: the first one not done; None when all are done or none is named."""
        return next((stage for stage in self.stages if stage.done_on is None), None)

    @property
    def forecast_end(self) -> date | None:
        """When it will be finished as far as we know now: the last forecast, else the agreed day."""
        return max((stage.forecast_on for stage in self.stages), default=self.ends_on)

    @property
    def project_id(self) -> int:
        """The project itself, so that rights by project read the same everywhere."""
        return self.id


class Member(OfProject, Model):
    """A colleague on the team of a project."""

    __tablename__ = "project_members"
    CONSTRAINTS = (UniqueConstraint("project_id", "person_id"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("persons.id"), index=True)
    person: Mapped[Person] = relationship()


class ProjectStage(OfProject, Versioned, Model):
    """A stage of the project in the client's words, planned and forecast."""

    __tablename__ = "project_stages"
    KIND: ClassVar[str] = "project_stage"
    CONSTRAINTS = (
        UniqueConstraint("project_id", "ordinal"),
        CheckConstraint(f"ending IN {tuple(ENDINGS)}", name="ending"),
        # Where a project stands and until when, told by the index alone.
        Index("ix_project_stages_undone", "project_id", "done_on", "ordinal", "forecast_on"),
        # What ended on some days, and what is to end on others: most stages that ever were are done.
        Index("ix_project_stages_ended", "done_on", "project_id"),
        Index(
            "ix_project_stages_coming", "forecast_on", "project_id", sqlite_where=UNDONE, postgresql_where=UNDONE,
        ),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    ordinal: Mapped[int]
    name: Mapped[str]
    planned_on: Mapped[date]
    forecast_on: Mapped[date]
    started_on: Mapped[date | None]
    done_on: Mapped[date | None]
    # What ends it by itself, a key of stage_endings.NAMES; read where it is asked, for most pages never do.
    ending: Mapped[str] = mapped_column(default=BY_HAND, deferred=True)

    @property
    def is_moved(self) -> bool:
        """Whether the forecast differs from what was planned."""
        return self.forecast_on != self.planned_on


class Requirement(OfProject, Searched, Versioned, Stamped, Model):
    """A statement of the client, marked for good as number n of the project."""

    __tablename__ = "requirements"
    KIND: ClassVar[str] = "requirement"
    SEARCHED_BY: ClassVar[tuple[str, ...]] = ("words", "said_by")
    CONSTRAINTS = (UniqueConstraint("project_id", "n"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    n: Mapped[int]
    words: Mapped[str]
    source: Mapped[str] = mapped_column(default="request")
    said_by: Mapped[str] = mapped_column(default="")
    said_on: Mapped[date | None]
    dropped_at: Mapped[datetime | None] = mapped_column(Instant)

    @property
    def mark(self) -> str:
        """The mark as a person reads it: R4, in Russian with its own letter."""
        return mark(self.n)


stands.keep(Model.metadata)

"""The bell: one row for each thing a person should know, and how that person wants to be told."""

from datetime import datetime
from typing import ClassVar

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from agency.kit import journal
from agency.kit.db import Instant, Model, Stamped
from agency.kit.journal import Fact
from agency.kit.words import lazy

# By mail at once, in one letter a day, or behind the bell alone.
WAYS = ("at_once", "digest", "off")
UNREAD = text("read_at IS NULL")

journal.declare({"person.notices_chosen": lazy("%(who)s chose how to be told of news")})


class Notice(Stamped, Model):
    """A fact that one person should know about.

    The subject is the record to open (of a remark the one it stands on); `about` names it, with its
    project and client, as they were called then.
    """

    __tablename__ = "notices"
    KIND: ClassVar[str] = "notice"
    __table_args__ = (
        UniqueConstraint("person_id", "fact_id"),
        Index("ix_notices_unread", "person_id", sqlite_where=UNREAD, postgresql_where=UNREAD),
        Index("ix_notices_newest", "person_id", "id"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("persons.id"))
    fact_id: Mapped[int] = mapped_column(ForeignKey("facts.id"), index=True)
    subject_kind: Mapped[str]
    subject_id: Mapped[int]
    client_id: Mapped[int | None] = mapped_column(ForeignKey("clients.id"), index=True)
    project_id: Mapped[int | None] = mapped_column(ForeignKey("projects.id"), index=True)
    about: Mapped[str] = mapped_column(default="")
    read_at: Mapped[datetime | None] = mapped_column(Instant)
    mailed_at: Mapped[datetime | None] = mapped_column(Instant)
    fact: Mapped[Fact] = relationship()


class NoticeChoice(Model):
    """How one person wants to be told; whoever never chose has the defaults.

    Hours are of the person's own clock; when both ends of the quiet time are alike there is none.
    """

    __tablename__ = "notice_choices"
    __table_args__ = (
        CheckConstraint(f"way IN {WAYS}", name="way"),
        CheckConstraint(
            "quiet_from BETWEEN 0 AND 23 AND quiet_until BETWEEN 0 AND 23 AND digest_hour BETWEEN 0 AND 23",
            name="hours",
        ),
    )
    person_id: Mapped[int] = mapped_column(ForeignKey("persons.id"), primary_key=True)
    way: Mapped[str] = mapped_column(default="digest")
    digest_hour: Mapped[int] = mapped_column(default=9)
    quiet_from: Mapped[int] = mapped_column(default=22)
    quiet_until: Mapped[int] = mapped_column(default=8)

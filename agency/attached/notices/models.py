"""The bell: one row for each thing a person should know."""

from datetime import datetime
from typing import ClassVar

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from agency.kit.db import Instant, Model, Stamped
from agency.kit.journal import Fact


class Notice(Stamped, Model):
    """A fact that one person should know about."""

    __tablename__ = "notices"
    KIND: ClassVar[str] = "notice"
    __table_args__ = (UniqueConstraint("person_id", "fact_id"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("persons.id"), index=True)
    fact_id: Mapped[int] = mapped_column(ForeignKey("facts.id"))
    read_at: Mapped[datetime | None] = mapped_column(Instant)
    fact: Mapped[Fact] = relationship()

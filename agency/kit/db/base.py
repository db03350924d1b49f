"""The declarative base, and what most tables share."""

from datetime import datetime
from typing import Any, ClassVar

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import MetaData
from sqlalchemy.orm import DeclarativeBase, Mapped, declared_attr, mapped_column

from agency.kit import clock
from agency.kit.db.types import Instant

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}

KINDS: dict[str, type[Any]] = {}


class Named:
    """Remembers each class by its KIND, so that a fact's subject can be found again."""

    def __init_subclass__(cls, **kwargs: Any) -> None:
        """Note the class under its kind."""
        super().__init_subclass__(**kwargs)
        if cls.__dict__.get("KIND"):
            KINDS[cls.__dict__["KIND"]] = cls


class Base(Named, DeclarativeBase):
    """Every table; one that facts may speak about names its KIND."""

    metadata = MetaData(naming_convention=NAMES)
    KIND: ClassVar[str] = ""


db = SQLAlchemy(model_class=Base, disable_autonaming=True)
Model = db.Model


class Stamped:
    """When the row was made."""

    created_at: Mapped[datetime] = mapped_column(Instant, default=clock.now)


class Versioned:
    """A row that two people may edit: the second writer is refused, never merged in silence."""

    version: Mapped[int] = mapped_column(default=1)

    @declared_attr.directive
    @classmethod
    def __mapper_args__(cls) -> dict[str, Any]:
        """Point SQLAlchemy's optimistic check at the column."""
        return {"version_id_col": cls.__table__.c.version}

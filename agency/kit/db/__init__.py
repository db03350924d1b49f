"""The database: base model, column types, and units of work that begin and end only here."""

from agency.kit.db.among import Among
from agency.kit.db.base import KINDS, Model, Stamped, Versioned, db
from agency.kit.db.engine import setup, upgrade
from agency.kit.db.finding import Searched
from agency.kit.db.greatest import Greatest
from agency.kit.db.ordering import Ordered
from agency.kit.db.questions import ask, by_id, collect, note, prepared
from agency.kit.db.types import Folded, Instant, Json, Scaled
from agency.kit.db.units import after_commit, aside, db_reading, unit, writing

__all__ = [
    "KINDS", "Among", "Folded", "Greatest", "Instant", "Json", "Model", "Ordered", "Scaled", "Searched", "Stamped",
    "Versioned", "after_commit", "aside", "ask", "by_id", "collect", "db", "db_reading", "note", "prepared", "setup",
    "unit", "upgrade", "writing",
]

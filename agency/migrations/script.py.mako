"""${message}."""

from alembic import op
import sqlalchemy as sa

import agency.kit.db.types
${imports if imports else ""}

revision = ${repr(up_revision)}
down_revision = ${repr(down_revision)}


def upgrade() -> None:
    """Go to this revision."""
    ${upgrades if upgrades else "pass"}


def downgrade() -> None:
    """Come back from this revision."""
    ${downgrades if downgrades else "pass"}

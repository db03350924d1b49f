"""Making tasks out of what was approved."""

from agency.flow.smetas.models import Smeta
from agency.flow.tasks import plans
from agency.kit.db import db
from agency.kit.queue import SYSTEM, job


@job("quick")
def split(smeta_id: int) -> None:
    """Make the tasks of an approved estimate; those that are there already are left alone."""
    smeta = db.session.get(Smeta, smeta_id)
    if smeta is not None:
        plans.split(smeta, by=SYSTEM)

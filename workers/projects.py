"""Jobs of projects: a stage ends by the fact that it waited for."""

from agency.flow.projects import stages
from agency.flow.smetas import queries as smetas
from agency.kit.db import db
from agency.kit.journal import Fact
from agency.kit.queue import SYSTEM, job
from agency.people.agency.stage_endings import FACTS


@job("quick")
def end_stage(fact_id: int) -> None:
    """End the stage that waited for this fact; an addition to an estimate ends none, and no stage begins by itself."""
    fact = db.session.get(Fact, fact_id)
    if fact is None or fact.project_id is None or _is_of_addition(fact):
        return
    stage = stages.waiting_for(fact.project_id, FACTS[fact.verb])
    if stage is not None:
        stages.end(stage, fact, by=SYSTEM)


def _is_of_addition(fact: Fact) -> bool:
    smeta = smetas.get(fact.subject_id) if fact.verb == "smeta.approved" else None
    return smeta is not None and smeta.kind != "base"

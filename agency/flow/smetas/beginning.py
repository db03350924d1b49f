"""Beginning an estimate: at once after a good brief, else with a reason that stays in the journal."""

from typing import Any

from agency.flow.briefs import queries as briefs
from agency.flow.projects.models import Project
from agency.flow.smetas import operations
from agency.flow.smetas.models import Smeta
from agency.kit import journal
from agency.kit.states import Refused
from agency.kit.words import lazy


def score(project: Project) -> int:
    """The score of the project's newest client brief, 0 to 100; 0 when there is none."""
    brief = briefs.newest_of_all(project.id)["client"]
    return briefs.score_of(brief).total if brief else 0


def is_early(project: Project) -> bool:
    """Whether the brief says too little to count by."""
    brief = briefs.newest_of_all(project.id)["client"]
    return brief is None or not briefs.score_of(brief).is_enough


def begin(project: Project, *, by: Any, reason: str = "") -> Smeta:
    """Begin the estimate of a project; raises Refused without a reason while its brief says too little."""
    early, reason = is_early(project), " ".join(reason.split())
    if early and not reason:
        said = lazy("The brief says too little to count by yet. Say why you count now, or ask the client first.")
        raise Refused(said, "reason")
    smeta = operations.create(project, by=by)
    if early:
        journal.fact("smeta.begun_early", about=smeta, by=by, number=smeta.number, reason=reason)
    return smeta

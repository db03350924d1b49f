"""Jobs: rows of the database that are done at least once and take effect exactly once; RQ is the doorbell."""

from agency.kit.queue.actor import SYSTEM
from agency.kit.queue.asking import ask
from agency.kit.queue.models import JOB_STATES, Job, Lease
from agency.kit.queue.registry import QUEUES, GiveUp, Later, Work, job, known
from agency.kit.queue.runner import perform
from agency.kit.queue.status import Status, place, status

__all__ = [
    "JOB_STATES", "QUEUES", "SYSTEM", "GiveUp", "Job", "Later", "Lease", "Status", "Work", "ask", "job", "known",
    "perform", "place", "status",
]  # fmt: skip

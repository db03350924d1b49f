"""The life of a task as one table; decisions on who and what follow are read from here."""

from typing import Any

from agency.flow.tasks.models import ACTIVE, STATES, Task
from agency.kit.states import Move, Moves
from agency.kit.words import lazy


def _after_the_check(task: Task) -> str:
    return "client_review" if task.client_accepts else "done"


def _where_it_was(task: Task) -> str:
    return task.before_block


def seen_by(task: Task) -> str:
    """The audience of what happens to a task that a client may know of."""
    return "client" if task.is_public else "inner"


def _nobody_checks_alone(task: Task, by: Any, details: dict[str, Any]) -> str | None:
    if by.id is not None and task.assignee_id == by.id and not by.has("owner"):
        return str(lazy("Your own work is checked by somebody else. Ask the owner or give it to a colleague."))
    return None


MOVES = Moves("task", STATES, (
    Move("release", ("backlog",), "open", "task.release", "task.released", lazy("Open the task")),
    Move("take", ("open",), "taken", "task.take", "task.taken", lazy("Take it")),
    Move("assign", ("open",), "taken", "task.assign", "task.assigned", lazy("Give to somebody"), asks=("whom",)),
    Move("start", ("taken",), "in_progress", "task.work", "task.started", lazy("Start")),
    Move("give_back", ("taken", "in_progress"), "open", "task.give_back", "task.given_back", lazy("Give back"),
         asks=("reason",)),
    Move("hand_in", ("in_progress",), "in_review", "task.work", "task.handed_in", lazy("Hand in for the check")),
    Move("return", ("in_review",), "in_progress", "task.check", "task.returned", lazy("Return with a list"),
         asks=("remarks",), guard=_nobody_checks_alone),
    Move("pass", ("in_review",), _after_the_check, "task.check", "task.passed", lazy("Pass the check"),
         guard=_nobody_checks_alone, targets=("client_review", "done")),
    Move("accept", ("client_review",), "done", "task.accept", "task.accepted", lazy("Accept"), audience=seen_by),
    Move("return", ("client_review",), "in_progress", "task.accept", "task.sent_back", lazy("Ask for changes"),
         asks=("remarks",), audience=seen_by),
    Move("block", ACTIVE, "blocked", "task.block", "task.blocked", lazy("Stop: something is missing"),
         asks=("reason", "side")),
    Move("unblock", ("blocked",), _where_it_was, "task.block", "task.unblocked", lazy("Go on"), targets=ACTIVE),
    Move("cancel", ("backlog", *ACTIVE, "blocked"), "cancelled", "task.cancel", "task.cancelled",
         lazy("Cancel the task"), asks=("reason",)),
    Move("reopen", ("done",), "in_progress", "task.reopen", "task.reopened", lazy("Reopen"), asks=("reason",)),
))  # fmt: skip

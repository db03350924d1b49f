"""Who is told of what, on one page: a fact's verb, and the people who should know; never a client."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Rule:
    """Whom a fact is told to, by the names in `whom.WHOM`; `from_client` adds those told when a client did it."""

    to: tuple[str, ...] = ()
    from_client: tuple[str, ...] = ()


LEAD = ("manager", "deputy")

RULES: dict[str, Rule] = {
    # what a client's own people do about each other
    "contact.invited": Rule(("manager",)),
    "deputy.named": Rule(("manager",)),
    "deputy.ended": Rule(("manager",)),
    # requests: whoever took it, else the client's manager, else every account manager
    "request.received": Rule(("watchers",)),
    "request.answered": Rule(("watchers",)),
    # projects
    "project.opened": Rule((*LEAD, "team")),
    "project.team_changed": Rule((*LEAD, "team")),
    "project.held": Rule((*LEAD, "team")),
    "project.resumed": Rule((*LEAD, "team")),
    "project.dates_moved": Rule((*LEAD, "team")),
    "project.cancelled": Rule((*LEAD, "team", "owners")),
    "project.stage_moved": Rule(LEAD),
    # briefs
    "brief.approved": Rule((*LEAD, "author")),
    "brief.returned": Rule((*LEAD, "author")),
    "brief.issued": Rule(("head",)),
    "brief.accepted": Rule((*LEAD, "author")),
    "brief.handed_back": Rule((*LEAD, "author")),
    # smetas
    "smeta.submitted": Rule(("owners",)),
    "smeta.cleared": Rule((*LEAD, "author")),
    "smeta.brought_back": Rule((*LEAD, "author")),
    "smeta.approved": Rule((*LEAD, "author", "finance")),
    "smeta.rejected": Rule((*LEAD, "author", "owners")),
    "smeta.changes_asked": Rule((*LEAD, "author")),
    "smeta.expired": Rule(LEAD),
    # money
    "payment.received": Rule(LEAD),
    "payment.corrected": Rule((*LEAD, "finance")),
    "payment.expected": Rule((*LEAD, "finance")),
    "payment.late": Rule((*LEAD, "finance")),
    "payment.very_late": Rule(("owners",)),
    # tasks
    "tasks.split": Rule(LEAD),
    "task.assigned": Rule(("assignee",)),
    "task.given_back": Rule(("head",)),
    "task.handed_in": Rule(("head",)),
    "task.returned": Rule(("assignee",)),
    "task.passed": Rule(("assignee",)),
    "task.accepted": Rule(("assignee", "head")),
    "task.sent_back": Rule(("assignee", "head", *LEAD)),
    "task.done": Rule(LEAD),
    "task.blocked": Rule((*LEAD, "head")),
    "task.unblocked": Rule(("assignee",)),
    "task.cancelled": Rule(("assignee",)),
    "task.reopened": Rule(("assignee",)),
    "task.due_moved": Rule(("assignee", "head", *LEAD)),
    # reports and promises
    "report.begun": Rule(LEAD),
    "report.awaited": Rule(LEAD),
    "report.late": Rule((*LEAD, "account_heads", "owners")),
    "promise.made": Rule(LEAD),
    "promise.due_soon": Rule((*LEAD, "author")),
    "promise.moved": Rule(LEAD),
    "promise.broken": Rule((*LEAD, "owners")),
    # what hangs on a record
    "comment.written": Rule(("assignee", "talkers")),
    "comment.asked": Rule(("assignee", "talkers"), from_client=LEAD),
    "file.attached": Rule(from_client=LEAD),
    "file.replaced": Rule(from_client=LEAD),
    "document.failed": Rule(("asker",)),
    "mail.failed": Rule((*LEAD, "sender")),
    "mail.unknown": Rule((*LEAD, "sender")),
}

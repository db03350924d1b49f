"""Consequences on one page: what follows from a fact. A job named here gets the fact's subject id."""

from agency.attached.notices.rules import RULES

CONSEQUENCES: dict[str, tuple[str, ...]] = {
    "request.received": ("requests.acknowledge",),
    "request.asked": ("requests.mail_question",),
    "request.declined": ("requests.mail_no",),
    "brief.sent": ("briefs.mail_client",),
    "brief.approved": ("projects.end_stage",),
    "smeta.sent": ("smetas.invite",),
    "smeta.approved": ("smetas.confirm", "tasks.split", "projects.end_stage"),
    "report.sent": ("reports.mail_out",),
    "client.reminded": ("reminders.mail",),
    "task.shown": ("portal.mail_version",),
    "comment.written": ("portal.carry_word",),
    "comment.asked": ("portal.carry_word",),
    "contact.removed": ("portal.end_links",),
    "contact.invited": ("portal.welcome",),
    "deputy.named": ("portal.tell_deputy",),
    "document.ready": ("reports.mail_drawn",),
}

# The bell rings for every fact that the rules of notices name; these jobs get the id of the fact itself.
OF_THE_FACT = frozenset({"notices.ring", "reminders.mail", "projects.end_stage"})
for _verb in RULES:
    CONSEQUENCES[_verb] = (*CONSEQUENCES.get(_verb, ()), "notices.ring")

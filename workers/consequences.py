"""Consequences on one page: what follows from a fact. A job named here gets the fact's subject id."""

CONSEQUENCES: dict[str, tuple[str, ...]] = {
    "request.received": ("requests.acknowledge", "requests.tell_team"),
    "request.asked": ("requests.mail_question",),
    "request.answered": ("requests.tell_team",),
    "request.declined": ("requests.mail_no",),
    "brief.sent": ("briefs.mail_client",),
    "brief.approved": ("briefs.tell_manager",),
    "brief.returned": ("briefs.tell_manager",),
    "brief.issued": ("briefs.tell_head",),
    "brief.accepted": ("briefs.tell_manager",),
    "brief.handed_back": ("briefs.tell_manager",),
    "smeta.sent": ("smetas.invite",),
    "smeta.approved": ("smetas.confirm", "tasks.split"),
    "report.sent": ("reports.mail_out",),
    "task.shown": ("portal.mail_version",),
    "comment.written": ("portal.carry_word",),
    "contact.removed": ("portal.end_links",),
    "document.ready": ("reports.mail_drawn",),
}

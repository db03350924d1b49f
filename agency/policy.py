"""The one page of who may what: a resource and an action, and who is granted it where."""

from collections.abc import Callable
from typing import Any

from agency.kit.policy import Rule, may, sees
from agency.people.accounts.identity import Actor

Where = Callable[[Actor, Any], bool]


def anywhere(actor: Actor, record: Any) -> bool:
    """Every record."""
    return True


def managed(actor: Actor, record: Any) -> bool:
    """Records of the clients and projects the actor looks after; those of no client yet are everybody's."""
    client_id = getattr(record, "client_id", None)
    if client_id is None or client_id in actor.client_ids or _project(record) in actor.project_ids:
        return True
    # A client or project made in this very unit is not among what the actor was known to look after.
    return actor.id is not None and getattr(record, "manager_id", None) == actor.id


def of_department(actor: Actor, record: Any) -> bool:
    """Records of the actor's own departments; those of no department belong to the common context."""
    department = getattr(record, "department", None)
    return department is None or department in actor.departments


def own_department(actor: Actor, record: Any) -> bool:
    """Records that name one of the actor's own departments."""
    return getattr(record, "department", None) in actor.departments


def works_on(actor: Actor, record: Any) -> bool:
    """Records of projects where the actor is on the team or the actor's department has work."""
    from agency.flow.tasks import queries

    project_id = _project(record)
    if project_id is None:
        return False
    return project_id in actor.project_ids or queries.has_work_for(project_id, actor)


def works_in(actor: Actor, record: Any) -> bool:
    """Of the actor's department, in a project the actor works on."""
    return of_department(actor, record) and works_on(actor, record)


def own(actor: Actor, record: Any) -> bool:
    """What is the actor's own: assigned to, made by or about this person."""
    names = ("assignee_id", "person_id", "author_id", "made_by_id", "by_id", "uploaded_by_id", "asked_by_id")
    return any(getattr(record, name, None) == actor.id for name in names)


def managed_mail(actor: Actor, record: Any) -> bool:
    """Mails about the clients and projects the actor looks after; those about a colleague are not among them."""
    return record.subject_kind != "person" and managed(actor, record)


def theirs(actor: Actor, record: Any) -> bool:
    """Of the contact's own client and, through a link, of the link's project or request alone."""
    link = actor.link
    if link is not None and link.request_id is not None:
        if _request(record) == link.request_id:
            return True
        if link.project_id is None:
            return False
    if getattr(record, "client_id", None) not in actor.client_ids:
        return False
    return link is None or link.project_id in (None, _project(record)) or record.KIND == "client"


def shown(actor: Actor, record: Any) -> bool:
    """Theirs, and given to them: sent, public, or marked for the client."""
    return theirs(actor, record) and _is_shown(record)


def decides(actor: Actor, record: Any) -> bool:
    """Shown to them, and they are a named approver of the client; a link must carry the action."""
    if not shown(actor, record) or record.client_id not in actor.approves_for:
        return False
    return actor.link is None or "decide" in actor.link.actions


def answers(actor: Actor, record: Any) -> bool:
    """Theirs, and a link, if they came by one, lets them answer."""
    return theirs(actor, record) and (actor.link is None or bool({"answer", "decide"} & actor.link.actions))


def manages(actor: Actor, record: Any) -> bool:
    """Their own client, whose people they may let in; through a link, only through one to the whole cabinet."""
    link = actor.link
    whole = link is None or (link.project_id is None and link.request_id is None and "answer" in link.actions)
    return whole and theirs(actor, record) and record.client_id in actor.manages_for


def lent(actor: Actor, record: Any) -> bool:
    """What a contact has lent to a deputy, and may take back."""
    return theirs(actor, record) and record.behalf_id == actor.id


def _is_shown(record: Any) -> bool:
    if hasattr(record, "audience"):
        return record.audience == "client"
    if hasattr(record, "is_public"):
        return bool(record.is_public)
    if record.KIND == "delivery":
        return bool(record.task.is_public and record.shown_at is not None)
    if record.KIND in ("brief", "smeta", "report"):
        hidden = ("draft", "withdrawn", "discarded", "issued", "accepted")
        return record.sent_at is not None and record.state not in hidden and getattr(record, "department", None) is None
    return True


def _project(record: Any) -> int | None:
    found: int | None = getattr(record, "project_id", None)
    return found


def _request(record: Any) -> int | None:
    """The request a record is, or hangs on."""
    found: int | None = record.id if getattr(record, "KIND", "") == "request" else None
    return getattr(record, "subject_id", None) if getattr(record, "subject_kind", "") == "request" else found


def beneath(actor: Actor, record: Any) -> bool:
    """Colleagues who are no owners: an administrator decides nothing about those."""
    return not record.has("owner")


def beneath_and_another(actor: Actor, record: Any) -> bool:
    """The same, and not oneself."""
    return beneath(actor, record) and record.id != actor.id


def granted(*grants: tuple[str, Where]) -> Rule:
    """A rule out of (role or kind, where) pairs: any one of them is enough."""

    def rule(actor: Actor, record: Any) -> bool:
        held = actor.roles if actor.kind == "staff" else {actor.kind}
        return any(role in held and (record is None or where(actor, record)) for role, where in grants)

    rule.grants = grants  # type: ignore[attr-defined]
    return rule


def beside_its_subject(rule: Rule) -> Rule:
    """A rule for what hangs on a record: who may not see the record sees nothing that hangs on it."""

    def both(actor: Actor, record: Any) -> bool:
        if not rule(actor, record):
            return False
        if record is None or actor.kind == "system":
            return True
        subject = record.subject
        if subject is None or not sees(actor, subject):
            return False
        needs = getattr(record, "needs", None)
        return needs is None or may(actor, needs, subject)

    both.grants = rule.grants  # type: ignore[attr-defined]
    return both


def everyone(record_where: Where = anywhere) -> tuple[tuple[str, Where], ...]:
    """Every member of staff."""
    roles = ("owner", "admin", "account_manager", "head", "specialist", "finance")
    return tuple((role, record_where) for role in roles)


OWNER = ("owner", anywhere)
ADMIN = ("admin", anywhere)
AM = ("account_manager", managed)
HEAD = ("head", anywhere)
HEAD_OWN = ("head", own_department)
HEAD_WORK = ("head", of_department)
FINANCE = ("finance", anywhere)
WORKER = ("specialist", works_on)
SYSTEM = ("system", anywhere)
SIGNED_IN = (*everyone(), ("contact", anywhere))

RULES: dict[str, Rule] = {
    # one's own
    "home.view": granted(*everyone()),
    "profile.edit": granted(*SIGNED_IN),
    "notice.view": granted(*everyone(own)),
    "notice.choose": granted(*everyone()),
    "search.use": granted(*everyone()),
    "board.view": granted(*everyone()),
    "calendar.view": granted(*everyone()),
    "components.view": granted(*everyone()),
    # who
    "person.view": granted(OWNER, ADMIN, *everyone(own)),
    "person.invite": granted(OWNER, ("admin", beneath), SYSTEM),
    "person.edit": granted(OWNER, ("admin", beneath)),
    "person.roles": granted(OWNER, ("admin", beneath_and_another)),
    "person.dismiss": granted(OWNER, ("admin", beneath)),
    "person.name_owner": granted(OWNER),
    "owner_matter.view": granted(OWNER),
    "client.view": granted(OWNER, ADMIN, AM, HEAD, FINANCE, ("contact", theirs)),
    "client.create": granted(OWNER, ADMIN, ("account_manager", anywhere)),
    "client.edit": granted(OWNER, ADMIN, AM),
    "contact.view": granted(OWNER, ADMIN, AM, HEAD, FINANCE, ("contact", theirs)),
    "colleague.invite": granted(("contact", manages)),
    "deputy.view": granted(OWNER, ADMIN, AM, ("contact", theirs)),
    "deputy.end": granted(OWNER, ADMIN, AM, ("contact", lent)),
    "billing_entity.view": granted(OWNER, ADMIN, AM, FINANCE),
    "nuance.view": granted(OWNER, ADMIN, AM, HEAD, FINANCE, WORKER),
    "link.view": granted(OWNER, ADMIN, AM),
    "link.create": granted(OWNER, AM, SYSTEM),
    "link.revoke": granted(OWNER, ADMIN, AM),
    "settings.view": granted(OWNER, ADMIN),
    "settings.edit": granted(OWNER, ADMIN),
    "setting.view": granted(OWNER, ADMIN),
    "own_entity.view": granted(OWNER, ADMIN),
    "tax_rate.view": granted(OWNER, ADMIN),
    "approval_limit.view": granted(OWNER, ADMIN),
    # requests
    "request.view": granted(OWNER, ADMIN, AM, ("contact", theirs)),
    "request.create": granted(OWNER, ("account_manager", anywhere), ("contact", anywhere)),
    "request.triage": granted(OWNER, AM),
    "request.answer": granted(AM, ("contact", answers)),
    # projects
    "project.view": granted(OWNER, ADMIN, AM, HEAD, FINANCE, WORKER, ("contact", theirs)),
    "project.create": granted(OWNER, AM),
    "project.lead": granted(OWNER, AM),
    "project.start": granted(OWNER, AM, SYSTEM),
    "project_stage.view": granted(OWNER, ADMIN, AM, HEAD, FINANCE, WORKER, ("contact", theirs)),
    "project_stage.edit": granted(OWNER, AM),
    "project_stage.end": granted(SYSTEM),
    "requirement.view": granted(OWNER, ADMIN, AM, HEAD, WORKER, ("contact", theirs)),
    "requirement.edit": granted(OWNER, AM),
    # briefs
    "brief.view": granted(OWNER, ADMIN, AM, HEAD_WORK, ("specialist", works_in), ("contact", shown)),
    "brief.edit": granted(OWNER, AM),
    "brief.send": granted(OWNER, AM),
    "brief.approve": granted(("contact", decides)),
    "brief.return": granted(("contact", decides)),
    "brief.issue": granted(OWNER, AM),
    "brief.accept": granted(HEAD_OWN),
    "brief.supersede": granted(OWNER, AM, SYSTEM, HEAD_OWN, ("contact", decides)),
    "brief_part.view": granted(OWNER, ADMIN, AM, HEAD, WORKER),
    # smetas
    "smeta.view": granted(OWNER, ADMIN, AM, HEAD, FINANCE, ("contact", shown)),
    "smeta.read": granted(OWNER, ADMIN, AM, HEAD, FINANCE),  # the agency's own pages of it
    "smeta.view_cost": granted(OWNER, AM, FINANCE),
    "smeta.create": granted(OWNER, AM),
    "smeta.edit": granted(OWNER, AM),
    "smeta.edit_lines": granted(OWNER, AM, HEAD),
    "smeta.submit": granted(OWNER, AM),
    "smeta.clear": granted(OWNER),
    "smeta.send": granted(OWNER, AM),
    "smeta.approve": granted(("contact", decides)),
    "smeta.decline": granted(("contact", decides)),
    "smeta.expire": granted(SYSTEM, OWNER, AM),
    "smeta.supersede": granted(OWNER, AM, SYSTEM),
    "smeta_line.edit": granted(OWNER, AM, HEAD_OWN),
    "smeta_line.view_cost": granted(OWNER, AM, FINANCE, HEAD_OWN),
    "smeta_line.view": granted(OWNER, ADMIN, AM, HEAD, FINANCE),
    "payment_row.view": granted(OWNER, ADMIN, AM, FINANCE, ("contact", theirs)),
    "payment_row.settle": granted(OWNER, FINANCE),
    # money
    "payment.view": granted(OWNER, ADMIN, AM, FINANCE),
    "payment_row.expect": granted(OWNER, AM, FINANCE),
    "payment_row.remind": granted(OWNER, AM, FINANCE, SYSTEM),
    "receipt.view": granted(OWNER, ADMIN, AM, FINANCE),
    # tasks
    "task.view": granted(
        OWNER, ADMIN, AM, HEAD_OWN, *everyone(own), ("specialist", own_department), ("contact", shown),
    ),
    "task.create": granted(OWNER, AM, HEAD_OWN),
    "task.split": granted(OWNER, AM, SYSTEM),
    "task.plan": granted(OWNER, AM, ("head", works_on)),
    "task.release": granted(OWNER, AM, HEAD_OWN, SYSTEM),
    "task.edit": granted(OWNER, AM, HEAD_OWN),
    "task.take": granted(HEAD_OWN, ("specialist", own_department), ("account_manager", own_department)),
    "task.assign": granted(OWNER, HEAD_OWN, AM),
    "task.work": granted(*everyone(own)),
    "task.give_back": granted(HEAD_OWN, *everyone(own)),
    "task.check": granted(OWNER, HEAD_OWN),
    "task.accept": granted(("contact", decides)),
    "task.block": granted(OWNER, AM, HEAD_OWN, *everyone(own)),
    "task.cancel": granted(OWNER, AM, HEAD_OWN),
    "task.reopen": granted(OWNER, AM, HEAD_OWN),
    "task.log": granted(HEAD_OWN, *everyone(own)),
    "delivery.view": granted(OWNER, ADMIN, AM, HEAD, WORKER, ("contact", shown)),
    "time_entry.view": granted(OWNER, ADMIN, AM, HEAD, FINANCE, *everyone(own)),
    "time_entry.edit": granted(*everyone(own)),
    # reports
    "report.view": granted(OWNER, ADMIN, AM, HEAD, ("contact", shown)),
    "report.begin": granted(OWNER, AM, SYSTEM),
    "report.edit": granted(OWNER, AM),
    "report.approve": granted(OWNER, AM),
    "report.approve_red": granted(OWNER),
    "report.send": granted(OWNER, AM),
    # attached
    "document.view": beside_its_subject(granted(OWNER, ADMIN, AM, HEAD, FINANCE, WORKER, ("contact", shown))),
    "document.build": beside_its_subject(granted(OWNER, ADMIN, AM, HEAD, WORKER, ("contact", shown), SYSTEM)),
    "file.view": beside_its_subject(granted(OWNER, ADMIN, AM, HEAD, WORKER, ("contact", shown))),
    "file.add": granted(OWNER, AM, HEAD, WORKER, ("contact", answers)),
    "file.remove": granted(OWNER),
    "comment.view": granted(OWNER, ADMIN, AM, HEAD, WORKER, ("contact", shown)),
    "comment.write": granted(OWNER, AM, HEAD, WORKER, ("contact", answers)),
    "promise.view": granted(OWNER, ADMIN, AM, HEAD, ("contact", theirs)),
    "promise.make": granted(OWNER, AM),
    "promise.settle": granted(OWNER, AM),
    "compensation.view": granted(OWNER, ADMIN, AM, HEAD, ("contact", theirs)),
    "approval.view": granted(OWNER, ADMIN, AM, FINANCE, ("contact", theirs)),
    "mail.view": granted(OWNER, ADMIN, ("account_manager", managed_mail)),
    "mail.settle": granted(OWNER, ADMIN, ("account_manager", managed_mail)),
    "audit.view": granted(OWNER, ADMIN, AM),
    # clients' own pages
    "portal.view": granted(("contact", anywhere)),
}

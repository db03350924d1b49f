"""The day put together: sections in the order promise, decision, overdue, money."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from flask import url_for

from agency.attached.promises import queries as promises
from agency.kit import clock
from agency.kit.policy import may
from agency.kit.words import _, day_short, money0, ngettext, when
from agency.kit.words import clock as wall_clock
from agency.overview.home import queries
from agency.overview.home.rows import Row, Section


def of(actor: Any) -> list[Section]:
    """Everything that waits for this person, the empty sections left out."""
    today = clock.today()
    if actor.has("account_manager", "owner", "admin"):
        sections: Iterable[Section] = (
            _requests(actor), _promises(actor, today), _inner(actor), _decisions(actor, today), _reports(actor, today),
            _late(actor, today), _money(actor, today),
        )
    elif actor.has("finance"):
        sections = (_money(actor, today),)
    else:
        sections = (_briefs(actor), _checks(actor), _late(actor, today))
    return [section for section in sections if section.rows]


def _about(record: Any) -> str:
    return f"{record.project.client.name}, {record.project.name}"


def _days(moment: datetime | date, today: date) -> tuple[str, str]:
    """How long ago as words, and its tone."""
    day = clock.local(moment).date() if isinstance(moment, datetime) else moment
    gone = (today - day).days
    if gone <= 0:
        return _("today"), ""
    if gone == 1:
        return _("yesterday"), ""
    return ngettext("%(num)s day", "%(num)s days", gone), "late" if gone > 3 else "soon"


def _requests(actor: Any) -> Section:
    now = clock.now()
    rows = [
        Row(
            when=_reply_by(one.reply_due_at, now),
            tone="late" if one.reply_due_at <= now else "soon", title=one.subject,
            url=url_for("requests.show", id=one.id),
            about=one.client.name if one.client else one.company or one.contact_name,
            acts=((_("Answer"), url_for("requests.show", id=one.id), True),),
        )
        for one in queries.requests_waiting(actor) if one.replied_at is None or one.state == "new"
    ]
    lede = ngettext("%(num)s request waits for an answer", "%(num)s requests wait for an answer", len(rows))
    more = (_("All requests"), url_for("requests.index")) if may(actor, "request.triage") else None
    return Section("requests", _("Requests to answer"), rows, more, lede)


def _reply_by(due: datetime, now: datetime) -> str:
    if due <= now:
        return _("late since %(time)s", time=when(due))
    if clock.local(due).date() == clock.today():
        return _("until %(time)s", time=wall_clock(due))
    return _("until %(time)s", time=when(due))


def _promises(actor: Any, today: date) -> Section:
    rows = [
        Row(
            when=_days(one.due_on, today)[0], tone="late" if one.due_on < today else "soon", title=one.words,
            url=url_for("promises.show", id=one.id), about=one.made_to.name if one.made_to else "",
            acts=((_("Warn the client"), url_for("promises.show", id=one.id), True),),
        )
        for one in promises.open_for(actor, today)
    ]
    lede = ngettext("%(num)s promise is due", "%(num)s promises are due", len(rows))
    return Section("promises", _("Promised for today"), rows, None, lede)


def _inner(actor: Any) -> Section:
    reviews = queries.smetas_in(actor, "internal_review") if actor.has("owner") else []
    rows = [
        Row(
            when=_("now"), tone="soon", title=_("Check the estimate %(number)s", number=one.number),
            url=url_for("smetas.show", id=one.id), about=_about(one),
            acts=((_("Open the estimate"), url_for("smetas.show", id=one.id), True),),
        )
        for one in reviews
    ]
    lede = ngettext("%(num)s estimate waits for you", "%(num)s estimates wait for you", len(rows))
    return Section("inner", _("Waits for your word"), rows, None, lede)


def _decisions(actor: Any, today: date) -> Section:
    rows = []
    for brief in queries.briefs_sent(actor):
        ago, tone = _days(brief.sent_at or clock.now(), today)
        url = url_for("briefs.show", id=brief.id)
        rows.append(Row(ago, _("Brief %(number)s", number=brief.number), url, _about(brief), tone))
    for smeta in queries.smetas_in(actor, "sent"):
        ago, tone = _days(smeta.sent_at or clock.now(), today)
        title = _("Estimate %(number)s, %(sum)s", number=smeta.number, sum=money0(smeta.gross, smeta.currency))
        rows.append(Row(ago, title, url_for("smetas.show", id=smeta.id), _about(smeta), tone))
    rows += [
        Row(_days(one.sent_at or clock.now(), today)[0], _("Brief %(number)s", number=one.number),
            url_for("briefs.show", id=one.id), _about(one), department=one.department or "")
        for one in queries.briefs_issued(actor)
    ]
    lede = ngettext("%(num)s decision is awaited", "%(num)s decisions are awaited", len(rows))
    return Section("decisions", _("Decisions we wait for"), rows, None, lede)


def _briefs(actor: Any) -> Section:
    rows = [
        Row(
            _days(one.sent_at or clock.now(), clock.today())[0], _("Brief %(number)s", number=one.number),
            url_for("briefs.show", id=one.id), _about(one), "soon", one.department or "",
            acts=((_("Read and accept"), url_for("briefs.show", id=one.id), True),),
        )
        for one in queries.briefs_issued(actor)
    ]
    lede = ngettext("%(num)s brief waits for your read-back", "%(num)s briefs wait for your read-back", len(rows))
    return Section("briefs", _("Briefs to read"), rows, None, lede)


def _checks(actor: Any) -> Section:
    rows = [
        Row(
            day_short(one.due_on) if one.due_on else "", one.title, url_for("tasks.show", id=one.id), _about(one),
            "", one.department, acts=((_("Check the work"), url_for("tasks.show", id=one.id), True),),
        )
        for one in queries.tasks_to_check(actor)
    ]
    lede = ngettext("%(num)s version waits for a check", "%(num)s versions wait for a check", len(rows))
    return Section("checks", _("To check"), rows, (_("Open the board"), url_for("board.show")), lede)


def _late(actor: Any, today: date) -> Section:
    rows = [
        Row(
            _days(one.due_on or today, today)[0], one.title, url_for("tasks.show", id=one.id), _about(one), "late",
            one.department, acts=((_("Open the task"), url_for("tasks.show", id=one.id), False),),
        )
        for one in queries.tasks_late(actor, today)
    ]
    lede = ngettext("%(num)s task is overdue", "%(num)s tasks are overdue", len(rows))
    return Section("late", _("Overdue work"), rows, None, lede)


def _reports(actor: Any, today: date) -> Section:
    said = {None: _("not begun"), "draft": _("draft"), "approved": _("ready to send"), "sent": _("sent")}
    rows = []
    for project, report in queries.reports_due(actor, today):
        if report is not None and report.state == "sent":
            continue
        url = url_for("reports.edit", id=report.id) if report else url_for("projects.show", id=project.id)
        rows.append(Row(
            _("today"), _("Report on “%(name)s”", name=project.name), url, said[report.state if report else None],
            "soon", acts=((_("Finish the report") if report else _("Begin the report"), url, True),),
        ))
    lede = ngettext("%(num)s report is due today", "%(num)s reports are due today", len(rows))
    return Section("reports", _("Reports due today"), rows, None, lede)


def _money(actor: Any, today: date) -> Section:
    rows = [
        Row(
            _days(payment.due_on or today, today)[0],
            _("Payment %(n)s, %(sum)s", n=payment.ordinal, sum=money0(payment.left, payment.smeta.currency)),
            url_for("payments.show", project_id=payment.project_id), _about(payment.smeta), "late",
            acts=((_("Open the money"), url_for("payments.show", project_id=payment.project_id), False),),
        )
        for payment in queries.payments_late(actor, today)
    ]
    lede = ngettext("%(num)s payment is late", "%(num)s payments are late", len(rows))
    more = (_("All payments"), url_for("payments.index")) if may(actor, "payment.view") else None
    return Section("money", _("Money"), rows, more, lede)

"""The day put together: sections in the order promise, decision, overdue, money."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from flask import url_for

from agency.attached.promises import queries as promises
from agency.flow.reports import awaited
from agency.kit import clock
from agency.kit.policy import may
from agency.kit.words import _, day_short, lazy, money0, ngettext, when
from agency.kit.words import clock as wall_clock
from agency.overview.home import queries
from agency.overview.home.rows import Row, Section

ANSWERED = {
    "ready": lazy("Estimate %(number)s may go out"),
    "changes_requested": lazy("Estimate %(number)s: the client asks for changes"),
    "rejected": lazy("Estimate %(number)s: the client said no"),
}


class Day:
    """What one person's day is made of: the questions, their counts, and how many rows of each are shown."""

    def __init__(self, actor: Any, only: str) -> None:
        self.actor, self.today = actor, clock.today()
        self.most = queries.MOST if only else queries.FEW
        self.asked = queries.questions(actor, self.today)
        self.counts = queries.counts(self.asked)
        self.read: dict[str, list[Any]] = {}

    def rows(self, kind: str) -> list[Any]:
        """The first records of a kind; none when this person is not asked for such."""
        if kind not in self.read and self.counts.get(kind):
            kin = next((kinds for kinds in queries.TOGETHER if kind in kinds), (kind,))
            self.read |= queries.first({one: self.asked[one] for one in kin if self.counts.get(one)}, self.most)
        return self.read.get(kind, [])

    def count(self, *kinds: str) -> int:
        """How many there are of some kinds together."""
        return sum(self.counts.get(kind, 0) for kind in kinds)


def of(actor: Any, only: str = "") -> list[Section]:
    """Everything that waits for this person, the empty sections left out; or all rows of one section alone."""
    if actor.has("account_manager", "owner", "admin"):
        parts: tuple[Callable[[Day], Section], ...] = (
            _requests, _promises, _inner, _again, _decisions, _reports, _late, _money,
        )
    elif actor.has("finance"):
        parts = (_money,)
    else:
        parts = (_briefs, _checks, _late)
    chosen = [part for part in parts if part.__name__ == f"_{only}"]
    day = Day(actor, only if chosen else "")
    return [section for part in chosen or parts if (section := part(day)).rows]


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


def _requests(day: Day) -> Section:
    now = clock.now()
    rows = [
        Row(
            when=_reply_by(one.reply_due_at, now),
            tone="late" if one.reply_due_at <= now else "soon", title=one.subject,
            url=url_for("requests.show", id=one.id),
            about=one.client.name if one.client else one.company or one.contact_name,
            acts=((_("Answer"), url_for("requests.show", id=one.id), True),),
        )
        for one in day.rows("requests")
    ]
    count = day.count("requests")
    lede = ngettext("%(num)s request waits for an answer", "%(num)s requests wait for an answer", count)
    more = (_("All requests"), url_for("requests.index")) if may(day.actor, "request.triage") else None
    return Section("requests", _("Requests to answer"), rows, more, lede, count)


def _reply_by(due: datetime, now: datetime) -> str:
    if due <= now:
        return _("late since %(time)s", time=when(due))
    if clock.local(due).date() == clock.today():
        return _("until %(time)s", time=wall_clock(due))
    return _("until %(time)s", time=when(due))


def _promises(day: Day) -> Section:
    found, today = promises.open_for(day.actor, day.today), day.today
    rows = [
        Row(
            when=_days(one.due_on, today)[0], tone="late" if one.due_on < today else "soon", title=one.words,
            url=url_for("promises.show", id=one.id), about=one.made_to.name if one.made_to else "",
            acts=((_("Warn the client"), url_for("promises.show", id=one.id), True),),
        )
        for one in found[: day.most]
    ]
    lede = ngettext("%(num)s promise is due", "%(num)s promises are due", len(found))
    return Section("promises", _("Promised for today"), rows, None, lede, len(found))


def _inner(day: Day) -> Section:
    rows = [
        Row(
            when=_("now"), tone="soon", title=_("Check the estimate %(number)s", number=one.number),
            url=url_for("smetas.show", id=one.id), about=_about(one),
            acts=((_("Open the estimate"), url_for("smetas.show", id=one.id), True),),
        )
        for one in day.rows("inner")
    ]
    count = day.count("inner")
    lede = ngettext("%(num)s estimate waits for you", "%(num)s estimates wait for you", count)
    return Section("inner", _("Waits for your word"), rows, None, lede, count)


def _again(day: Day) -> Section:
    rows = [
        Row(
            _days(one.created_at, day.today)[0], _("Brief %(number)s came back", number=one.number),
            url_for("briefs.edit", id=one.id), _about(one), "soon", one.department or "",
            acts=((_("Go on with the brief"), url_for("briefs.edit", id=one.id), True),),
        )
        for one in day.rows("again")
    ]
    for one in day.rows("answered"):
        url = url_for("smetas.show", id=one.id)
        title = str(ANSWERED[one.state]) % {"number": one.number}
        ago = _days(one.decided_at, day.today)[0] if one.decided_at else _("now")
        rows.append(Row(ago, title, url, _about(one), "soon",
                        acts=((_("Open the estimate"), url, True),)))
    count = day.count("again", "answered")
    lede = ngettext("%(num)s paper is back with you", "%(num)s papers are back with you", count)
    return Section("again", _("Back with you"), rows, None, lede, count)


def _decisions(day: Day) -> Section:
    briefs = [_brief(one, day.today) for one in day.rows("briefs")]
    rows, today = briefs[: sum(not row.department for row in briefs)], day.today
    for smeta in day.rows("smetas"):
        ago, tone = _days(smeta.sent_at or clock.now(), today)
        title = _("Estimate %(number)s, %(sum)s", number=smeta.number, sum=money0(smeta.gross, smeta.currency))
        rows.append(Row(ago, title, url_for("smetas.show", id=smeta.id), _about(smeta), tone))
    rows += [row for row in briefs if row.department]
    count = day.count("briefs", "smetas")
    lede = ngettext("%(num)s decision is awaited", "%(num)s decisions are awaited", count)
    return Section("decisions", _("Decisions we wait for"), rows, None, lede, count)


def _brief(brief: Any, today: date) -> Row:
    ago, tone = _days(brief.sent_at or clock.now(), today)
    title, url = _("Brief %(number)s", number=brief.number), url_for("briefs.show", id=brief.id)
    return Row(ago, title, url, _about(brief), "" if brief.department else tone, brief.department or "")


def _briefs(day: Day) -> Section:
    rows = [
        Row(
            _days(one.sent_at or clock.now(), day.today)[0], _("Brief %(number)s", number=one.number),
            url_for("briefs.show", id=one.id), _about(one), "soon", one.department or "",
            acts=((_("Read and accept"), url_for("briefs.show", id=one.id), True),),
        )
        for one in day.rows("briefs")
    ]
    count = day.count("briefs")
    lede = ngettext("%(num)s brief waits for your read-back", "%(num)s briefs wait for your read-back", count)
    return Section("briefs", _("Briefs to read"), rows, None, lede, count)


def _checks(day: Day) -> Section:
    rows = [
        Row(
            day_short(one.due_on) if one.due_on else "", one.title, url_for("tasks.show", id=one.id), _about(one),
            "", one.department, acts=((_("Check the work"), url_for("tasks.show", id=one.id), True),),
        )
        for one in day.rows("checks")
    ]
    count = day.count("checks")
    lede = ngettext("%(num)s version waits for a check", "%(num)s versions wait for a check", count)
    return Section("checks", _("To check"), rows, (_("Open the board"), url_for("board.show")), lede, count)


def _late(day: Day) -> Section:
    rows = [
        Row(
            _days(one.due_on, day.today)[0], one.title, url_for("tasks.show", id=one.id), _about(one), "late",
            one.department, acts=((_("Open the task"), url_for("tasks.show", id=one.id), False),),
        )
        for one in day.rows("late")
    ]
    count = day.count("late")
    lede = ngettext("%(num)s task is overdue", "%(num)s tasks are overdue", count)
    return Section("late", _("Overdue work"), rows, None, lede, count)


def _reports(day: Day) -> Section:
    said = {None: _("not begun"), "draft": _("draft"), "approved": _("ready to send")}
    rows = []
    for one in awaited.shown(day.asked["reports"], day.most):
        project, report = one.project, one.report
        to = "reports.edit" if report and report.is_draft and may(day.actor, "report.edit", report) else "reports.show"
        url = url_for(to, id=report.id) if report else url_for("projects.show", id=project.id)
        late = one.due_on < day.today
        rows.append(Row(
            _days(one.due_on, day.today)[0], _("Report on “%(name)s”", name=project.name), url,
            said[report.state if report else None], "late" if late else "soon",
            acts=((_("Finish the report") if report else _("Begin the report"), url, True),),
        ))
    count = day.count("reports")
    lede = ngettext("%(num)s report is due", "%(num)s reports are due", count)
    return Section("reports", _("Reports due"), rows, None, lede, count)


def _money(day: Day) -> Section:
    rows = [
        Row(
            _days(payment.due_on, day.today)[0],
            _("Payment %(n)s, %(sum)s", n=payment.ordinal, sum=money0(payment.left, payment.smeta.currency)),
            url_for("payments.show", project_id=payment.project_id), _about(payment.smeta), "late",
            acts=((_("Open the money"), url_for("payments.show", project_id=payment.project_id), False),),
        )
        for payment in day.rows("money")
    ]
    count = day.count("money")
    lede = ngettext("%(num)s payment is late", "%(num)s payments are late", count)
    more = (_("All payments"), url_for("payments.index")) if may(day.actor, "payment.view") else None
    return Section("money", _("Money"), rows, more, lede, count)

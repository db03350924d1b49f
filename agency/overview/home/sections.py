"""The sections of a day: what its rows say, and how the first line of the day speaks of them."""

from collections.abc import Callable
from datetime import date, datetime
from textwrap import shorten
from typing import Any

from flask import url_for

from agency.kit import clock
from agency.kit.policy import may
from agency.kit.words import _, day_short, lazy, money0, ngettext, quoted, when
from agency.kit.words import clock as wall_clock
from agency.overview.home import queries
from agency.overview.home.queries import Waits
from agency.overview.home.rows import Row, Section

ANSWERED = {
    "ready": lazy("Estimate %(number)s may go out"),
    "changes_requested": lazy("Estimate %(number)s: the client asks for changes"),
    "rejected": lazy("Estimate %(number)s: the client said no"),
}
# So much of a client's question stands in its row.
BEGINNING = 120
BEGUN = {"draft": lazy("draft"), "approved": lazy("ready to send")}


class Day:
    """What one person's day is made of: the first things of each kind, and how many there are of it."""

    def __init__(self, actor: Any, kinds: tuple[str, ...], most: int) -> None:
        self.actor, self.today = actor, clock.today()
        self.found = queries.waiting(actor, self.today, kinds, most)

    def rows(self, kind: str) -> list[Waits]:
        """The first things of a kind; none when this person is not asked for such."""
        return self.found.get(kind, [])

    def count(self, *kinds: str) -> int:
        """How many there are of some kinds together."""
        return sum(rows[0].total for kind in kinds if (rows := self.rows(kind)))


def _about(one: Waits) -> str:
    return f"{one.client}, {one.project}"


def _days(moment: datetime | date | None, today: date) -> tuple[str, str]:
    """How long ago as words, and its tone."""
    day = clock.local(moment).date() if isinstance(moment, datetime) else moment or today
    gone = (today - day).days
    if gone <= 0:
        return _("today"), ""
    if gone == 1:
        return _("yesterday"), ""
    return ngettext("%(num)s day", "%(num)s days", gone), "late" if gone > 3 else "soon"


def _row(one: Waits, title: str, url: str, act: Any = "", *, main: bool = True, **more: Any) -> Row:
    """A row of a thing of a project that leads to one page, with one thing to do there."""
    said: dict[str, Any] = {"about": _about(one), "department": one.department or "", **more}
    return Row(title=title, url=url, acts=((str(act), url, main),) if act else (), **said)


def _requests(day: Day) -> Section:
    now, act = clock.now(), _("Answer")
    rows = [
        _row(
            one, one.title, url_for("requests.show", id=one.id), act, when=_reply_by(one.at or now, now),
            tone="late" if one.at and one.at <= now else "soon", about=one.client or "",
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
    act = _("Warn the client")
    rows = [
        _row(
            one, one.title, url_for("promises.show", id=one.id), act, when=_days(one.due_on, day.today)[0],
            tone="late" if one.due_on and one.due_on < day.today else "soon", about=one.client or "",
        )
        for one in day.rows("promises")
    ]
    count = day.count("promises")
    lede = ngettext("%(num)s promise is due", "%(num)s promises are due", count)
    return Section("promises", _("Promised for today"), rows, None, lede, count)


def _questions(day: Day) -> Section:
    rows, act = [], _("Answer")
    for one in day.rows("questions"):
        ago, tone = _days(one.at, day.today)
        url = url_for("projects.show", id=one.project_id, _anchor="talk")
        words = quoted(shorten(one.title, BEGINNING, placeholder="…"))
        rows.append(_row(one, words, url, act, when=ago, tone=tone or "soon"))
    count = day.count("questions")
    lede = ngettext("%(num)s question waits for an answer", "%(num)s questions wait for an answer", count)
    return Section("questions", _("Questions of clients"), rows, None, lede, count)


def _inner(day: Day) -> Section:
    rows = [
        _row(
            one, _("Check the estimate %(number)s", number=one.title), url_for("smetas.show", id=one.id),
            _("Open the estimate"), when=_("now"), tone="soon",
        )
        for one in day.rows("inner")
    ]
    count = day.count("inner")
    lede = ngettext("%(num)s estimate waits for you", "%(num)s estimates wait for you", count)
    return Section("inner", _("Waits for your word"), rows, None, lede, count)


def _again(day: Day) -> Section:
    rows = [
        _row(
            one, _("Brief %(number)s came back", number=one.title), url_for("briefs.edit", id=one.id),
            _("Go on with the brief"), when=_days(one.at, day.today)[0], tone="soon",
        )
        for one in day.rows("again")
    ]
    rows += [
        _row(
            one, str(ANSWERED[one.state]) % {"number": one.title}, url_for("smetas.show", id=one.id),
            _("Open the estimate"), when=_days(one.at, day.today)[0] if one.at else _("now"), tone="soon",
        )
        for one in day.rows("answered")
    ]
    count = day.count("again", "answered")
    lede = ngettext("%(num)s paper is back with you", "%(num)s papers are back with you", count)
    return Section("again", _("Back with you"), rows, None, lede, count)


def _decisions(day: Day) -> Section:
    rows, today = [_brief(one, day.today) for one in day.rows("briefs")], day.today
    for one in day.rows("smetas"):
        ago, tone = _days(one.at, today)
        title = _("Estimate %(number)s, %(sum)s", number=one.title, sum=money0(one.amount, one.currency or ""))
        rows.append(_row(one, title, url_for("smetas.show", id=one.id), when=ago, tone=tone))
    rows += [_brief(one, today) for one in day.rows("issued")]
    count = day.count("briefs", "smetas", "issued")
    lede = ngettext("%(num)s decision is awaited", "%(num)s decisions are awaited", count)
    return Section("decisions", _("Decisions we wait for"), rows, None, lede, count)


def _brief(one: Waits, today: date) -> Row:
    ago, tone = _days(one.at, today)
    title, url = _("Brief %(number)s", number=one.title), url_for("briefs.show", id=one.id)
    return _row(one, title, url, when=ago, tone="" if one.department else tone)


def _briefs(day: Day) -> Section:
    rows = [
        _row(
            one, _("Brief %(number)s", number=one.title), url_for("briefs.show", id=one.id), _("Read and accept"),
            when=_days(one.at, day.today)[0], tone="soon",
        )
        for one in day.rows("issued")
    ]
    count = day.count("issued")
    lede = ngettext("%(num)s brief waits for your read-back", "%(num)s briefs wait for your read-back", count)
    return Section("briefs", _("Briefs to read"), rows, None, lede, count)


def _checks(day: Day) -> Section:
    rows = [
        _row(
            one, one.title, url_for("tasks.show", id=one.id), _("Check the work"),
            when=day_short(one.due_on) if one.due_on else "",
        )
        for one in day.rows("checks")
    ]
    count = day.count("checks")
    lede = ngettext("%(num)s version waits for a check", "%(num)s versions wait for a check", count)
    return Section("checks", _("To check"), rows, (_("Open the board"), url_for("board.show")), lede, count)


def _late(day: Day) -> Section:
    act = _("Open the task")
    rows = [
        _row(
            one, one.title, url_for("tasks.show", id=one.id), act, main=False, when=_days(one.due_on, day.today)[0],
            tone="late",
        )
        for one in day.rows("late")
    ]
    count = day.count("late")
    lede = ngettext("%(num)s task is overdue", "%(num)s tasks are overdue", count)
    return Section("late", _("Overdue work"), rows, None, lede, count)


def _reports(day: Day) -> Section:
    rows = []
    for one in day.rows("reports"):
        to = "reports.edit" if one.state == "draft" and may(day.actor, "report.edit", one) else "reports.show"
        url = url_for(to, id=one.id) if one.id else url_for("projects.show", id=one.project_id)
        late = one.due_on is not None and one.due_on < day.today
        rows.append(_row(
            one, _("Report on “%(name)s”", name=one.project), url,
            _("Finish the report") if one.id else _("Begin the report"),
            when=_days(one.due_on, day.today)[0], tone="late" if late else "soon",
            about=str(BEGUN[one.state]) if one.id else _("not begun"),
        ))
    count = day.count("reports")
    lede = ngettext("%(num)s report is due", "%(num)s reports are due", count)
    return Section("reports", _("Reports due"), rows, None, lede, count)


def _money(day: Day) -> Section:
    rows = [
        _row(
            one, _("Payment %(n)s, %(sum)s", n=one.title, sum=money0(one.amount, one.currency or "")),
            url_for("payments.show", project_id=one.project_id), _("Open the money"), main=False,
            when=_days(one.due_on, day.today)[0], tone="late",
        )
        for one in day.rows("money")
    ]
    count = day.count("money")
    lede = ngettext("%(num)s payment is late", "%(num)s payments are late", count)
    more = (_("All payments"), url_for("payments.index")) if may(day.actor, "payment.view") else None
    return Section("money", _("Money"), rows, more, lede, count)


SECTIONS: dict[str, Callable[[Day], Section]] = {
    "requests": _requests, "promises": _promises, "questions": _questions, "inner": _inner, "again": _again,
    "decisions": _decisions, "briefs": _briefs, "checks": _checks, "reports": _reports, "late": _late, "money": _money,
}

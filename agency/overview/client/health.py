"""How a client fares, in words: every reason that speaks against green, with its figure; pure."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from agency.flow.reports import lights
from agency.kit import clock
from agency.kit.words import _, day, money0, ngettext
from agency.overview.client.queries import PATIENCE
from agency.overview.client.standing import Standing

# Days after which nothing that hangs on a decision can hold.
LONG = 14
# Days after which an overdue payment needs a call (handbook, the ladder of receivables).
CALL = 7


@dataclass(frozen=True)
class Reason:
    """One measure: its key and name, what it says, and its tone; `short` is the whole story in a few words."""

    key: str
    title: str
    said: str
    tone: str
    short: str = ""


@dataclass(frozen=True)
class Health:
    """All measures, the darkest first to explain the tone."""

    reasons: tuple[Reason, ...]

    @property
    def tone(self) -> str:
        """The darkest tone of all."""
        return lights.worst([reason.tone for reason in self.reasons])

    @property
    def why(self) -> str:
        """The first reason of that tone, "" when all is well."""
        return next((one.short for one in self.reasons if one.tone == self.tone != "green"), "")


def of(now: Standing, today: date, known: Collection[str]) -> Health:
    """Judge a client's standing on a day by the measures that the reader may know."""
    found = (_decisions(now, today), _promises(now, today), _payments(now, today), _reports(now), _work(now))
    return Health(tuple(reason for reason in found if reason.key in known))


def _decisions(now: Standing, today: date) -> Reason:
    title = _("Client's decisions")
    if not now.decisions or now.decisions_since is None:
        return Reason("decisions", title, _("none is awaited"), "green")
    sent = clock.local(now.decisions_since).date()
    waits = (today - sent).days
    said = ngettext("%(num)s is awaited", "%(num)s are awaited", now.decisions)
    if waits <= PATIENCE:
        return Reason("decisions", title, _("%(count)s, since %(day)s", count=said, day=day(sent)), "green")
    late = ngettext("%(num)s day", "%(num)s days", waits)
    return Reason(
        "decisions", title, _("%(count)s, the oldest for %(days)s", count=said, days=late),
        "red" if waits > LONG else "amber", _("no decision for %(days)s", days=late),
    )


def _promises(now: Standing, today: date) -> Reason:
    title = _("Our promises")
    if not now.promises or now.promises_since is None:
        return Reason("promises", title, _("none is overdue"), "green")
    said = ngettext("%(num)s promise is overdue", "%(num)s promises are overdue", now.promises)
    return Reason(
        "promises", title, _("%(count)s, since %(day)s", count=said, day=day(now.promises_since)), "red", said,
    )


def _payments(now: Standing, today: date) -> Reason:
    title = _("Payments")
    late = {code: owed for code, owed in now.money.items() if owed.overdue}
    if not late:
        return Reason("payments", title, _("no debt"), "green")
    sums = ", ".join(money0(owed.overdue, code) for code, owed in late.items())
    since = min(owed.since for owed in late.values() if owed.since)
    gone = ngettext("%(num)s day", "%(num)s days", (today - since).days)
    return Reason(
        "payments", title, _("%(sum)s, overdue for %(days)s", sum=sums, days=gone),
        "red" if (today - since).days > CALL else "amber",
        _("debt for %(days)s", days=gone),
    )


def _reports(now: Standing) -> Reason:
    title = _("Last reports")
    if not now.reports:
        return Reason("reports", title, _("none is sent yet"), "green")
    if now.tone == "green":
        return Reason("reports", title, _("all on plan"), "green")
    dark = sum(tone == now.tone for _id, tone in now.reports)
    if now.tone == "red":
        said = ngettext("%(num)s says: in danger", "%(num)s say: in danger", dark)
    else:
        said = ngettext("%(num)s says: at risk", "%(num)s say: at risk", dark)
    short = _("the report says: in danger") if now.tone == "red" else _("the report says: at risk")
    return Reason("reports", title, said, now.tone, short)


def _work(now: Standing) -> Reason:
    title = _("Going work")
    if not now.late_work:
        return Reason("work", title, _("in time"), "green")
    said = ngettext("%(num)s task is overdue", "%(num)s tasks are overdue", now.late_work)
    return Reason("work", title, said, "amber", said)

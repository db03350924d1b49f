"""How a client fares: each measure's tone from its figures, and in words only what somebody is to read; pure."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from agency.flow.reports import lights
from agency.kit import clock
from agency.kit.words import Lazy, _, day, lazy, ngettext
from agency.overview.client.queries import PATIENCE
from agency.overview.client.standing import Standing

# Days after which nothing that hangs on a decision can hold.
LONG = 14
# Days after which an overdue payment needs a call (handbook, the ladder of receivables).
CALL = 7


class Reason(NamedTuple):
    """One measure as it is told: its name, what it says, and its tone."""

    title: Lazy
    said: str
    tone: str


@dataclass(frozen=True)
class Health:
    """A client's standing on a day, judged by the measures that the reader may know.

    `tones` are theirs by key, `tone` is the darkest of them.
    """

    now: Standing
    today: date
    tones: Mapping[str, str]
    tone: str

    @property
    def why(self) -> str:
        """The whole story in a few words, by the first measure of that tone; "" when all is well."""
        tone = self.tone
        dark = next((key for key, its in self.tones.items() if its == tone != "green"), None)
        return MEASURES[dark].short(self.now, self.today) if dark else ""

    @property
    def reasons(self) -> list[Reason]:
        """Every measure in words."""
        return [
            Reason(MEASURES[key].title, MEASURES[key].said(self.now, self.today, tone), tone)
            for key, tone in self.tones.items()
        ]


def of(now: Standing, today: date, known: Collection[str]) -> Health:
    """Judge a client's standing on a day by the measures that the reader may know."""
    tones = {key: one.tone(now, today) for key, one in MEASURES.items() if key in known}
    return Health(now, today, tones, lights.worst(list(tones.values())))


def _tone_of_decisions(now: Standing, today: date) -> str:
    if not now.decisions or (waits := _waits(now, today)) <= PATIENCE:
        return "green"
    return "red" if waits > LONG else "amber"


def _waits(now: Standing, today: date) -> int:
    """For how many days the oldest open decision has been waited for."""
    return (today - clock.local(now.decisions_since).date()).days if now.decisions_since else 0


def _decisions(now: Standing, today: date, tone: str) -> str:
    if not now.decisions or now.decisions_since is None:
        return _("none is awaited")
    said = ngettext("%(num)s is awaited", "%(num)s are awaited", now.decisions)
    if tone == "green":
        return _("%(count)s, since %(day)s", count=said, day=day(clock.local(now.decisions_since).date()))
    return _("%(count)s, the oldest for %(days)s", count=said, days=_days(_waits(now, today)))


def _no_decision(now: Standing, today: date) -> str:
    return _("no decision for %(days)s", days=_days(_waits(now, today)))


def _tone_of_promises(now: Standing, _today: date) -> str:
    return "red" if now.promises and now.promises_since else "green"


def _promises(now: Standing, today: date, tone: str) -> str:
    if tone == "green" or now.promises_since is None:
        return _("none is overdue")
    return _("%(count)s, since %(day)s", count=_broken(now, today), day=day(now.promises_since))


def _broken(now: Standing, _today: date) -> str:
    return ngettext("%(num)s promise is overdue", "%(num)s promises are overdue", now.promises)


def _tone_of_payments(now: Standing, today: date) -> str:
    if not now.debts:
        return "green"
    return "red" if _overdue(now, today) > CALL else "amber"


def _overdue(now: Standing, today: date) -> int:
    """For how many days the oldest payment has been overdue."""
    return (today - now.owes_since).days if now.owes_since else 0


def _payments(now: Standing, today: date, tone: str) -> str:
    if tone == "green":
        return _("no debt")
    return _("%(sum)s, overdue for %(days)s", sum=now.owes, days=_days(_overdue(now, today)))


def _debt(now: Standing, today: date) -> str:
    return _("debt for %(days)s", days=_days(_overdue(now, today)))


def _tone_of_reports(now: Standing, _today: date) -> str:
    return now.tone


def _reports(now: Standing, _today: date, tone: str) -> str:
    if not now.reports:
        return _("none is sent yet")
    if tone == "green":
        return _("all on plan")
    dark = sum(its == tone for _id, its in now.reports)
    if tone == "red":
        return ngettext("%(num)s says: in danger", "%(num)s say: in danger", dark)
    return ngettext("%(num)s says: at risk", "%(num)s say: at risk", dark)


def _report_says(now: Standing, _today: date) -> str:
    return _("the report says: in danger") if now.tone == "red" else _("the report says: at risk")


def _tone_of_work(now: Standing, _today: date) -> str:
    return "amber" if now.late_work else "green"


def _work(now: Standing, today: date, tone: str) -> str:
    return _("in time") if tone == "green" else _late(now, today)


def _late(now: Standing, _today: date) -> str:
    return ngettext("%(num)s task is overdue", "%(num)s tasks are overdue", now.late_work)


def _days(n: int) -> str:
    return ngettext("%(num)s day", "%(num)s days", n)


class Measure(NamedTuple):
    """How one thing is judged, and how it is told on the card and, in short, on the list."""

    title: Lazy
    tone: Callable[[Standing, date], str]
    said: Callable[[Standing, date, str], str]
    short: Callable[[Standing, date], str]


MEASURES: Mapping[str, Measure] = {
    "decisions": Measure(lazy("Client's decisions"), _tone_of_decisions, _decisions, _no_decision),
    "promises": Measure(lazy("Our promises"), _tone_of_promises, _promises, _broken),
    "payments": Measure(lazy("Payments"), _tone_of_payments, _payments, _debt),
    "reports": Measure(lazy("Last reports"), _tone_of_reports, _reports, _report_says),
    "work": Measure(lazy("Going work"), _tone_of_work, _work, _late),
}

"""The traffic lights of a report: each dimension with its reason (handbook section 6); pure."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from agency.flow.reports.worked import Burn, percent
from agency.kit.words import _, day, lazy_in, listed, money, ngettext
from agency.kit.words import percent as percents

DIMENSIONS = ("timing", "budget", "scope", "quality")
TONES = ("green", "amber", "red")
NAMES = {
    "timing": lazy_in("light", "Timing"),
    "budget": lazy_in("light", "Budget"),
    "scope": lazy_in("light", "Scope"),
    "quality": lazy_in("light", "Quality"),
}
WORDS = {
    "green": lazy_in("light", "on plan"),
    "amber": lazy_in("light", "at risk"),
    "red": lazy_in("light", "in danger"),
}

# Working days a stage may slip, and per cent points the work may run ahead, before the next colour.
SLIP, BURN, FAR_BURN = 3, 5, 10
# Working days the client's answer may be late before nothing can hold.
PATIENCE = 5
MANY_ROUNDS = 3


@dataclass(frozen=True)
class Milestone:
    """A stage as it was planned and is foreseen."""

    name: str
    planned_on: date
    forecast_on: date
    done_on: date | None = None


@dataclass(frozen=True)
class Situation:
    """What the lights are judged by; sums are in minor units and comparable with the budget."""

    on: date
    moved_by: Callable[[date, date], int]
    stages: Sequence[Milestone] = ()
    # What was promised and moved since the last report: its name, the old day and the new one.
    shifts: Sequence[tuple[str, date | None, date | None]] = ()
    burn: Burn | None = None
    agreed: int = 0
    offered: int = 0
    budget: int | None = None
    currency: str = "RUB"
    client_late: int = 0
    broken: int = 0
    over_rounds: Sequence[str] = ()
    additions: int = 0
    remarks: int = 0
    rounds: int = 1


@dataclass(frozen=True)
class Light:
    """A tone and why."""

    tone: str
    reason: str


def worst(tones: Sequence[str]) -> str:
    """The darkest of some tones; green of none."""
    return max(tones, key=TONES.index, default="green")


def judge(now: Situation) -> dict[str, Light]:
    """Every light of a report, its reasons in the language of the moment."""
    return {
        "timing": _pick(_timing(now)),
        "budget": _pick(_budget(now)),
        "scope": _pick(_scope(now)),
        "quality": _pick(_quality(now)),
    }


def shown(computed: str, chosen: str | None, comment: str) -> str:
    """The tone that counts: a worse one as chosen, a better one only with a comment."""
    if chosen not in TONES:
        return computed
    improves = TONES.index(chosen) < TONES.index(computed)
    return computed if improves and not comment.strip() else chosen


def improves(computed: str, chosen: str | None) -> bool:
    """Whether the chosen tone is better than the computed one."""
    return chosen in TONES and TONES.index(chosen) < TONES.index(computed)


def overall(lights: Mapping[str, Mapping[str, Any]]) -> str:
    """The tone of the whole report: its darkest light."""
    return worst([shown(row["tone"], row.get("chosen"), row.get("comment", "")) for row in lights.values()])


def _pick(found: list[Light]) -> Light:
    """All reasons of the darkest tone, in one line."""
    tone = worst([light.tone for light in found])
    return Light(tone, "; ".join(light.reason for light in found if light.tone == tone))


def _timing(now: Situation) -> list[Light]:
    plan = _plan(now)
    found = [plan, *(_shift(now, *shift, plan) for shift in now.shifts)]
    if now.client_late:
        late = ngettext(
            "your answer is %(num)s working day late",
            "your answer is %(num)s working days late",
            now.client_late,
        )
        found.append(Light("red" if now.client_late > PATIENCE else "amber", late))
    if now.broken:
        broken = ngettext("%(num)s promise was not kept", "%(num)s promises were not kept", now.broken)
        found.append(Light("amber", broken))
    return found


def _shift(now: Situation, title: str, was: date | None, becomes: date | None, plan: Light) -> Light:
    """A promised date that moved is a risk the client has heard of, even where the finish holds."""
    if was is None or becomes is None or becomes <= was:
        return Light("green", "")
    moved = _("“%(what)s” moves from %(was)s to %(day)s", what=title, was=day(was), day=day(becomes))
    return Light("amber", f"{moved}, {plan.reason}" if plan.tone == "green" and now.stages else moved)


def _plan(now: Situation) -> Light:
    ahead = [stage for stage in now.stages if stage.done_on is None]
    if not ahead:
        return Light("green", _("all stages are done") if now.stages else _("as agreed"))
    # A day that has passed without its stage being done is no forecast any more.
    slips = [(now.moved_by(stage.planned_on, max(stage.forecast_on, now.on)), stage) for stage in ahead]
    slip, stage = max(slips, key=lambda row: row[0])
    planned, finish = max(row.planned_on for row in now.stages), max(max(row.forecast_on, now.on) for row in ahead)
    if slip <= 0:
        return Light("green", _("the finish is %(day)s, as planned", day=day(planned)))
    moved = ngettext(
        "“%(stage)s” is %(num)s working day later",
        "“%(stage)s” is %(num)s working days later",
        slip,
        stage=stage.name,
    )
    end = (
        _("the finish %(day)s holds", day=day(planned))
        if finish <= planned
        else _("the finish moves from %(was)s to %(day)s", was=day(planned), day=day(finish))
    )
    return Light("red" if slip > SLIP else "amber", f"{moved}, {end}")


def _budget(now: Situation) -> list[Light]:
    found = [_burn(now)]
    together = now.agreed + now.offered
    if now.budget and together > now.budget:
        over = {"sum": money(together, now.currency), "over": money(together - now.budget, now.currency)}
        said = (
            _("with what is offered %(sum)s, %(over)s above the budget", **over)
            if now.offered
            else _("agreed for %(sum)s, %(over)s above the budget", **over)
        )
        found.append(Light("amber", said))
    return found


def _burn(now: Situation) -> Light:
    if now.burn is None or not now.agreed:
        return Light("green", _("nothing is spent yet"))
    ahead = now.burn.ahead
    tone = "red" if ahead > FAR_BURN else "amber" if ahead > BURN else "green"
    worked, planned = percents(percent(now.burn.worked)), percents(percent(now.burn.planned))
    return Light(tone, _("worked off %(worked)s, planned %(planned)s", worked=worked, planned=planned))


def _scope(now: Situation) -> list[Light]:
    if now.over_rounds:
        titles = listed([_("“%(title)s”", title=title) for title in now.over_rounds])
        return [Light("amber", _("more rounds of changes than agreed: %(titles)s", titles=titles))]
    if now.additions:
        agreed = ngettext("%(num)s addition agreed", "%(num)s additions agreed", now.additions)
        return [Light("green", agreed)]
    return [Light("green", _("as in the agreed estimate"))]


def _quality(now: Situation) -> list[Light]:
    if not now.remarks:
        return [Light("green", _("no remarks are open"))]
    open_ = ngettext("remarks are open in %(num)s work", "remarks are open in %(num)s works", now.remarks)
    if now.rounds >= MANY_ROUNDS:
        return [Light("amber", _("%(open)s, round %(n)s", open=open_, n=now.rounds))]
    return [Light("green", _("%(open)s, within the agreed rounds", open=open_))]

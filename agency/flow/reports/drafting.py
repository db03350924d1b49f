"""From raw material to a draft: lines, figures and the first sentence, in the language of the moment; pure."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Any

from agency.flow.reports import figures, lights, stages
from agency.flow.reports.material import Material, Moved, Offered, Person, Promised, Work
from agency.flow.reports.timeline import timeline
from agency.kit.words import _, called, day, lazy, ngettext

HORIZON = timedelta(days=14)
# How many lines of a section are ticked at first: the page is to be read in a minute.
TICKED = 8
LONG_REST = 4
FIRST = {"green": lazy("On plan"), "amber": lazy("At risk"), "red": lazy("In danger")}


def draft(material: Material) -> tuple[dict[str, Any], dict[str, lights.Light]]:
    """What facts say, section by section, and how the lights stand."""
    judged = lights.judge(situation(material))
    stage, needed = stages.stage_of(material), list(needed_lines(material))
    computed = {
        "stage": stage,
        "needed": needed,
        "done": _ticked(done_lines(material)),
        "next": _ticked(next_lines(material)),
        "moved": [moved_line(move) for move in material.moves],
        "risks": list(risk_lines(material)),
        "promises": [promise_line(promise) for promise in material.promises if _is_told(promise)],
        "promise_counts": _counts(material),
        "offers": [offer_line(offer, material.currency) for offer in material.offers],
        "money": figures.money_of(material),
        "timeline": timeline(material),
        "manager": person(material.manager),
        "deputy": person(material.deputy) if material.deputy else None,
        "next_on": material.next_on,
    }
    return computed, judged


def situation(material: Material) -> lights.Situation:
    """What the lights are judged by."""
    agreed, offered = figures.agreed(material), figures.offered(material)
    return lights.Situation(
        on=material.on,
        moved_by=material.calendar.working_days_between,
        stages=material.stages,
        shifts=[(move.title, move.was, move.becomes) for move in material.moves if move.warned_on],
        burn=figures.burn_of(material),
        agreed=sum(row.counts for row in agreed),
        offered=sum(row.counts for row in offered),
        budget=material.budget,
        currency=material.currency,
        client_late=max([material.own_late, *(ask.late for ask in material.asks)]),
        broken=material.broken,
        over_rounds=material.over_rounds,
        remarks=material.remarks,
        rounds=material.rounds,
        additions=sum(row.kind == "additional" for row in agreed),
    )


def verdict(tone: str, reason: str, stage: dict[str, Any] | None, asks: Sequence[date]) -> str:
    """The first sentence of the report: how it goes, where we are, what we wait for; `asks` are days of asks."""
    first = str(FIRST[tone])
    if tone != "green":
        first = _("%(tone)s: %(reason)s.", tone=first, reason=reason)
    if stage:
        where = {"n": stage["n"], "of": stage["of"], "name": stage["name"]}
        first = (
            _("On plan: stage %(n)s of %(of)s, “%(name)s”.", **where)
            if tone == "green"
            else first + " " + _("Stage %(n)s of %(of)s, “%(name)s”.", **where)
        )
    elif tone == "green":
        first += "."
    return f"{first} {_waited_for(asks)}"


def _waited_for(asks: Sequence[date]) -> str:
    if not asks:
        return _("Nothing is needed from you now.")
    return ngettext(
        "We wait for %(num)s answer from you, by %(day)s.",
        "We wait for %(num)s answers from you, the first by %(day)s.",
        len(asks),
        day=day(min(asks)),
    )


def done_lines(material: Material) -> Iterator[dict[str, Any]]:
    """Results since the last report: agreements, finished works, versions the client was shown."""
    for key, text in material.events:
        yield _line(key, text)
    for work in material.works:
        if work.fresh and work.state == "done":
            yield _line(f"task:{work.id}", work.title, work.department, hint=work.who)
        elif work.shown_fresh and not work.is_over:
            text = _("“%(title)s”: version %(n)s was shown to you", title=work.title, n=work.shown_n)
            yield _line(f"task:{work.id}", text, work.department, hint=work.who)


def next_lines(material: Material) -> list[dict[str, Any]]:
    """What comes within two weeks: works, promises, ends of stages, long rests; by day."""
    works = [work for work in material.works if _is_next(work, material.on)]
    told = {(work.id, work.due_on) for work in works}
    lines = [_line(f"task:{work.id}", work.title, work.department, on=work.due_on, hint=work.who) for work in works]
    lines += [
        _line(f"promise:{one.id}", one.words, on=one.due_on)
        for one in material.promises
        if one.state == "open" and _soon(one.due_on, material.on) and (one.task_id, one.due_on) not in told
    ]
    lines += [
        _line(f"stage:{stage.ordinal}", _("The stage “%(name)s” ends", name=stage.name), on=stage.forecast_on)
        for stage in material.stages
        if stage.done_on is None and _soon(stage.forecast_on, material.on)
    ]
    return sorted([*lines, *_rests(material)], key=lambda row: (row["on"], row["key"]))


def _rests(material: Material) -> Iterator[dict[str, Any]]:
    """Holidays that begin within the two weeks: the client should know when nobody answers."""
    at = material.on + timedelta(days=1)
    while at <= material.on + HORIZON:
        end = at
        while not material.calendar.is_working(end) and end < at + timedelta(days=30):
            end += timedelta(days=1)
        if (end - at).days >= LONG_REST:
            said = _("Days off until %(last)s, back on %(back)s", last=day(end - timedelta(days=1)), back=day(end))
            yield _line(f"rest:{at.isoformat()}", said, on=at)
        at = max(end, at) + timedelta(days=1)


def needed_lines(material: Material) -> Iterator[dict[str, Any]]:
    """What the client owes us, by day."""
    for ask in sorted(material.asks, key=lambda one: (one.by, one.key)):
        yield {**_line(ask.key, ask.text), "who": ask.who, "by": ask.by, "slips": ask.slips}


def risk_lines(material: Material) -> Iterator[dict[str, Any]]:
    """What stands still or is late by our side; the AM says what we do about it."""
    for work in material.works:
        if work.state == "blocked" and work.blocked_for != "client":
            text = _("“%(title)s” stands still", title=work.title)
        elif work.is_late:
            text = _("“%(title)s” was due on %(day)s and is not ready", title=work.title, day=day(work.due_on))
        else:
            continue
        yield {**_line(f"task:{work.id}", text, work.department), "action": "", "who": work.who, "by": None}


def moved_line(move: Moved) -> dict[str, Any]:
    """A date that moved: it cannot be left out, only explained."""
    return {
        "key": move.key, "text": move.title, "was": move.was, "becomes": move.becomes, "reason": move.reason,
        "warned_on": move.warned_on, "in_time": move.in_time,
    }  # fmt: skip


def offer_line(offer: Offered, currency: str) -> dict[str, Any]:
    """What we give in return: carried from report to report until it is given."""
    return {
        "key": f"offer:{offer.id}", "text": offer.words, "about": offer.about, "kind": offer.kind,
        "amount": offer.amount, "currency": currency, "given": offer.given,
    }  # fmt: skip


def promise_line(promise: Promised) -> dict[str, Any]:
    """A promise with its day and what became of it."""
    return {
        "key": f"promise:{promise.id}",
        "text": promise.words,
        "on": promise.due_on,
        "state": promise.state,
        "was": promise.moved_from,
        "warned_on": promise.warned_on,
        "in_time": promise.in_time,
    }


def person(one: Person) -> dict[str, str]:
    """A person to turn to."""
    return {"name": called(one), "phone": one.phone, "email": one.email}


def _line(key: str, text: str, department: str = "", on: date | None = None, hint: str = "") -> dict[str, Any]:
    return {"key": key, "text": text, "department": department, "on": on, "hint": hint, "off": False}


def _ticked(lines: Sequence[dict[str, Any]] | Iterator[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{**row, "off": place >= TICKED} for place, row in enumerate(lines)]


def _soon(due: date | None, on: date) -> bool:
    return due is not None and on < due <= on + HORIZON


def _is_next(work: Work, on: date) -> bool:
    return not work.is_over and work.state not in ("client_review", "blocked") and _soon(work.due_on, on)


def _is_told(promise: Promised) -> bool:
    return promise.state == "open" or promise.fresh


def _counts(material: Material) -> dict[str, int]:
    rows = material.promises
    return {
        "kept": sum(one.state == "kept" for one in rows),
        "open": sum(one.state == "open" for one in rows),
        "moved": sum(one.moved_from is not None for one in rows),
        "broken": sum(one.state == "broken" for one in rows),
    }

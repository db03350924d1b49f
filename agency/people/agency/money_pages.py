"""The pages of taxes with their days, of limits of approval, and of what a new estimate begins with."""

from decimal import Decimal
from typing import Any

from flask import request

from agency.kit import clock
from agency.kit.money import UnclearAmount, parse_scaled, to_major
from agency.kit.web import Room, actor, changed_meanwhile, choices, go, needs, page, refusals
from agency.kit.words import _, number
from agency.people.agency import queries, settling
from agency.people.agency.calendars import COUNTRIES
from agency.people.agency.forms import COUNTRY_NAMES, RATE_NAMES, TRIGGERS, EstimatesForm, LimitForm, RateForm
from agency.people.agency.models import ApprovalLimit

ESTIMATES = ("smeta.valid_days", "smeta.payments", "smeta.margin_goal")
ROWS = 4


def routes(room: Room) -> None:
    """Add the addresses of money."""
    both = ["GET", "POST"]
    room.add_url_rule("/taxes", "taxes", taxes, methods=both)
    room.add_url_rule("/limits", "limits", limits)
    room.add_url_rule("/limits/<int:id>", "limit", limit, methods=both)
    room.add_url_rule("/estimates", "estimates", estimates, methods=both)


def _status() -> int:
    return 422 if request.method == "POST" else 200


@needs("settings.edit")
def taxes() -> Any:
    """The rates of a country with their days, and a new one from a day on."""
    own = queries.default_entity()
    asked = request.args.get("country", own.country if own else "")
    country = asked if asked in COUNTRIES else COUNTRIES[0]
    form = RateForm(data={"since": clock.today()})
    if form.sent() and form.percent.amount is not None and form.since.data:
        with refusals(form) as outcome:
            settling.add_rate(country, form.code.data, form.percent.amount, form.since.data, by=actor())
        if outcome.ok:
            said = _("The rate is added. The one before it stays in the table.")
            return go("settings.taxes", country=country, said=said)
    return page(
        "settings/taxes.html", _status(), form=form, country=country, rows=queries.tax_table(country),
        today=clock.today(), names=RATE_NAMES, countries=[(code, COUNTRY_NAMES[code]) for code in COUNTRIES],
    )


@needs("settings.view")
def limits() -> Any:
    """Who decides alone up to what."""
    return page("settings/limits.html", rows=queries.limits())


@needs("settings.edit", of=queries.limit)
def limit(row: ApprovalLimit) -> Any:
    """Change one limit."""
    shown = _shown(row)
    form = LimitForm(data={"version": row.version, **shown})
    form.currency = row.currency
    if request.method == "POST" and (stale := changed_meanwhile(form, row, shown)):
        return stale
    if form.sent():
        with refusals(form) as outcome:
            settling.set_limit(
                row, by=actor(), max_gross=form.amount, max_discount=form.max_discount.amount or Decimal(0),
                min_margin=form.min_margin.amount or Decimal(0),
            )
        if outcome.ok:
            return go("settings.limits", said=_("The limit is saved."))
    return page("settings/limit.html", _status(), form=form, row=row)


def _shown(row: ApprovalLimit) -> dict[str, str]:
    gross = "" if row.max_gross is None else number(to_major(row.max_gross, row.currency))
    return {"max_discount": number(row.max_discount), "min_margin": number(row.min_margin), "max_gross": gross}


@needs("settings.edit")
def estimates() -> Any:
    """How long an estimate is good, how it is usually paid, what margin we aim at."""
    found, edition = queries.values(*ESTIMATES), queries.edition(*ESTIMATES)
    shown = {"valid_days": found[ESTIMATES[0]], "margin_goal": number(found[ESTIMATES[2]])}
    form, payments = EstimatesForm(data={"version": edition.version, **shown}), _payments(found[ESTIMATES[1]])
    wrong = ""
    if request.method == "POST":
        if stale := changed_meanwhile(form, edition, shown):
            return stale
        payments = [(request.form.get(f"part_{n}", ""), request.form.get(f"when_{n}", "")) for n in range(1, ROWS + 1)]
        split, wrong = _heard(payments)
        if form.sent() and not wrong and (answer := _keep(form, split)):
            return answer
    return page(
        "settings/estimates.html", _status(), form=form, payments=payments, wrong=wrong,
        triggers=choices(TRIGGERS.items()), coming=queries.coming(*ESTIMATES),
    )


def _keep(form: EstimatesForm, split: list[list[str]]) -> Any:
    goal = form.margin_goal.amount or Decimal(0)
    becomes = {"smeta.valid_days": form.valid_days.data, "smeta.payments": split, "smeta.margin_goal": _plain(goal)}
    with refusals(form) as outcome:
        settling.put_all(becomes, by=actor(), since=form.since.data)
    if not outcome.ok:
        return None
    return go("settings.estimates", said=_("Saved. Estimates that are there already stay as they are."))


def _plain(goal: Decimal) -> Any:
    return int(goal) if goal == int(goal) else str(goal)


def _payments(kept: Any) -> list[tuple[str, str]]:
    rows = [(str(part), str(when)) for part, when in kept][:ROWS]
    return rows + [("", "act")] * (ROWS - len(rows))


def _heard(payments: list[tuple[str, str]]) -> tuple[list[list[str]], str]:
    """The parts as they are kept, and what is wrong with them."""
    try:
        parts = [(parse_scaled(part), when) for part, when in payments if part.strip()]
    except UnclearAmount as error:
        return [], str(error)
    total = sum(part for part, _when in parts)
    if total != 100 or any(part <= 0 or when not in TRIGGERS for part, when in parts):
        return [], _("The parts make up 100 %% together; now it is %(sum)s %%.", sum=number(total))
    return [[f"{part:f}", when] for part, when in parts], ""

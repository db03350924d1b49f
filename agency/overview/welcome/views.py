"""The first run: four questions, each with an answer ready, then the first request."""

from typing import Any

from flask import redirect, request, url_for

from agency.kit import clock, words
from agency.kit.states import Refused
from agency.kit.web import Room, actor, go, needs, page, refusals
from agency.kit.words import percent
from agency.overview.welcome import inviting
from agency.overview.welcome.forms import CountryForm, LanguageForm, NameForm
from agency.people.accounts import operations as accounts
from agency.people.agency import operations, queries, settling
from agency.people.agency.models import OwnEntity

room = Room("welcome", __name__, at="/welcome")
MONEY = {"RU": "RUB", "CZ": "CZK", "PL": "PLN"}
STEPS = ("welcome.name", "welcome.country", "welcome.language", "welcome.people")


def _page(step: int, template: str, status: int = 200, **context: Any) -> Any:
    return page(f"welcome/{template}", status, step=step, steps=len(STEPS), later=_next(step), **context)


def _next(step: int) -> str:
    return url_for(STEPS[step] if step < len(STEPS) else "welcome.request")


def _status() -> int:
    return 422 if request.method == "POST" else 200


def _own() -> OwnEntity:
    found = queries.default_entity()
    if found is None:
        raise Refused(words.lazy("The agency has no legal entity yet. The administrator writes it in."))
    return found


@room.get("/")
@needs("settings.edit")
def begin() -> Any:
    """The first question."""
    return redirect(url_for(STEPS[0]), 302)


@room.route("/name", methods=["GET", "POST"])
@needs("settings.edit")
def name() -> Any:
    """How is the agency called?"""
    own = _own()
    # A fresh installation is called "Agency" until somebody says better.
    form = NameForm(data={} if own.brand == "Agency" else {"brand": own.brand, "name": own.name})
    if form.sent():
        brand = " ".join((form.brand.data or "").split())
        with refusals(form) as outcome:
            full = " ".join((form.name.data or "").split()) or brand
            operations.change_entity(own, by=actor(), brand=brand, name=full)
        if outcome.ok:
            return go(STEPS[1])
    return _page(1, "name.html", _status(), form=form)


@room.route("/country", methods=["GET", "POST"])
@needs("settings.edit")
def country() -> Any:
    """Where does it work? Currency, taxes, rounding and holidays follow."""
    own, today = _own(), clock.today()
    form = CountryForm(data={"country": own.country if own.country in MONEY else "RU"})
    if form.sent():
        chosen = form.country.data
        rounding = "per_line" if chosen == "RU" else "per_rate_total"
        operations.change_entity(own, by=actor(), country=chosen, currency=MONEY[chosen], rounding=rounding)
        return go(STEPS[2])
    rates = {code: percent(next(iter(queries.tax_rates(code, today)), None)) for code in MONEY}
    follows = {code: (money, rates[code]) for code, money in MONEY.items()}
    return _page(2, "country.html", _status(), form=form, follows=follows)


@room.route("/language", methods=["GET", "POST"])
@needs("settings.edit")
def language() -> Any:
    """Which language do pages and documents begin with?"""
    form = LanguageForm(data={"language": actor().language})
    if form.sent() and actor().person is not None:
        operations.change_entity(_own(), by=actor(), language=form.language.data)
        accounts.set_language(actor().person, form.language.data)
        return go(STEPS[3])
    return _page(3, "language.html", _status(), form=form)


@room.route("/people", methods=["GET", "POST"])
@needs("settings.edit")
def people() -> Any:
    """Who works here? Invited now, or later."""
    rows = [inviting.Row() for _row in range(inviting.ROWS)]
    roles = inviting.role_names()
    if request.method == "POST":
        rows = inviting.heard(request.form) or rows
        try:
            invited = inviting.invite(rows, by=actor())
        except Refused:
            return _page(4, "people.html", 422, rows=rows, roles=roles)
        _answered()
        return page("welcome/request.html", invited=invited)
    return _page(4, "people.html", rows=rows, roles=roles)


@room.route("/request", methods=["GET", "POST"], endpoint="request")
@needs("settings.edit")
def first_request() -> Any:
    """Everything is ready for the first request; pressing the button ends the first run."""
    if request.method == "POST":
        _answered()
        return go("requests.capture" if actor().has("owner", "account_manager") else "settings.index")
    return page("welcome/request.html", invited=[])


def _answered() -> None:
    if queries.value("first_run") is None:
        settling.put("first_run", clock.today().isoformat(), by=actor())

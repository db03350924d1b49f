"""The settings: one page that says how everything stands, and one page for each question."""

from typing import Any

from flask import url_for

from agency.kit import clock, journal, mail
from agency.kit.web import Room, needs, page
from agency.kit.words import Lazy, _, lazy, listed, ngettext, number, percent, pgettext
from agency.people.agency import (
    calendar_pages,
    entity_pages,
    money_pages,
    queries,
    rule_pages,
    stage_pages,
    stage_rows,
    telling,
)
from agency.people.agency.defaults import NAMES
from agency.people.agency.forms import COUNTRY_NAMES, LANGUAGE_NAMES

room = Room("settings", __name__, at="/settings")
for part in (entity_pages, money_pages, calendar_pages, rule_pages, stage_pages):
    part.routes(room)

Row = tuple[Lazy, str, str]


@room.get("/")
@needs("settings.view")
def index() -> Any:
    """Everything that may be set, with its present value in a sentence."""
    groups = ((lazy("The agency"), _agency()), (lazy("Money"), _money()), (lazy("Time and order"), _time()),
              (lazy("Letters and pages"), _pages()))  # fmt: skip
    return page("settings/index.html", groups=groups, is_new=_is_new())


def _is_new() -> bool:
    """Whether nobody answered the first questions of a fresh installation, which is called "Agency"."""
    own = queries.default_entity()
    return own is not None and own.brand == "Agency" and queries.value("first_run") is None


@room.get("/history")
@needs("settings.view")
def history() -> Any:
    """What was changed, by whom, from what to what."""
    facts = queries.changes()
    names = queries.names_of(fact.actor_id for fact in facts)
    rows = [_told(fact) | {"who": names.get(fact.actor_id or 0, "")} for fact in facts]
    return page("settings/history.html", rows=rows)


def _agency() -> list[Row]:
    own = queries.own_entities()
    return [
        (lazy("Legal entities"), listed([one.name for one in own]), url_for("settings.entities")),
        (lazy("Departments and heads"), _("who leads, and who answers new requests"), url_for("departments.index")),
        (lazy("People"), _("roles, invitations, last days"), url_for("accounts.people")),
        (lazy("Positions"), ngettext("%(num)s position", "%(num)s positions", len(queries.known_positions())),
         url_for("settings.positions")),
    ]  # fmt: skip


def _money() -> list[Row]:
    own, found = queries.default_entity(), queries.values("smeta.valid_days", "smeta.payments", "smeta.margin_goal")
    country = own.country if own else "RU"
    rates = listed([percent(rate) for rate in queries.tax_rates(country, clock.today())])
    limit = queries.limit_of("account_manager", own.currency if own else "RUB")
    limits = _("a manager gives up to %(discount)s and keeps a margin of %(margin)s",
               discount=percent(limit.max_discount), margin=percent(limit.min_margin)) if limit else ""
    split = "/".join(part for part, _when in found["smeta.payments"])
    days = ngettext("good for %(num)s day", "good for %(num)s days", found["smeta.valid_days"])
    return [
        (lazy("Taxes"), f"{COUNTRY_NAMES.get(country, country)}: {rates}", url_for("settings.taxes")),
        (lazy("Limits of approval"), limits, url_for("settings.limits")),
        (lazy("Estimates"), _("%(days)s, payments %(split)s", days=days, split=split), url_for("settings.estimates")),
    ]


def _time() -> list[Row]:
    calendar, minutes = queries.calendar(), queries.value("requests.reply_minutes")
    hours = f"{calendar.day_starts:%H:%M}–{calendar.day_ends:%H:%M}"
    rows = [str(queries.stages(key)["name"]) for key in stage_rows.ROWS]
    answer = _("an answer within %(minutes)s working minutes", minutes=number(minutes))
    return [
        (lazy("Working calendar"), f"{COUNTRY_NAMES[calendar.country]}, {hours}", url_for("settings.calendar")),
        (lazy("Answer to a request"), answer, url_for("settings.replies")),
        (lazy("Rows of stages"), listed(rows), url_for("settings.stages")),
        (lazy("Numbers"), _("of projects and requests"), url_for("settings.numbers")),
    ]


def _pages() -> list[Row]:
    found = queries.values("mail.sender_name", "languages")
    languages = listed([str(LANGUAGE_NAMES[code]) for code in found["languages"]])
    return [
        (lazy("Sender and signature"), found["mail.sender_name"] or mail.usual_name(), url_for("settings.mail")),
        (lazy("Languages of the pages"), languages, url_for("settings.languages")),
    ]


def _told(fact: journal.Fact) -> dict[str, Any]:
    key = fact.details.get("key", "")
    what = NAMES[key] if key in NAMES else fact.details.get("name", "")
    was, becomes = telling.change(fact.details)
    added = pgettext("setting", "added") if fact.verb == "own_entity.added" else ""
    return {"at": fact.at, "what": what, "about": telling.about(fact.details), "was": was, "becomes": becomes or added}

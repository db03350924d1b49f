"""Pages of single rules: time to an answer, sender and signature, languages, positions, numbers."""

from typing import Any

from flask import request

from agency.kit import clock, words
from agency.kit import mail as letters
from agency.kit.states import Refused
from agency.kit.web import Form, Room, actor, changed_meanwhile, go, needs, page, refusals
from agency.kit.words import _
from agency.people.agency import queries, settling
from agency.people.agency.forms import LANGUAGE_NAMES, MailForm, NumbersForm, PositionsForm, RepliesForm

MAIL = ("mail.sender_name", "mail.signature")


def routes(room: Room) -> None:
    """Add the addresses of single rules."""
    both = ["GET", "POST"]
    room.add_url_rule("/replies", "replies", replies, methods=both)
    room.add_url_rule("/mail", "mail", mail, methods=both)
    room.add_url_rule("/languages", "languages", languages, methods=both)
    room.add_url_rule("/positions", "positions", positions, methods=both)
    room.add_url_rule("/numbers", "numbers", numbers, methods=both)


def _status() -> int:
    return 422 if request.method == "POST" else 200


@needs("settings.edit")
def replies() -> Any:
    """How soon a request is answered."""
    key = "requests.reply_minutes"
    edition, shown = queries.edition(key), {"minutes": queries.value(key)}
    form = RepliesForm(data={"version": edition.version, **shown})
    if request.method == "POST" and (stale := changed_meanwhile(form, edition, shown)):
        return stale
    if form.sent():
        with refusals(form) as outcome:
            settling.put(key, form.minutes.data, by=actor(), since=form.since.data)
        if outcome.ok:
            return go("settings.index", said=_("Saved. Clocks that run already keep their time."))
    return page("settings/replies.html", _status(), form=form, coming=queries.coming(key))


@needs("settings.edit")
def mail() -> Any:
    """The name letters come from, and what stands under them."""
    edition, found = queries.edition(*MAIL), queries.values(*MAIL)
    shown = {"sender_name": found[MAIL[0]], "signature": found[MAIL[1]]}
    form = MailForm(data={"version": edition.version, **shown})
    if request.method == "POST" and (stale := changed_meanwhile(form, edition, shown)):
        return stale
    if form.sent():
        sender, signature = " ".join((form.sender_name.data or "").split()), (form.signature.data or "").strip()
        with refusals(form) as outcome:
            settling.put_all(dict(zip(MAIL, (sender, signature.replace("\r\n", "\n")), strict=True)), by=actor())
        if outcome.ok:
            return go("settings.index", said=_("Saved. The next letters are signed so."))
    return page("settings/mail.html", _status(), form=form, usual=letters.usual_name())


@needs("settings.edit")
def languages() -> Any:
    """In which languages the pages may be read."""
    form, chosen = Form(), queries.value("languages")
    if request.method == "POST":
        chosen = [code for code in words.OFFERED if code in request.form.getlist("language")]
        with refusals(form) as outcome:
            if not chosen:
                raise Refused(_("Leave one language at least."))
            settling.put("languages", chosen, by=actor())
        if outcome.ok:
            return go("settings.index", said=_("Saved. Whoever reads in another language keeps it."))
    names = [(code, LANGUAGE_NAMES[code]) for code in words.OFFERED]
    return page("settings/languages.html", _status(), form=form, chosen=chosen, names=names)


@needs("settings.edit")
def positions() -> Any:
    """Positions to choose from while a person is written in."""
    edition, shown = queries.edition("positions"), {"names": "\n".join(queries.known_positions())}
    form = PositionsForm(data={"version": edition.version, **shown})
    if request.method == "POST" and (stale := changed_meanwhile(form, edition, shown)):
        return stale
    if form.sent():
        names = dict.fromkeys(" ".join(name.split())[:120] for name in (form.names.data or "").splitlines())
        settling.put("positions", [name for name in names if name] or None, by=actor())
        return go("settings.index", said=_("The positions are saved."))
    return page("settings/positions.html", _status(), form=form)


@needs("settings.edit")
def numbers() -> Any:
    """With which numbers projects and requests go on."""
    year = clock.today().year
    series = {name: f"{name}:{year}" for name in ("project", "request")}
    form = NumbersForm(data={name: queries.last_number(row) + 1 for name, row in series.items()})
    if form.sent():
        with refusals(form) as outcome:
            for name, row in series.items():
                settling.set_next_number(row, form[name].data, by=actor(), field=name)
        if outcome.ok:
            return go("settings.numbers", said=_("Saved."))
    return page("settings/numbers.html", _status(), form=form, year=year)

"""The outbox: every mail with its state, one mail as it went out, and what a person decides."""

from typing import Any

from flask import Response, abort, g, make_response, request, url_for

from agency.attached.mails import operations, queries, reading
from agency.attached.mails.models import CAN_BE_CONFIRMED, CAN_BE_SENT_AGAIN, ICONS, NAMES, TONES
from agency.kit import policy
from agency.kit.mail import STATES, Mail
from agency.kit.web import Room, actor, go, needs, page, whole
from agency.kit.web.downloads import disposition
from agency.kit.words import _, lazy

room = Room("mails", __name__)

LENGTH = 50
# The letter is shown as it is, in a frame without scripts, forms, origin or any request to the outside.
FRAME = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'; "
    "sandbox allow-popups allow-popups-to-escape-sandbox"
)
VIEWS = {
    "": (lazy("All mails"), STATES),
    "care": (lazy("To look at"), queries.UNSETTLED),
    "waiting": (lazy("On the way"), ("ready", "handing_over")),
    "sent": (lazy("Gone out"), ("sent",)),
}


@room.context_processor
def _marks() -> dict[str, Any]:
    return {"state_names": NAMES, "state_tones": TONES, "state_icons": ICONS}


@room.get("")
@needs("mail.view")
def index() -> Any:
    """The mails, newest first."""
    chosen = request.args.get("show", "") if request.args.get("show", "") in VIEWS else ""
    before = request.args.get("before", type=whole)
    mails = queries.page_for(actor(), VIEWS[chosen][1], before, LENGTH + 1)
    older = url_for("mails.index", show=chosen or None, before=mails[LENGTH - 1].id) if len(mails) > LENGTH else ""
    choices = [
        {"label": label, "url": url_for("mails.index", show=key or None), "current": key == chosen}
        for key, (label, _states) in VIEWS.items()
    ]
    return page("mails/index.html", mails=mails[:LENGTH], choices=choices, older=older, chosen=chosen)


@room.get("/<int:mail_id>")
@needs("mail.view", of=queries.get)
def show(mail: Mail) -> Any:
    """One mail: its state, its bodies, its attachments."""
    g.shows_pdf = True
    mine = policy.may(actor(), "mail.settle", mail)
    return page(
        "mails/show.html",
        mail=mail,
        letter=reading.read(queries.content(mail)),
        again=mine and mail.state in CAN_BE_SENT_AGAIN,
        confirmable=mine and mail.state in CAN_BE_CONFIRMED,
    )


@room.get("/<int:mail_id>/letter")
@needs("mail.view", of=queries.get)
def letter(mail: Mail) -> Response:
    """The HTML body alone, for the frame."""
    html = reading.in_a_frame(reading.read(queries.content(mail)).html) or abort(404)
    response = make_response(html)
    response.headers["Content-Security-Policy"] = FRAME
    return response


@room.get("/<int:mail_id>/parts/<int:number>")
@needs("mail.view", of=queries.get_with_part)
def part(mail: Mail) -> Response:
    """One attachment, to be saved."""
    found = reading.read(queries.content(mail)).parts[(request.view_args or {})["number"]]
    response = make_response(found.content)
    response.mimetype = found.mime
    response.headers["Content-Disposition"] = disposition(found.name)
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


@room.post("/<int:mail_id>/attempts")
@needs("mail.settle", of=queries.get)
def send_again(mail: Mail) -> Any:
    """Send it once more."""
    operations.send_again(mail, by=actor())
    return go("mails.show", said=_("It goes out once more."), mail_id=mail.id)


@room.post("/<int:mail_id>/arrival")
@needs("mail.settle", of=queries.get)
def confirm(mail: Mail) -> Any:
    """Note that it arrived."""
    operations.confirm(mail, by=actor())
    return go("mails.show", said=_("Noted: it arrived."), mail_id=mail.id)

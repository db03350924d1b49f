"""Saying something about a record; the record's own page shows the talk."""

from typing import Any

from flask import redirect, url_for

from agency.attached.comments import operations, queries
from agency.attached.comments.forms import TalkForm
from agency.kit.web import Room, actor, fragment, inside, needs, page, refusals, said
from agency.kit.web.answers import wants_part
from agency.kit.words import _

room = Room("comments", __name__)


@room.post("/<kind>/<int:id>")
@needs("comment.write", of=queries.subject)
def write(record: Any) -> Any:
    """Write a remark and come back to where one was; a part of a page gets the talk again."""
    form = TalkForm(prefix="talk")
    back = inside(form.back.data, url_for("home.show"))
    with refusals(form) as answer:
        operations.write(record, form.words.data or "", actor(), "client" if form.shown.data else "inner")
    if wants_part():
        status, typed = (200, None) if answer.ok else (answer.status, form)
        talk = queries.of(record)
        return fragment("comments/_talk.html", status, talk_of=record, talk=talk, talk_back=back, talk_form=typed)
    if not answer.ok:
        return page("comments/again.html", answer.status, talk_of=record, talk_form=form, talk_back=back)
    said(_("Written."))
    return redirect(f"{back}#talk", 303)

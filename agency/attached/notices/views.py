"""The bell: what one should know, read one by one or all at once, and how one wants to be told."""

from typing import Any

from flask import request

from agency.attached.notices import operations, queries
from agency.attached.notices.forms import ChoiceForm
from agency.attached.notices.models import Notice
from agency.attached.notices.telling import told
from agency.kit.web import Room, actor, go, needs, page, refusals, whole
from agency.kit.words import _, ngettext

room = Room("notices", __name__)


@room.get("")
@needs("notice.view")
def index() -> Any:
    """The newest first; every one leads to what it is about."""
    unread, before = request.args.get("unread") == "1", request.args.get("before", 0, whole)
    found = queries.page_for(actor().id, unread, before)
    shown = found[: queries.PAGE]
    return page(
        "notices/index.html", news=told(shown), unread=unread, before=before, count=actor().unread,
        older=shown[-1].id if len(found) > queries.PAGE else 0, newest=shown[0].id if shown else 0,
    )


@room.post("/reading")
@needs("notice.view")
def read_all() -> Any:
    """Mark all as read, up to the newest one that was on the page."""
    count = operations.read_all(actor().id, request.form.get("until", 0, whole))
    return go("notices.index", said=ngettext("%(num)s notice is read.", "%(num)s notices are read.", count))


@room.post("/<int:id>/reading")
@needs("notice.view", of=queries.get)
def read(notice: Notice) -> Any:
    """Mark one as read, from the list or on the way to what it is about."""
    operations.read(notice)
    return ("", 204) if request.headers.get("X-Part") else go("notices.index")


@room.route("/choices", methods=["GET", "POST"])
@needs("notice.choose")
def choices() -> Any:
    """How one wants to be told."""
    form = ChoiceForm(obj=queries.choice_of(actor().id))
    if form.sent():
        with refusals(form) as answer:
            operations.choose(actor().person, by=actor(), **{name: form[name].data for name in form.data})
        if answer.ok:
            return go("notices.choices", said=_("Saved."))
    return page("notices/choices.html", 422 if request.method == "POST" else 200, form=form)

"""The steps of a smeta's life as pages' buttons: each is one POST of a thing."""

from typing import Any

from agency.attached.documents import operations as papers
from agency.flow.smetas import operations, queries
from agency.flow.smetas.forms import ReasonForm, SendForm
from agency.flow.smetas.models import Smeta
from agency.flow.smetas.room import room
from agency.flow.smetas.showing import shown
from agency.kit.web import OK, actor, attempt, go, needs, refusals
from agency.kit.words import _


@room.post("/<int:id>/submission")
@needs("smeta.submit", of=queries.get_whole)
def submit(smeta: Smeta) -> Any:
    """Ask an owner for a second look."""
    form = SendForm()
    if (status := attempt(form, lambda: operations.submit(smeta, by=actor()))) != OK:
        return shown(smeta, status, send_form=form)
    return go("smetas.show", id=smeta.id, said=_("The estimate waits for a second look."))


@room.post("/<int:id>/clearance")
@needs("smeta.clear", of=queries.get_whole)
def clear(smeta: Smeta) -> Any:
    """Let it go out."""
    form = SendForm()
    if (status := attempt(form, lambda: operations.clear(smeta, by=actor()))) != OK:
        return shown(smeta, status, send_form=form)
    return go("smetas.show", id=smeta.id, said=_("The estimate may be sent."))


@room.post("/<int:id>/return")
@needs("smeta.submit", of=queries.get_whole)
def bring_back(smeta: Smeta) -> Any:
    """Take it back to work, with a reason."""
    form = ReasonForm()
    if (status := attempt(form, lambda: operations.bring_back(smeta, form.reason.data, by=actor()))) != OK:
        return shown(smeta, status, reason_form=form)
    return go("smetas.edit", id=smeta.id, said=_("The estimate is back in work."))


@room.post("/<int:id>/sending")
@needs("smeta.send", of=queries.get_whole)
def send(smeta: Smeta) -> Any:
    """Seal it and hand it to the client."""
    form = SendForm()
    reason = form.without_brief.data or ""
    if (status := attempt(form, lambda: operations.send(smeta, by=actor(), without_brief=reason))) != OK:
        return shown(smeta, status, send_form=form)
    return go("smetas.show", id=smeta.id, said=_("The estimate is on its way to the client."))


@room.post("/<int:id>/withdrawal")
@needs("smeta.send", of=queries.get_whole)
def withdraw(smeta: Smeta) -> Any:
    """Take it back from the client."""
    operations.withdraw(smeta, by=actor())
    return go("smetas.show", id=smeta.id, said=_("The estimate is withdrawn. The client can no longer decide on it."))


@room.post("/<int:id>/expiry")
@needs("smeta.expire", of=queries.get_whole)
def expire(smeta: Smeta) -> Any:
    """End a version whose last day is over."""
    operations.expire(smeta, by=actor())
    return go("smetas.show", id=smeta.id, said=_("The estimate has expired. Make a new version to go on."))


@room.post("/<int:id>/versions")
@needs("smeta.create", of=queries.get_whole)
def new_version(smeta: Smeta) -> Any:
    """A draft made from this version."""
    form = SendForm()
    with refusals(form) as answer:
        copy = operations.new_version(smeta, by=actor())
        return go("smetas.edit", id=copy.id)
    return shown(smeta, answer.status, send_form=form)


@room.post("/<int:id>/additions")
@needs("smeta.create", of=queries.get_whole)
def add(smeta: Smeta) -> Any:
    """An additional estimate to the approved one."""
    form = SendForm()
    with refusals(form) as answer:
        extra = operations.additional(smeta, by=actor())
        return go("smetas.edit", id=extra.id)
    return shown(smeta, answer.status, send_form=form)


@room.post("/<int:id>/paper")
@needs("smeta.read", of=queries.get_whole)
def draw(smeta: Smeta) -> Any:
    """Ask for the PDF of the client's face; until the version is sent even that is for our eyes alone."""
    audience = "client" if smeta.sent_at else "inner"
    papers.want(smeta, "smeta", smeta.language, audience, actor(), version=smeta.n)
    return go("smetas.show", id=smeta.id, _anchor="papers")


@room.post("/<int:id>/inner-paper")
@needs("smeta.view_cost", of=queries.get_whole)
def draw_inner(smeta: Smeta) -> Any:
    """Ask for the PDF of the inner face."""
    papers.want(smeta, "smeta_inner", actor().language, "inner", actor(), version=smeta.n)
    return go("smetas.show", id=smeta.id, _anchor="papers")

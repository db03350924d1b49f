"""Pages of briefs: reading one, its moves, its versions and its paper."""

from typing import Any

from flask import url_for

from agency.attached.comments import queries as talks
from agency.attached.documents import queries as papers
from agency.flow.briefs import documents, editing, operations, queries, speech, splitting, standing
from agency.flow.briefs.forms import AcceptForm, ReturnForm
from agency.flow.briefs.models import Brief
from agency.flow.briefs.states import STATE_TONES, STATE_WORDS, moves_of
from agency.flow.briefs.tabs import tabs_of
from agency.flow.projects.models import Project
from agency.kit.policy import may
from agency.kit.states import Refused
from agency.kit.web import OK, Room, actor, attempt, go, needs, page
from agency.kit.words import _

room = Room("briefs", __name__)
editing.routes(room)
splitting.routes(room)


@room.get("/of-project/<int:project_id>")
@needs("project.view", of=queries.project)
def of_project(project: Project) -> Any:
    """The project's newest client brief, or the button that starts it."""
    newest = queries.newest(project.id)
    if newest is not None and may(actor(), "brief.view", newest):
        return go("briefs.show", id=newest.id)
    return page("briefs/none.html", project=project, may_open=may(actor(), "brief.edit", project))


@room.post("/of-project/<int:project_id>")
@needs("brief.edit", of=queries.project)
def start(project: Project) -> Any:
    """Begin the client brief, filled from the request."""
    brief = operations.open_for(project, by=actor())
    return go("briefs.edit", said=_("The brief has begun: what the request says is in it."), id=brief.id)


@room.get("/<int:id>")
@needs("brief.view", of=queries.to_read)
def show(brief: Brief) -> Any:
    """The brief as it is read."""
    return _read(brief)


def _read(brief: Brief, status: int = 200, accepting: Any = None, returning: Any = None, refusal: str = "") -> Any:
    versions, newest_of_all = queries.succession(brief), standing.of_project(brief.project_id)
    newest = versions[0] if versions else None
    return page(
        "briefs/show.html", status, brief=brief, project=brief.project, sections=speech.sections_of(brief),
        lede=documents.lede(brief), tabs=tabs_of(brief, actor(), newest_of_all), versions=versions,
        newest=newest if newest and newest.id != brief.id else None, paper=papers.latest(brief, "brief"),
        state_word=STATE_WORDS[brief.state], state_tone=STATE_TONES[brief.state], state_words=STATE_WORDS,
        moves={move.verb for move in moves_of(brief).open_to(brief, actor())}, refusal=refusal,
        readiness=queries.readiness_of(brief), departments=newest_of_all,
        may_edit=may(actor(), "brief.edit", brief), may_split=may(actor(), "brief.issue", brief),
        is_stale=_is_stale(brief), given=[] if brief.is_of_client else queries.handed_over(brief),
        accepting=accepting or AcceptForm(), returning=returning or ReturnForm(),
        talk_of=brief, talk=talks.of(brief), talk_back=url_for("briefs.show", id=brief.id),
    )


def _is_stale(brief: Brief) -> bool:
    """Whether the client has approved a newer brief than the one a department's draft was split from."""
    if brief.is_of_client or not brief.is_draft:
        return False
    source = queries.approved(brief.project_id)
    return source is not None and source.id != brief.source_id


@room.post("/<int:id>/sending")
@needs("brief.send", of=queries.get)
def send(brief: Brief) -> Any:
    """Send the client brief, or issue a department's; with gaps the page lists them."""
    try:
        if brief.is_of_client:
            operations.send(brief, by=actor())
        else:
            operations.issue(brief, by=actor())
    except Refused as refusal:
        if refusal.status == 409:
            raise
        return editing.write_page(brief, 422, gaps=queries.readiness_of(brief).missing)
    sent = _("Sent. The client gets a letter with a link.")
    issued = _("Issued. The head of the department answers how the task was understood.")
    return go("briefs.show", said=sent if brief.is_of_client else issued, id=brief.id)


@room.post("/<int:id>/withdrawal")
@needs("brief.send", of=queries.get)
def withdraw(brief: Brief) -> Any:
    """Take a sent brief back."""
    operations.withdraw(brief, by=actor())
    return go("briefs.show", said=_("Withdrawn. The client no longer sees it."), id=brief.id)


@room.post("/<int:id>/versions")
@needs("brief.edit", of=queries.get)
def revise(brief: Brief) -> Any:
    """Open the next version."""
    fresh = operations.revise(brief, by=actor())
    return go("briefs.edit", said=_("Version %(n)s is open, with the same words.", n=fresh.n), id=fresh.id)


@room.post("/<int:id>/acceptance")
@needs("brief.accept", of=queries.get)
def accept(brief: Brief) -> Any:
    """The head accepts and says how the task was understood."""
    form = AcceptForm()
    if (status := attempt(form, lambda: operations.accept(brief, form.read_back.data or "", by=actor()))) != OK:
        return _read(brief, status, accepting=form)
    return go("briefs.show", said=_("Accepted. The manager sees how you understood the task."), id=brief.id)


@room.post("/<int:id>/return")
@needs("brief.accept", of=queries.get)
def hand_back(brief: Brief) -> Any:
    """The head returns the brief with a reason."""
    form = ReturnForm()
    if (status := attempt(form, lambda: operations.hand_back(brief, form.reason.data or "", by=actor()))) != OK:
        return _read(brief, status, returning=form)
    return go("briefs.show", said=_("Returned. The manager gets a new draft with your words."), id=brief.id)


@room.post("/<int:id>/documents")
@needs("brief.view", of=queries.get)
def draw(brief: Brief) -> Any:
    """Want the paper of the brief as it is now."""
    operations.draw(brief, by=actor())
    return go("briefs.show", id=brief.id, _anchor="paper")

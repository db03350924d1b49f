"""The client's page of a brief: read like a document, approved under a typed name, or returned with words."""

from typing import Any

from agency.attached.approvals import operations as approvals
from agency.attached.approvals.models import APPROVED
from agency.attached.documents import queries as documents
from agency.entrypoints.portal import deciding
from agency.entrypoints.portal.forms import SayWords, SayYes
from agency.entrypoints.portal.ways import Way
from agency.flow.briefs import operations
from agency.flow.briefs import queries as briefs
from agency.flow.briefs.models import Brief
from agency.kit.web import Room, actor, needs, page
from agency.kit.words import lazy

AT = "/portal/projects/<int:project_id>/briefs/<int:id>"


def routes(room: Room) -> None:
    """Add the page of a brief and its two answers."""
    room.add_url_rule(AT, "brief", show)
    room.add_url_rule(f"{AT}/approval", "approve_brief", approve, methods=["POST"])
    room.add_url_rule(f"{AT}/return", "return_brief", give_back, methods=["POST"])


def find(project_id: int, id: int) -> Brief | None:
    """A client brief of a project."""
    found = briefs.get(id)
    return found if found is not None and found.project_id == project_id and found.department is None else None


@needs("portal.view", of=find)
def show(brief: Brief) -> Any:
    """The version that was sent."""
    return page_of(brief)


@needs("brief.approve", of=find)
def approve(brief: Brief) -> Any:
    """A yes to exactly what was shown; pressed twice it is one yes."""
    form = SayYes(prefix="yes-")
    seen, back = form.seen.data or "", Way().to("brief", brief.project_id, brief.id)

    def act() -> None:
        if not (brief.state == "approved" and brief.decided_by_id == actor().id and seen == brief.content_hash):
            operations.approve(brief, seen, form.typed_name.data or "", by=deciding.decider(brief))

    thanks = lazy("Thank you: the brief is approved. We go on to the estimate.")
    return deciding.hear(form, act, back, thanks, _again(brief.project_id, brief.id, "yes"))


@needs("brief.return", of=find)
def give_back(brief: Brief) -> Any:
    """Words instead of a yes; a new version will answer them."""
    form = SayWords(prefix="no-")
    seen, back = form.seen.data or "", Way().to("brief", brief.project_id, brief.id)

    def act() -> None:
        who = deciding.decider(brief)
        operations.give_back(brief, form.words.data or "", by=who, seen=seen or "-", typed_name=who.name)

    thanks = lazy("Thank you: your words are with the manager. A new version comes by mail.")
    return deciding.hear(form, act, back, thanks, _again(brief.project_id, brief.id, "no"))


def _again(project_id: int, id: int, which: str) -> Any:
    def show_again(form: Any, status: int) -> Any:
        newest = briefs.newest_shown(project_id) if status == 409 else None
        return page_of(newest or briefs.get(id), status=status, **{which: form})

    return show_again


def page_of(brief: Any, way: Way | None = None, status: int = 200, **forms: Any) -> Any:
    """The page of a version, with the forms as they were sent or fresh."""
    way = way or Way()
    return page(
        "portal/brief.html", status, project=brief.project, brief=brief, face=briefs.client_face(brief), way=way,
        manager=brief.project.manager, client_name=brief.project.client.name,
        yes=forms.get("yes") or SayYes(prefix="yes-"), no=forms.get("no") or SayWords(prefix="no-"),
        decider=deciding.who_decides(brief, "brief.approve"), paper=documents.latest_ready(brief, "brief", "client"),
        versions=briefs.shown_to_client(brief.project_id), changed=status == 409, signed=_signed(brief),
        opening=way.opening("brief", brief.id) if actor().kind == "contact" else "",
    )


def _signed(brief: Any) -> str:
    """Who approved, and of a deputy for whom."""
    return next((kept.signed for kept in approvals.evidence_of(brief) if kept.decision == APPROVED), "")

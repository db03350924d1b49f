"""The client's page of an estimate: the client's face alone, a yes under a typed name, a change or a no."""

from typing import Any

from agency.attached.approvals.models import APPROVED
from agency.attached.documents import queries as documents
from agency.entrypoints.portal import deciding, decisions
from agency.entrypoints.portal.forms import SayNo, SayWords, SayYes
from agency.entrypoints.portal.ways import Way
from agency.flow.smetas import operations, tables
from agency.flow.smetas import queries as smetas
from agency.flow.smetas.models import Smeta
from agency.flow.smetas.naming import TRIGGER_NAMES
from agency.kit.web import Room, actor, exports, needs, page
from agency.kit.words import lazy

AT = "/portal/projects/<int:project_id>/smetas/<int:id>"


def routes(room: Room) -> None:
    """Add the page of an estimate and its three answers."""
    room.add_url_rule(AT, "smeta", show)
    room.add_url_rule(f"{AT}/table", "smeta_table", needs("portal.view", of=find)(exports(tables.for_client)))
    room.add_url_rule(f"{AT}/approval", "approve_smeta", approve, methods=["POST"])
    room.add_url_rule(f"{AT}/rejection", "reject_smeta", reject, methods=["POST"])
    room.add_url_rule(f"{AT}/changes", "change_smeta", ask_changes, methods=["POST"])


def find(project_id: int, id: int) -> Smeta | None:
    """An estimate of a project, with its lines."""
    found = smetas.get_whole(id)
    return found if found is not None and found.project_id == project_id else None


@needs("portal.view", of=find)
def show(smeta: Smeta) -> Any:
    """The version that was sent."""
    return page_of(smeta)


@needs("smeta.approve", of=find)
def approve(smeta: Smeta) -> Any:
    """A yes to exactly what was shown; pressed twice it is one yes."""
    form = SayYes(prefix="yes-")

    def act() -> None:
        who, seen = deciding.decider(smeta), form.seen.data or ""
        operations.approve(smeta, by=who, seen=seen, typed_name=form.typed_name.data or "")

    return _hear(smeta, form, act, "yes", lazy("Thank you: the estimate is agreed. The work begins."))


@needs("smeta.decline", of=find)
def reject(smeta: Smeta) -> Any:
    """A no with its reason."""
    form = SayNo(prefix="no-")

    def act() -> None:
        operations.reject(smeta, form.reason.data or "", by=deciding.decider(smeta), seen=form.seen.data or "")

    return _hear(smeta, form, act, "no", lazy("Understood. Your reason is with the manager."))


@needs("smeta.decline", of=find)
def ask_changes(smeta: Smeta) -> Any:
    """What should be otherwise; a new version will answer it."""
    form = SayWords(prefix="change-")

    def act() -> None:
        operations.ask_changes(smeta, form.words.data or "", by=deciding.decider(smeta), seen=form.seen.data or "")

    thanks = lazy("Thank you: your words are with the manager. A new version comes by mail.")
    return _hear(smeta, form, act, "change", thanks)


def _hear(smeta: Smeta, form: Any, act: deciding.Act, which: str, thanks: Any) -> Any:
    project_id, id, client_id = smeta.project_id, smeta.id, smeta.client_id

    def again(form: Any, status: int) -> Any:
        shown = smetas.shown_to([client_id], project_id) if status == 409 else []
        newest = next((row for row in shown if row.state == "sent"), None)
        found = newest or smetas.get_whole(id)
        return page_of(found, status=status, **{which: form})

    return deciding.hear(form, act, Way().to("smeta", project_id, id), thanks, again)


def page_of(smeta: Any, way: Way | None = None, status: int = 200, **forms: Any) -> Any:
    """The page of a version, with the forms as they were sent or fresh."""
    way, face = way or Way(), smetas.client_face(smeta)
    return page(
        "portal/smeta.html", status, project=smeta.project, smeta=smeta, face=face, way=way,
        manager=smeta.project.manager, client_name=smeta.project.client.name, trigger_names=TRIGGER_NAMES,
        yes=forms.get("yes") or SayYes(prefix="yes-"), no=forms.get("no") or SayNo(prefix="no-"),
        change=forms.get("change") or SayWords(prefix="change-"), parts=decisions.parts(face),
        sentence=decisions.in_a_sentence(face), decider=deciding.who_decides(smeta, "smeta.approve"),
        paper=documents.latest_ready(smeta, "smeta", "client"), changed=status == 409,
        evidence=smetas.decision_on(smeta, APPROVED),
        paid={row.ordinal: row.paid_on for row in smeta.payments if not row.left},
        versions=smetas.shown_to([smeta.client_id], smeta.project_id),
        opening=way.opening("smeta", smeta.id) if actor().kind == "contact" else "",
    )

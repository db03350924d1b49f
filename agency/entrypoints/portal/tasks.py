"""The client's page of a handed-over version: its files, a yes, or one list of what to change."""

from typing import Any

from flask import abort

from agency.entrypoints.portal import deciding, queries
from agency.entrypoints.portal.forms import SayWords, SayYes
from agency.entrypoints.portal.ways import Way
from agency.flow.tasks import face, operations
from agency.flow.tasks import queries as tasks
from agency.flow.tasks.models import Task
from agency.kit.web import Room, actor, needs, page
from agency.kit.words import lazy

AT = "/portal/projects/<int:project_id>/tasks/<int:id>"


def routes(room: Room) -> None:
    """Add the page of a version and its two answers."""
    room.add_url_rule(AT, "task", show)
    room.add_url_rule(f"{AT}/acceptance", "accept_task", accept, methods=["POST"])
    room.add_url_rule(f"{AT}/return", "return_task", give_back, methods=["POST"])


def find(project_id: int, id: int) -> Task | None:
    """A task of a project that has come as far as its client's eyes."""
    found = queries.of_project("task", project_id, id)
    return found if found is not None and face.one([found.client_id], id) is not None else None


@needs("portal.view", of=find)
def show(task: Task) -> Any:
    """The newest version that was shown."""
    return page_of(task)


@needs("task.accept", of=find)
def accept(task: Task) -> Any:
    """A yes to exactly the version that was shown; pressed twice it is one yes."""
    form = SayYes(prefix="yes-")
    seen, last = form.seen.data or "", task.last_delivery

    def act() -> None:
        said = last is not None and last.verdict == "accepted" and last.content_hash == seen
        if not (said and task.state == "done"):
            operations.accept(task, deciding.decider(task), seen=seen, typed_name=form.typed_name.data or "")

    return _hear(task, form, act, "yes", lazy("Thank you: the version is accepted."))


@needs("task.accept", of=find)
def give_back(task: Task) -> Any:
    """One list of everything that should change."""
    form = SayWords(prefix="no-")

    def act() -> None:
        operations.send_back_by_client(task, deciding.decider(task), [form.words.data or ""], seen=form.seen.data or "")

    return _hear(task, form, act, "no", lazy("Thank you: the list is with the team. The next version comes by mail."))


def _hear(task: Task, form: Any, act: deciding.Act, which: str, thanks: Any) -> Any:
    project_id, id = task.project_id, task.id

    def again(form: Any, status: int) -> Any:
        return page_of(tasks.get(id), status=status, **{which: form})

    return deciding.hear(form, act, Way().to("task", project_id, id), thanks, again)


def page_of(task: Any, way: Way | None = None, status: int = 200, **forms: Any) -> Any:
    """The page of a version, with the forms as they were sent or fresh."""
    way, shown = way or Way(), face.one([task.client_id], task.id)
    if shown is None:
        abort(404)
    return page(
        "portal/task.html", status, project=task.project, task=shown, way=way, manager=task.project.manager,
        client_name=task.project.client.name, yes=forms.get("yes") or SayYes(prefix="yes-"),
        no=forms.get("no") or SayWords(prefix="no-"), decider=deciding.who_decides(task, "task.accept"),
        changed=status == 409, opening=way.opening("task", task.id) if actor().kind == "contact" else "",
    )

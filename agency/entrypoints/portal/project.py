"""The client's page of a project: one decision on top, then where it stands, what is next, papers, files, talk."""

from datetime import date, timedelta
from typing import Any

from agency.attached.comments import operations as comments
from agency.attached.files import operations as files
from agency.entrypoints.portal import deciding, decisions, line, queries
from agency.entrypoints.portal.forms import AskQuestion, SendFiles
from agency.entrypoints.portal.shown import Shown
from agency.entrypoints.portal.ways import Way
from agency.flow.projects.models import Project
from agency.flow.reports import queries as reports
from agency.flow.smetas.naming import TRIGGER_NAMES
from agency.kit import clock
from agency.kit.db import db
from agency.kit.policy import may
from agency.kit.states import Refused
from agency.kit.web import Room, actor, needs, page, uploads
from agency.kit.words import lazy

AT = "/portal/projects/<int:id>"
LATELY = timedelta(days=14)
AHEAD = 6
CHOOSE = lazy("Choose at least one file.")


def routes(room: Room) -> None:
    """Add the page of a project, a question to the manager, and files for us."""
    room.add_url_rule(AT, "project", show)
    room.add_url_rule(f"{AT}/questions", "question", question, methods=["POST"])
    room.add_url_rule(f"{AT}/files", "upload", upload, methods=["POST"])


@needs("portal.view", of=queries.project)
def show(project: Project) -> Any:
    """Where it stands, what is next, what we wait for from them."""
    return page_of(project)


@needs("comment.write", of=queries.project)
def question(project: Project) -> Any:
    """A question to the manager, who gets it by mail."""
    form = AskQuestion(prefix="ask-")

    def act() -> None:
        comments.write(project, form.words.data or "", actor(), "client")

    thanks = lazy("Your question is with the manager. The answer comes here and by mail.")
    return _hear(project, form, act, "#talk", "ask", thanks)


@needs("file.add", of=queries.project)
def upload(project: Project) -> Any:
    """Files from the client."""
    form = SendFiles(prefix="send-")

    def act() -> None:
        brought = uploads("send-files")
        if not brought:
            raise Refused(CHOOSE, "files")
        files.attach_all(brought, project, actor(), audience="client")

    return _hear(project, form, act, "#files", "send", lazy("Thank you, the files have arrived."))


def _hear(project: Project, form: Any, act: deciding.Act, at: str, which: str, thanks: Any) -> Any:
    id = project.id

    def again(form: Any, status: int) -> Any:
        return page_of(db.session.get(Project, id), status=status, **{which: form})

    return deciding.hear(form, act, Way().project(id) + at, thanks, again)


def page_of(project: Any, way: Way | None = None, status: int = 200, **forms: Any) -> Any:
    """The page of a project as its client sees it."""
    way, who = way or Way(), actor()
    shown = Shown(project, {project.client_id})
    asked, stations = decisions.waiting(shown, way), line.stations(shown, way)
    return page(
        "portal/project.html", status, project=project, shown=shown, way=way, manager=project.manager,
        client_name=project.client.name, reader=way.reader or (who if who.kind == "contact" else None),
        decision=next(iter(asked), None), more=asked[1:], stations=stations,
        line_tracks=line.tracks(shown), now_words=line.now(stations), stage=project.current_stage,
        done=done_lately(shown), coming=coming(shown), today=clock.today(), light=_light(shown),
        ask=forms.get("ask") or AskQuestion(prefix="ask-"), send=forms.get("send") or SendFiles(prefix="send-"),
        may_ask=way.preview or may(who, "comment.write", project), weekday=line.reported(project),
        may_send=way.preview or may(who, "file.add", project), promises_kept=_kept(shown),
        opening=way.opening("project", project.id) if who.kind == "contact" else "", decider=_decider(shown),
        report_light=reports.tone_of, trigger_names=TRIGGER_NAMES,
    )


def done_lately(shown: Shown) -> list[tuple[date, str]]:
    """Public tasks and stages of the last two weeks, the newest first."""
    since = clock.today() - LATELY
    found = [(clock.local(task.done_at).date(), task.title) for task in shown.tasks if task.done_at]
    found += [(stage.done_on, stage.name) for stage in shown.project.stages if stage.done_on]
    return sorted((row for row in found if row[0] >= since), reverse=True)


def coming(shown: Shown) -> list[tuple[date, str]]:
    """What comes next and when: tasks with a day, and the end of each stage ahead."""
    found = [(task.due_on, task.title) for task in shown.tasks if task.state != "done" and task.due_on]
    found += [(stage.forecast_on, stage.name) for stage in shown.project.stages if stage.done_on is None]
    return sorted(row for row in found if row[0] >= clock.today())[:AHEAD]


def _light(shown: Shown) -> str:
    newest = next(iter(shown.reports), None)
    return reports.tone_of(newest) if newest is not None else ""


def _kept(shown: Shown) -> int:
    return sum(promise.state == "kept" for promise in shown.promises)


def _decider(shown: Shown) -> str:
    waits: Any = next((row for row in (*shown.briefs, *shown.smetas) if row.state == "sent"), None)
    return deciding.who_decides(waits, f"{waits.KIND}.approve") if waits is not None else ""

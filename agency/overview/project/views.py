"""The project page: where it stands, what is next, who works, what was promised, what happened."""

from datetime import timedelta
from typing import Any

from flask import current_app, request, url_for

from agency.attached.comments import queries as comments
from agency.attached.promises import operations as promise_operations
from agency.attached.promises import queries as promises
from agency.attached.promises.forms import PromiseForm
from agency.flow.projects.models import Project
from agency.kit import clock
from agency.kit.policy import may
from agency.kit.web import Room, actor, go, needs, page, refusals
from agency.kit.words import _, lazy
from agency.overview.project import line, listing, next_step, queries, tables
from agency.people.clients import queries as clients

room = Room("projects", __name__)
listing.routes(room)
tables.routes(room)


@room.get("/<int:id>")
@needs("project.view", of=queries.get)
def show(project: Project) -> Any:
    """One look answers where, next, at risk why, and money."""
    return _show(project, PromiseForm(data={"due_on": clock.today() + timedelta(days=1)}))


@room.post("/<int:id>/promises")
@needs("promise.make", of=queries.get)
def promise(project: Project) -> Any:
    """Write down what we promise the client."""
    form = PromiseForm()
    if form.sent():
        with refusals(form) as answer:
            to = next(iter(clients.approvers(project.client_id)), None)
            promise_operations.make(
                project, form.words.data, form.due_on.data, by=actor(), to=to.person if to else None,
            )
        if answer.ok:
            return go("projects.show", id=project.id, said=_("The promise is written down."))
    return _show(project, form, 422)


class _Money:
    """What was agreed and paid, in minor units; `over` is how much that exceeds the client's budget."""

    def __init__(self, project: Project, found: line.Progress) -> None:
        self.agreed, self.paid, self.budget = found.agreed, found.paid, project.budget
        self.currency = project.currency
        self.over = max(0, found.agreed - project.budget) if project.budget else 0


def _show(project: Project, form: PromiseForm, status: int = 200) -> Any:
    found = line.progress_of(project.id)
    who = actor()
    sees_money, leads = may(who, "smeta.view", project), may(who, "project.lead", project)
    return page(
        "projects/show.html", status, project=project, found=found, promise_form=form, leads=leads,
        stations=line.stations(project, found, who), line_tracks=line.tracks(found),
        step=next_step.of(project, found) if leads else None,
        departments=queries.tracks(project.id), wanted=queries.requirements(project.id),
        threads=may(who, "requirement.view", project),
        promises=promises.of_project(project.id) if may(who, "promise.view", project) else [],
        papers=queries.papers(project.id), money=_Money(project, found) if sees_money else None,
        client_talk=comments.of(project, "client") if may(who, "comment.view", project) else [],
        today=clock.today(), state_chip=STATES[project.state], project_links=_links(project), **_journal(project),
    )


def _journal(project: Project) -> dict[str, Any]:
    only, everything = request.args.get("journal", ""), bool(request.args.get("all"))
    most = queries.ALL if everything else queries.LATEST
    return {
        "journal": queries.journal_of(project.id, only, most), "journal_only": only, "journal_all": everything,
    }


STATES = {
    "planned": ("", "clock", lazy("planned")), "active": ("sign", "flow", lazy("in work")),
    "on_hold": ("amber", "pause", lazy("on hold")), "closing": ("", "file", lazy("closing")),
    "closed": ("green", "check", lazy("closed")), "cancelled": ("", "x", lazy("cancelled")),
}


def _links(project: Project) -> list[tuple[str, str]]:
    """Where an account manager changes what stands on this page."""
    wanted = (("project_parts.edit", _("Dates and team")), ("project_parts.stages", _("Stages")),
              ("project_parts.requirements", _("Requirements")), ("portal.preview", _("As the client sees it")),
              ("portal.links", _("Client's links")))
    return [
        (label, url_for(endpoint, id=project.id)) for endpoint, label in wanted
        if endpoint in current_app.view_functions
    ]


@room.app_template_global("project_line")
def project_line(project: Project, current: str) -> list[dict[str, Any]]:
    """The six stations, for the pages of rooms that stand below this one."""
    return line.stations(project, line.progress_of(project.id), actor(), current)

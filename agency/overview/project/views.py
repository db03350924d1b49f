"""The project page: where it stands, what is next, who works, what was promised, what happened."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from flask import current_app, request, url_for
from markupsafe import Markup

from agency.attached.comments import queries as comments
from agency.attached.notices import places
from agency.attached.promises import operations as promise_operations
from agency.attached.promises.forms import PromiseForm
from agency.flow.projects.models import Project
from agency.flow.reports.material import Stage
from agency.kit import clock
from agency.kit.journal import Fact
from agency.kit.policy import may
from agency.kit.web import Room, actor, drawn_once, go, macro, needs, page, refusals
from agency.kit.words import _, lazy
from agency.overview.project import burn, curve, line, listing, next_step, plan, progress, queries, tables, work
from agency.people.agency import queries as agencies
from agency.people.clients import history
from agency.people.clients import queries as clients

room = Room("projects", __name__)
listing.routes(room)
tables.routes(room)


@room.get("/<int:id>")
@needs("project.view", of=queries.get)
def show(project: Project) -> Any:
    """One look answers where, next, at risk why, and money."""
    return _show(project, _unsaid(clock.today() + timedelta(days=1)))


@drawn_once(8)
def _unsaid(tomorrow: date) -> Markup:
    """The fields of a promise that nobody has typed yet: the same on every project."""
    return _fields(PromiseForm(data={"due_on": tomorrow}))


def _fields(form: PromiseForm) -> Markup:
    field = macro("_macros/forms.html", "field")
    return field(form.words) + field(form.due_on, type="date", size="short")


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
            return go("projects.show", id=project.id, _anchor="promises", said=_("The promise is written down."))
    return _show(project, _fields(form), 422)


class _Money:
    """What was agreed, paid and earned, in minor units; `over` is how much the agreed exceeds the client's budget."""

    def __init__(self, project: Project, found: progress.Progress, with_cost: bool) -> None:
        self.agreed, self.paid, self.budget, self.net = found.agreed, found.paid, project.budget, found.net
        self.currency = project.currency
        self.over = max(0, found.agreed - project.budget) if project.budget else 0
        self.margin = 100 * (found.net - found.cost) / found.net if with_cost and found.net else None


def _show(project: Project, promise_fields: Markup, status: int = 200) -> Any:
    found, who, today = progress.of(project.id), actor(), clock.today()
    leads, stages = may(who, "project.lead", project), queries.stages(project.id)
    return page(
        "projects/show.html", status, project=project, found=found, promise_fields=promise_fields, leads=leads,
        promise_refused=status != 200,
        stations=line.stations(project, found, who), line_tracks=line.tracks(found),
        step=next_step.of(project, found) if leads else None, plan=plan.of(project.starts_on, stages, today),
        promises=queries.promises(project.id) if may(who, "promise.view", project) else [],
        papers=queries.papers(project.id),
        client_talk=comments.of(project, "client") if may(who, "comment.view", project) else [],
        today=today, state_chip=STATES[project.state], project_links=_links(project), **_journal(project),
        **_work(project, found, stages),
    )


def _work(project: Project, found: progress.Progress, stages: Sequence[Stage]) -> dict[str, Any]:
    """Departments, requirements with the loose ends both ways, and the money that burns with the work."""
    who, done = actor(), work.of(project.id)
    wanted, unasked = queries.requirements(project.id, done.jobs)
    sees_money, today = may(who, "smeta.view", project), clock.today()
    burnt = None
    if sees_money and done.lines:
        last = max((stage.forecast_on for stage in stages), default=project.ends_on) or today
        burnt = burn.chart(done.lines, project.starts_on, last, today, agencies.calendar())
    return {
        "departments": queries.tracks(done.jobs), "wanted": wanted,
        "forgotten": [one for one in wanted if done.jobs and not one.jobs], "unasked": unasked,
        "threads": may(who, "requirement.view", project), "opens_all": may(who, "project.lead", project),
        "money": _Money(project, found, may(who, "smeta.view_cost", project)) if sees_money else None, "burn": burnt,
        "curve": curve.of(burnt) if burnt else None,
    }


def _journal(project: Project) -> dict[str, Any]:
    what = request.args.get("journal", "")
    what = what if what in history.KIND_NAMES else ""
    told = history.of_project(project.id, history.Wanted(what=what), actor(), history.LATEST)
    return {"told": told[: history.LATEST], "journal_only": what, "opens": _opens(project)}


def _opens(project: Project) -> Any:
    """The address of what a fact is about, for whoever may open every record of the project."""
    may_open = may(actor(), "audit.view", project)

    def address(told: history.Told) -> str:
        return places.path(*told.subject) if may_open and told.subject[0] in OPENED else ""

    return address


@room.get("/<int:id>/journal")
@needs("project.view", of=queries.get)
def journal(project: Project) -> Any:
    """Everything that happened in the project, narrowed by person, matter and day, page by page."""
    choice = history.wanted(request.args)
    found = history.of_project(project.id, choice, actor())
    shown = found[: history.PAGE]
    return page(
        "projects/journal.html", project=project, told=shown, choice=choice, kinds=history.KIND_NAMES,
        people=history.people_in(Fact.project_id == project.id), opens=_opens(project),
        older=shown[-1].id if len(found) > history.PAGE else 0,
        kept={name: value for name, value in request.args.items() if name in ("who", "what", "on") and value},
    )


# Kinds of records whose pages open from the journal.
OPENED = ("brief", "smeta", "task", "promise", "request")
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
    return line.stations(project, progress.of(project.id), actor(), current)

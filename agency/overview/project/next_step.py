"""The one thing to do next in a project, and where."""

from dataclasses import dataclass

from flask import current_app, url_for

from agency.flow.projects.models import Project
from agency.kit import clock
from agency.kit.words import _, day
from agency.overview.project.progress import Progress


@dataclass(frozen=True)
class Step:
    """What to do, why, and the button that leads there; no button when somebody else's turn it is."""

    title: str
    text: str = ""
    label: str = ""
    url: str = ""
    posts: bool = False


def of(project: Project, found: Progress) -> Step | None:
    """The next step of a project, or None when it is over."""
    if project.state in ("closed", "cancelled"):
        return None
    for step in (_brief, _smeta, _work):
        if answer := step(project, found):
            return answer
    return Step(_("Bring the project to its end"), _("All tasks are done. What is left are the last payments."))


def _to(endpoint: str, **args: object) -> str:
    known = endpoint in current_app.view_functions and None not in args.values()
    return url_for(endpoint, **args) if known else ""


def _brief(project: Project, found: Progress) -> Step | None:
    state = found.brief_state
    if state == "approved":
        return None
    if not found.brief_id:
        return Step(_("Write the brief"), _("The client's words are in it already."), _("Begin the brief"),
                    _to("briefs.start", project_id=project.id), posts=True)
    if state == "sent":
        return Step(_("The client reads the brief"), _("It was sent on %(day)s.", day=day(found.brief_at)),
                    _("Open the brief"), _to("briefs.show", id=found.brief_id))
    return Step(_("Finish the brief and send it"), _("Fill what is missing; the list is beside the text."),
                _("Go on with the brief"), _to("briefs.edit", id=found.brief_id))


def _smeta(project: Project, found: Progress) -> Step | None:
    if found.approved_smeta_id:
        return None
    here = {"id": found.smeta_id}
    steps = {
        "": (_("Make the estimate"), _("The brief is approved."), _("Begin the estimate"),
             _to("smetas.create", project_id=project.id), True),
        "draft": (_("Finish the estimate and send it"), _("Totals and margin are live while you type."),
                  _("Go on with the estimate"), _to("smetas.edit", **here)),
        "internal_review": (_("The director checks the estimate"), _("It is beyond your own limits."),
                            _("Open the estimate"), _to("smetas.show", **here)),
        "ready": (_("Send the estimate to the client"), _("It was cleared inside."), _("Open the estimate"),
                  _to("smetas.show", **here)),
        "sent": (_("The client decides on the estimate"), _("It was sent on %(day)s.", day=day(found.smeta_at)),
                 _("Open the estimate"), _to("smetas.show", **here)),
    }
    other = (_("Make a new version of the estimate"), _("The client did not take the last one."),
             _("Open the estimate"), _to("smetas.show", **here))
    return Step(*steps.get(found.smeta_state, other))


def _work(project: Project, found: Progress) -> Step | None:
    today = clock.today()
    if not found.all:
        return Step(_("Tasks are being made from the estimate"), _("This takes a few seconds."), _("Look at the plan"),
                    _to("tasks.plan", id=project.id))
    if found.report_state in ("draft", "approved"):
        return Step(_("Finish the report and send it"), _("Facts and figures are in it already."),
                    _("Finish the report"), _to("reports.edit", id=found.report_id))
    sent_today = found.report_at is not None and clock.local(found.report_at).date() == today
    if today.weekday() == project.report_weekday and not sent_today:
        return Step(_("Send the report today"), _("It drafts itself from what happened this week."),
                    _("Begin the report"), _to("reports.begin", project_id=project.id), posts=True)
    if found.done < found.all:
        return Step(_("The departments are working"),
                    _("%(done)s of %(all)s tasks are done.", done=found.done, all=found.all),
                    _("Look at the plan"), _to("tasks.plan", id=project.id))
    return None

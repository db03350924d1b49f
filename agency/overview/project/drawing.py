"""The line as a template global, so that rooms below can show it without knowing this one."""

from flask import Flask
from jinja2 import pass_context
from jinja2.runtime import Context
from markupsafe import Markup

from agency.flow.projects.models import Project
from agency.kit.web import actor
from agency.overview.project import progress
from agency.overview.project.line import stations, tracks


@pass_context
def line(context: Context, project: Project, current: str = "") -> Markup:
    """The project's line with the station of this page marked."""
    found = progress.of(project.id)
    macros = context.environment.get_template("_macros/spine.html").module
    drawn: Markup = macros.spine(stations(project, found, actor(), current), tracks(found))  # type: ignore[attr-defined]
    return drawn


def setup(app: Flask) -> None:
    """Give every template `line(project, current)`."""
    app.jinja_env.globals["line"] = line

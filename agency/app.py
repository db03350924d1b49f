"""create_app: puts the rooms together. Nothing inside agency imports this."""

from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from flask import Blueprint, Flask

from agency import policy
from agency.kit import clock, db, mail, storage, words
from agency.kit import policy as rights
from agency.kit.settings import Settings
from agency.kit.web import Application, csrf, doors, errors, headers, proxy, routes
from agency.overview.project import drawing
from agency.overview.site import frame
from agency.people.accounts import passwords, sessions
from agency.people.agency import queries as agencies

TOP = Path(__file__).parent.parent

# Rooms with pages, floor by floor; each has a `room` in its `views`.
PAGES = (
    "people.agency", "people.accounts", "people.departments", "people.clients",
    "attached.comments", "attached.documents", "attached.files", "attached.mails", "attached.notices",
    "attached.promises",
    "flow.requests", "flow.projects", "flow.briefs", "flow.smetas", "flow.payments", "flow.tasks", "flow.reports",
    "overview.home", "overview.board", "overview.calendar", "overview.client", "overview.project", "overview.search",
    "overview.thread", "overview.site", "overview.welcome",
    "entrypoints.portal",
)
# Rooms without pages of their own, whose tables must be known all the same.
TABLES = ("attached.approvals", "attached.hours")


class Misbuilt(RuntimeError):
    """The app must not start: a route without a rule, for one."""


def create_app(settings: Settings) -> Flask:
    """The web application for these settings; raises Misbuilt when a route says nothing of its rights."""
    app = Application(
        "agency", root_path=str(TOP), static_folder=str(TOP / "static"), template_folder=str(TOP / "templates"),
    )
    _configure(app, settings)
    _speak(app, settings)
    storage.setup(app, settings)
    for room in rooms():
        app.register_blueprint(room)
    db.setup(app, settings.database_url)
    rights.install(policy.RULES)
    if settings.testing:
        passwords.cheap_for_tests()
    errors.setup(app)
    mail.setup(app, sender_name=agencies.sender_name, signature=agencies.signature)
    sessions.setup(app)
    csrf.setup(app)
    doors.setup(app)
    proxy.setup(app, settings)
    headers.setup(app, secure=app.config["SESSION_COOKIE_SECURE"])
    app.before_request(routes.close_undeclared)
    app.context_processor(frame.context)
    drawing.setup(app)
    if open_doors := routes.undeclared(app):
        raise Misbuilt(f"routes without a rule: {', '.join(open_doors)}")
    return app


def _configure(app: Flask, settings: Settings) -> None:
    secure = settings.url.startswith("https://")
    app.config.update(
        SECRET_KEY=settings.secret_key, SESSION_COOKIE_SECURE=secure, SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_HTTPONLY=True, SESSION_COOKIE_NAME="__Host-flash" if secure else "agency_flash",
        MAX_CONTENT_LENGTH=60 * 1024 * 1024, MAX_FORM_MEMORY_SIZE=2 * 1024 * 1024, MAX_FORM_PARTS=5000,
        TESTING=settings.testing, SETTINGS=settings,
    )


def _speak(app: Flask, settings: Settings) -> None:
    clock.set_home_zone(settings.timezone)
    words.settle(locale="ru", timezone=settings.timezone)
    words.preload(words.CLIENT)
    words.install(app.jinja_env)
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True


def rooms() -> list[Blueprint]:
    """Every room with its tables, moves, documents and pages known."""
    for name in (*TABLES, *PAGES):
        if find_spec(f"agency.{name}.models"):
            import_module(f"agency.{name}.models")
    for name in PAGES:
        # What a room prints must be known wherever the app runs: workers draw by the kind's name alone.
        if find_spec(f"agency.{name}.documents"):
            import_module(f"agency.{name}.documents")
    return [import_module(f"agency.{name}.views").room for name in PAGES]

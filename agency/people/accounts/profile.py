"""One's own profile: how one is called and reached, how pages look and sound, the password, the open sessions."""

from typing import Any
from zoneinfo import available_timezones

from flask import abort, current_app, request, url_for
from wtforms import BooleanField, PasswordField, SelectField, StringField, TelField
from wtforms.validators import InputRequired, Length, Optional

from agency.kit import limits, words
from agency.kit.db import db, unit
from agency.kit.web import Form, Room, actor, choices, go, needs, own_unit, page, refusals
from agency.kit.web.csrf import cookie_flags
from agency.kit.words import _, lazy
from agency.people.accounts import operations, passwords, queries

THEMES = (("", lazy("As the device")), ("light", lazy("Light")), ("dark", lazy("Dark")))
LANGUAGES = {
    "ru": lazy("Russian"), "en": lazy("English"), "cs": lazy("Czech"), "pl": lazy("Polish"),
}
# The zones of the countries we work in come first; the rest of the world follows.
NEAR = (
    "Europe/Moscow", "Europe/Kaliningrad", "Europe/Samara", "Asia/Yekaterinburg", "Asia/Novosibirsk",
    "Asia/Vladivostok", "Europe/Prague", "Europe/Warsaw", "Europe/London", "UTC",
)


class ProfileForm(Form):
    """What a person may say about oneself."""

    name = StringField(lazy("Name and surname"), [InputRequired(lazy("Type your name.")), Length(max=120)])
    latin_name = StringField(lazy("Name in Latin letters"), [Optional(), Length(max=120)])
    phone = TelField(lazy("Phone"), [Optional(), Length(max=40)])
    language = SelectField(lazy("Language of the pages"))
    theme = SelectField(lazy("Light or dark"), choices=choices(THEMES))
    timezone = SelectField(lazy("Time zone"))
    letter_keys = BooleanField(lazy("Single letters work as keys"))


class PasswordForm(Form):
    """The password there is, and the new one."""

    current = PasswordField(lazy("Current password"), [InputRequired(lazy("Type your password.")), Length(max=500)])
    password = PasswordField(lazy("New password"), [InputRequired(lazy("Type a password.")), Length(max=500)])


def routes(room: Room) -> None:
    """Add the profile to the addresses of the room."""
    room.add_url_rule("/profile", "profile", profile, methods=["GET", "POST"])
    room.add_url_rule("/profile/password", "password", password, methods=["POST"])
    room.add_url_rule("/profile/other-sessions", "end_others", end_others, methods=["POST"])


@needs("profile.edit")
def profile() -> Any:
    """See and change what is known of oneself."""
    form = _form()
    if form.sent():
        with refusals(form) as answer:
            operations.change_profile(me(), by=actor(), **{name: form[name].data for name in form.data})
        if answer.ok:
            words.speak(form.language.data)
            response = go("accounts.profile", said=_("Saved."))
            response.set_cookie("theme", form.theme.data, max_age=31536000, samesite="Lax", secure=_is_secure())
            return response
    return _show(form, PasswordForm(prefix="new"), 422 if request.method == "POST" else 200)


@needs("profile.edit")
@own_unit
def password() -> Any:
    """Change the password; every other session ends with the old one."""
    form = PasswordForm(prefix="new")
    person = me()
    stored, about, session_id = person.password_hash, (person.name, person.email or ""), actor().session_id
    if form.sent() and _is_right(form, stored):
        with refusals(form) as answer:
            passwords.check(form.password.data or "", about)
            new = passwords.hashed(form.password.data or "")
        if answer.ok:
            with unit():
                operations.change_password(me(), new, keep=session_id, by=actor())
            return go("accounts.profile", said=_("The password is changed. Other devices are signed out."))
    return _show(_form(posted=False), form, 422)


@needs("profile.edit")
def end_others() -> Any:
    """End every session but this one."""
    operations.end_others(me(), keep=actor().session_id, by=actor())
    return go("accounts.profile", said=_("Other devices are signed out."))


def _is_right(form: PasswordForm, stored: str | None) -> bool:
    """Whether the current password fits; tries are counted like those of signing in."""
    if not limits.allow(f"password:{actor().id}", 10, operations.GUESS_SPAN):
        form.form_errors.append(str(operations.TOO_OFTEN))
        return False
    db.session.rollback()
    if not passwords.right(stored, form.current.data or ""):
        form.current.errors = [_("This is not your current password.")]
        return False
    return True


def me() -> Any:
    """The person signed in by an account; whoever came by a mailed link has no profile here."""
    if actor().link is not None:
        abort(404)
    return actor().person


def _form(posted: bool = True) -> ProfileForm:
    form = ProfileForm(obj=me(), heard=posted)
    form.language.choices = choices((code, LANGUAGES[code]) for code in _languages())
    home = ("", _("As the agency, %(zone)s", zone=current_app.config["SETTINGS"].timezone))
    form.timezone.choices = choices([home, *((zone, zone.replace("_", " ")) for zone in _zones())])
    return form


def _languages() -> tuple[str, ...]:
    """What one may read us in: our own pages speak fewer languages than those for clients."""
    return words.CLIENT if actor().kind == "contact" else words.OFFERED


def _zones() -> list[str]:
    others = sorted(zone for zone in available_timezones() - set(NEAR) if "/" in zone and not zone.startswith("Etc/"))
    return [*NEAR, *others]


def _show(form: ProfileForm, change: PasswordForm, status: int) -> Any:
    who = me()
    tabs = [{"label": _("Profile"), "url": url_for("accounts.profile"), "current": True}]
    if who.kind == "staff" and "notices.choices" in current_app.view_functions:
        tabs.append({"label": _("Notices"), "url": url_for("notices.choices"), "current": False})
    return page(
        "accounts/profile.html", status, form=form, change=change, person=who, tabs_of_me=tabs,
        sessions=queries.sessions_of(who.id), this_one=actor().session_id,
    )


def _is_secure() -> bool:
    return bool(cookie_flags()["secure"])



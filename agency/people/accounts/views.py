"""Sign-in, invitations, sign-out and one's own profile."""

from typing import Any

from flask import redirect, request, url_for

from agency.kit import limits, words
from agency.kit.db import db, unit
from agency.kit.mail.addresses import one_address
from agency.kit.web import Room, actor, go, inside, needs, own_unit, page, public, refusals
from agency.kit.web.csrf import cookie_flags
from agency.kit.words import lazy
from agency.people.accounts import colleagues, operations, passwords, people_pages, profile, queries, sessions
from agency.people.accounts.forms import FirstOwnerForm, InvitationForm, SignInForm
from agency.people.accounts.identity import as_actor

room = Room("accounts", __name__, at="", for_clients=True)
colleagues.routes(room)
people_pages.routes(room)
profile.routes(room)
GUESSES, GUESS_SPAN = 10, operations.GUESS_SPAN
WRONG = lazy("This address and password do not fit together.")
TOO_OFTEN = operations.TOO_OFTEN


@room.route("/sign-in", methods=["GET", "POST"])
@public("somebody must be able to come in")
@own_unit
def sign_in() -> Any:
    """Sign in with address and password, or from a link elsewhere and then go on there."""
    form = SignInForm(next=request.args.get("next", ""))
    if not form.sent():
        return page("accounts/sign_in.html", 422 if request.method == "POST" else 200, form=form)
    bucket = f"sign-in:{form.email.data.strip().casefold()}:{request.remote_addr}"
    if not limits.allow(bucket, GUESSES, GUESS_SPAN) or not limits.allow(
        f"sign-in:{request.remote_addr}", 10 * GUESSES, GUESS_SPAN,
    ):
        form.form_errors.append(str(TOO_OFTEN))
        return page("accounts/sign_in.html", 429, form=form)
    person = queries.by_email(form.email.data)
    stored = person.password_hash if person and person.is_active else None
    person_id = person.id if person else None
    db.session.rollback()
    if not passwords.right(stored, form.password.data):
        form.password.errors = [str(WRONG)]
        return page("accounts/sign_in.html", 422, form=form)
    limits.forget(bucket)
    with unit():
        who = queries.get(person_id)
        secret, place = operations.sign_in(who, browser=str(request.user_agent)), _own_place(who)
    return sessions.set_cookie(redirect(inside(form.next.data, place), 303), secret)


def _own_place(person: Any) -> str:
    """Where somebody begins: the staff with their day, a client in the cabinet."""
    return url_for("portal.home" if person.kind == "contact" else "home.show")


@room.route("/invitations/<token>", methods=["GET", "POST"])
@public("the token is the proof; a GET does not spend it")
@own_unit
def invitation(token: str) -> Any:
    """Set a password by an invitation and come in."""
    found = queries.open_invitation(token)
    if found is None:
        return page("accounts/invitation_over.html", 410)
    is_first = found.person.has("owner") and queries.nobody_came_in()
    form = FirstOwnerForm() if is_first else InvitationForm()
    name, email = found.person.name, found.person.email
    if form.sent():
        card = {"name": form.name.data, "email": form.email.data} if isinstance(form, FirstOwnerForm) else {}
        with refusals(form) as answer:
            passwords.check(form.password.data, (card.get("name", name), card.get("email", email) or ""))
            one_address(card.get("email", "a@b.example"))
        if answer.ok and (joined := _join(token, form, card)):
            return joined
    template = "accounts/first_owner.html" if is_first else "accounts/invitation.html"
    return page(template, 422 if request.method == "POST" else 200, form=form, name=name, email=email)


def _join(token: str, form: InvitationForm, card: dict[str, str]) -> Any:
    db.session.rollback()
    stored = passwords.hashed(form.password.data or "")
    with refusals(form) as answer, unit():
        found = queries.open_invitation(token)
        if found is None or (card and not queries.nobody_came_in()):
            return page("accounts/invitation_over.html", 410)
        person = operations.accept_invitation(found, stored, by=as_actor(found.person), **card)
        secret, place = operations.sign_in(person, browser=str(request.user_agent)), _own_place(person)
    if not answer.ok:
        return None
    return sessions.set_cookie(redirect(url_for("welcome.begin") if card else place, 303), secret)


@room.post("/sign-out")
@needs("profile.edit")
def sign_out() -> Any:
    """End every session of this person, in this browser and all others."""
    profile.me()  # Whoever came by a link leaves by the door of the cabinet, and ends nothing else.
    operations.sign_out(actor())
    return sessions.drop_cookie(go("accounts.sign_in", said=words.gettext("You are signed out everywhere.")))


@room.post("/profile/theme")
@needs("profile.edit")
def theme() -> Any:
    """Choose light, dark, or as the system."""
    operations.set_theme(profile.me(), chosen := request.form.get("theme", ""))
    if request.headers.get("X-Part"):
        return "", 204
    response = redirect(inside(request.form.get("back"), url_for("home.show")), 303)
    response.set_cookie("theme", chosen, max_age=31536000, samesite="Lax", secure=cookie_flags()["secure"])
    return response


@room.post("/language")
@public("a visitor may read us in any language we offer")
@own_unit
def language() -> Any:
    """Choose the language of the interface, for the person or just this browser."""
    chosen = request.form.get("language", "")
    if chosen in words.OFFERED and actor().id and actor().link is None:
        with unit():
            operations.set_language(actor().person, chosen)
    response = redirect(inside(request.form.get("back"), url_for("home.show")), 303)
    if chosen in words.OFFERED:
        response.set_cookie("agency_language", chosen, max_age=31536000, **cookie_flags())
    return response

"""Inviting people, signing in and out."""

from datetime import timedelta
from typing import Any

from sqlalchemy import update

from agency.kit import clock, ids, journal
from agency.kit.db import db
from agency.kit.states import Refused
from agency.kit.words import latin, lazy
from agency.people.accounts import passwords, queries
from agency.people.accounts.models import ROLES, Invitation, Person, PersonRole, SignIn

IDLE = timedelta(hours=12)
GUESS_SPAN = timedelta(minutes=10)
TOO_OFTEN = lazy("Too many tries. Wait ten minutes, or ask a colleague for a new invitation.")
LONGEST = timedelta(days=14)
INVITATION = timedelta(days=7)


def add_person(
    name: str, email: str | None, *, kind: str = "staff", language: str = "ru", position: str = "", phone: str = "",
    roles: tuple[tuple[str, str | None], ...] = (),
) -> Person:
    """Add a person with roles as (role, department) pairs; raises Refused when the address is taken."""
    address = email.strip().casefold() if email else None
    if address and queries.by_email(address):
        raise Refused(lazy("Somebody with this address is already here."), "email")
    if any(role not in ROLES for role, _ in roles):
        raise ValueError("unknown role")
    person = Person(
        kind=kind, name=" ".join(name.split()), email=address, language=language, position=position, phone=phone,
        search_text=f"{name} {address or ''}".casefold(),
        roles=[PersonRole(role=role, department=department) for role, department in roles],
    )
    db.session.add(person)
    db.session.flush()
    return person


def invite(person: Person, *, by: Any) -> str:
    """Open an invitation and return its token, the only time it can be read."""
    token = ids.token()
    db.session.add(Invitation(
        person_id=person.id, token_hash=ids.digest(token), until=clock.now() + INVITATION,
    ))
    journal.fact("person.invited", about=person, by=by)
    return token


def accept_invitation(
    invitation: Invitation, password_hash: str, *, by: Any, name: str = "", email: str = "",
) -> Person:
    """Set the password and use up all open invitations; every older session of the person ends.

    The first owner says the own name and address here. Raises Refused for an address that is taken.
    """
    person = invitation.person
    if name or email:
        _call(person, name, email)
    open_ones = update(Invitation).where(Invitation.person_id == person.id, Invitation.used_at.is_(None))
    db.session.execute(open_ones.values(used_at=clock.now()))
    person.password_hash = password_hash
    end_all(person.id)
    journal.fact("person.joined", about=person, by=by)
    return person


def _call(person: Person, name: str, email: str) -> None:
    address = email.strip().casefold()
    other = queries.by_email(address)
    if other is not None and other.id != person.id:
        raise Refused(lazy("Somebody with this address is already here."), "email")
    person.name, person.email = " ".join(name.split()), address
    person.search_text = f"{person.name} {address}"


def sign_in(person: Person, *, browser: str, link_id: int | None = None, until: Any = None) -> str:
    """Open a session and return its secret, for the cookie; only the digest is kept."""
    secret = ids.token()
    now = clock.now()
    db.session.add(SignIn(
        id=ids.digest(secret), person_id=person.id, link_id=link_id, started_at=now, seen_at=now,
        until=min(filter(None, (now + LONGEST, until))), browser=browser[:200],
    ))
    db.session.flush()
    return secret


def end_all(person_id: int, but: str = "") -> None:
    """End every session of a person, in every browser, but perhaps one."""
    open_ones = update(SignIn).where(SignIn.person_id == person_id, SignIn.ended_at.is_(None), SignIn.id != but)
    db.session.execute(open_ones.values(ended_at=clock.now()))


def sign_out(actor: Any) -> None:
    """End every session of whoever acts."""
    end_all(actor.id)
    person = queries.get(actor.id)
    if person is not None:
        journal.fact("person.signed_out", about=person, by=actor)


def end_work(person: Person, *, by: Any) -> None:
    """The person leaves: sessions and open invitations end now, and nobody's head is somebody who left."""
    person.is_active = False
    end_all(person.id)
    close_invitations(person)
    # The table of departments belongs to a room above this one; it is written by name.
    departments = db.metadata.tables["departments"]
    db.session.execute(update(departments).where(departments.c.head_id == person.id).values(head_id=None))
    journal.fact("person.dismissed", about=person, by=by)


def close_invitations(person: Person) -> None:
    """Whatever was mailed to an address that is a person's no more opens nothing."""
    used = update(Invitation).where(Invitation.person_id == person.id, Invitation.used_at.is_(None))
    db.session.execute(used.values(used_at=clock.now()))


def end_others(person: Person, *, keep: str, by: Any) -> None:
    """End every session of a person but the one named."""
    end_all(person.id, but=keep)
    journal.fact("person.others_signed_out", about=person, by=by)


def change_password(person: Person, password_hash: str, *, keep: str, by: Any) -> None:
    """Set a new password; whoever is signed in by the old one elsewhere is signed out."""
    person.password_hash = password_hash
    end_all(person.id, but=keep)
    journal.fact("person.password_changed", about=person, by=by)


def change_profile(
    person: Person, *, name: str, phone: str, language: str, theme: str, timezone: str, letter_keys: bool, by: Any,
    latin_name: str = "",
) -> None:
    """Change what a person may say about oneself; raises Refused without a name, or for a Latin one that is not."""
    if not name.strip():
        raise Refused(lazy("Type your name."), "name")
    if latin(latin_name) != latin_name:
        raise Refused(lazy("Spell it in Latin letters."), "latin_name")
    set_theme(person, theme)
    set_language(person, language)
    person.name, person.phone = " ".join(name.split()), (phone or "").strip()
    person.timezone, person.letter_keys = timezone, letter_keys
    person.latin_name = " ".join(latin_name.split())
    person.search_text = f"{person.name} {person.email or ''}"
    db.session.flush()
    journal.fact("person.changed", about=person, by=by)


def set_password(person: Person, password: str) -> None:
    """Set a password outright, as set-up does; raises Refused when it is too easy."""
    passwords.check(password, (person.name, person.email or ""))
    person.password_hash = passwords.hashed(password)


def set_theme(person: Person, theme: str) -> None:
    """Remember light, dark, or as the system."""
    if theme not in ("", "light", "dark"):
        raise Refused(lazy("There is no such theme."))
    person.theme = theme


def set_language(person: Person, language: str) -> None:
    """Remember the language of the interface."""
    person.language = language

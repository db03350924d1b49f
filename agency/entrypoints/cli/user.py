"""`agency user`: people let in from the command line, by a link that works once."""

from urllib.parse import urlsplit

from flask import Flask, url_for

from agency.entrypoints.cli import founding
from agency.kit.db import db_reading, unit
from agency.kit.settings import Settings
from agency.kit.states import Refused
from agency.people.accounts import operations, queries
from agency.people.accounts.identity import Actor
from agency.people.accounts.models import ROLES

SYSTEM = Actor(id=None, kind="system")


def invite(app: Flask, name: str, email: str, role: str) -> int:
    """Add a person, or find the one with this address, and print a link to set a password; 1 when refused.

    A role of one department is written with it: `head:creative`. Somebody already here keeps the roles held.
    """
    kind, _, department = role.partition(":")
    if kind not in ROLES or not name.strip() or email.count("@") != 1:
        print(f"agency: give a name, an e-mail address and one of the roles {', '.join(ROLES)}.")
        return 1
    try:
        print(_link(app, name, email, kind, department or None))
    except Refused as refused:
        print(f"agency: {refused}")
        return 1
    return 0


def welcome(app: Flask) -> int:
    """While nobody can sign in, print a link for the first owner."""
    with app.app_context(), db_reading():
        if any(person.password_hash for person in queries.staff()):
            return 0
    email = f"owner@{urlsplit(_settings(app).url).hostname}"
    link = _link(app, "Owner", email, "owner", None)
    print(
        f"\nNobody can sign in yet. This link lets the owner in, once:\n  {link}\nLater sign in as {email}.\n",
        flush=True,
    )
    return 0


def _link(app: Flask, name: str, email: str, role: str, department: str | None) -> str:
    with app.app_context(), unit():
        founding.found()
        person = queries.by_email(email) or operations.add_person(name, email, roles=((role, department),))
        token = operations.invite(person, by=SYSTEM)
    with app.test_request_context(base_url=_settings(app).url):
        return url_for("accounts.invitation", token=token, _external=True)


def _settings(app: Flask) -> Settings:
    settings: Settings = app.config["SETTINGS"]
    return settings

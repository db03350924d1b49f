"""More clients than a list to choose from can hold: the last by name is one that the first fifty do not show."""

from flask import Flask

from agency.kit.db import db, unit
from agency.people.clients.models import Client
from tests.cast import Cast

LAST = "Ярославская мельница"


def sixty(app: Flask, cast: Cast, manager: str = "oleg") -> int:
    """Sixty clients of one manager more; the id of the last by name."""
    with app.app_context(), unit():
        for n in range(59):
            add(cast, f"Пекарня {n:02}", f"PK{n:02}", manager)
        return add(cast, LAST, "YM", manager)


def add(cast: Cast, name: str, code: str, manager: str = "oleg") -> int:
    """One client more, in the open unit; nobody asks whether the name is new, as for what was imported."""
    client = Client(code=code, name=name, manager_id=cast.persons[manager], search_text=f"{name} {code}")
    db.session.add(client)
    db.session.flush()
    return client.id

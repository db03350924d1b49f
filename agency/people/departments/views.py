"""The page of departments in the settings: their heads, and who answers requests of strangers."""

from typing import Any

from flask import request

from agency.kit.db import unit
from agency.kit.web import Room, actor, changed_meanwhile, choices, go, needs, own_unit, page, refusals
from agency.kit.words import _, lazy
from agency.people.accounts import proving
from agency.people.accounts import queries as persons
from agency.people.accounts.models import Person
from agency.people.agency import queries as agencies
from agency.people.agency import settling
from agency.people.departments import operations, queries
from agency.people.departments.forms import DepartmentsForm
from agency.people.departments.models import CODES

room = Room("departments", __name__, at="/settings/departments")
RECEIVER = "requests.receiver"


@room.route("/", methods=["GET", "POST"])
@needs("settings.edit")
@own_unit
def index() -> Any:
    """Who heads each department, and who answers new requests."""
    staff, now = persons.staff(), _now()
    form = DepartmentsForm(data={"version": _edition(now), **now})
    _choices(form, staff)
    edition = agencies.Edition(_edition(now))
    if request.method == "POST" and (stale := changed_meanwhile(form, edition, _named(now, staff))):
        return stale
    heads_move = any(form[code].data != now[code] for code in CODES)
    if form.sent() and (not heads_move or proving.proven(form)):
        with refusals(form) as outcome, unit():
            _keep(form)
        if outcome.ok:
            return go("departments.index", said=_("Saved."))
    return page("departments/index.html", 422 if request.method == "POST" else 200, form=form,
                fields=[form[code] for code in CODES], asks_again=not proving.is_fresh())


def _now() -> dict[str, int]:
    heads = queries.heads()
    found = {code: heads[code].id if code in heads else 0 for code in CODES}
    return {**found, "receiver": agencies.value(RECEIVER) or 0}


def _edition(now: dict[str, int]) -> str:
    return ".".join(str(now[name]) for name in sorted(now))


def _named(now: dict[str, int], staff: list[Person]) -> dict[str, str]:
    names = {person.id: person.name for person in staff}
    return {name: names.get(id, str(NOBODY)) for name, id in now.items() if name != "receiver" or id}


NOBODY = lazy("Nobody yet")


def _choices(form: DepartmentsForm, staff: list[Person]) -> None:
    for code in CODES:
        form[code].choices = choices([(0, NOBODY), *((one.id, one.name) for one in staff)])
    managers = [(one.id, one.name) for one in staff if one.has("account_manager") or one.has("owner")]
    form.receiver.choices = choices([(0, lazy("The first account manager")), *managers])


def _keep(form: DepartmentsForm) -> None:
    staff = {person.id: person for person in persons.staff()}
    for code in CODES:
        operations.change_head(code, staff.get(form[code].data), by=actor())
    settling.put(RECEIVER, form.receiver.data or None, by=actor())

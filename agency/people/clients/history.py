"""What happened with a client or with one project, told in words, newest first, by pages of keys."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Index, Select, bindparam, or_, select
from sqlalchemy.orm import aliased

from agency.kit import clock, journal, policy
from agency.kit.db import ask, db, prepared
from agency.kit.journal import Fact
from agency.kit.words import Lazy, lazy_in
from agency.people.accounts import queries as persons
from agency.people.accounts.models import Person

LATEST, PAGE = 12, 50
Behalf = aliased(Person)
# What is told elsewhere on a page, or is nobody's news.
UNTOLD = ("link.made", "hours.logged", "hours.corrected", "document.ready", "mail.sent", "smeta.edited")
TOLD = Fact.verb.not_in(UNTOLD)
# What is told, newest last, of a client and of a project: much of what is written down is told nowhere.
for _of in ("client", "project"):
    Index(
        f"ix_facts_told_of_{_of}", getattr(Fact, f"{_of}_id"), Fact.id, sqlite_where=TOLD, postgresql_where=TOLD,
    )
# What one may choose to read about, and the beginnings of its verbs; "client" is what the client may know.
KINDS: dict[str, tuple[str, ...]] = {
    "brief": ("brief.", "requirement."), "money": ("smeta.", "payment"), "work": ("task.", "tasks.", "delivery."),
    "promise": ("promise.",), "report": ("report.",), "talk": ("comment.", "request.", "mail."),
    "plan": ("project.",), "file": ("file.", "document."),
    "card": ("client.", "contact.", "deputy.", "billing_entity.", "nuance.", "link."),
}
# Beginnings of verbs that are told to those alone who may see such records.
GUARDED = (("smeta.", "smeta.view"), ("payment", "payment_row.view"), ("client.reminded", "payment_row.view"))
KIND_NAMES: Mapping[str, Lazy] = {
    "client": lazy_in("history", "What the client knows"), "brief": lazy_in("history", "Briefs and requirements"),
    "money": lazy_in("history", "Estimates and payments"), "work": lazy_in("history", "Work"),
    "promise": lazy_in("history", "Promises"), "report": lazy_in("history", "Reports"),
    "talk": lazy_in("history", "Requests and talk"), "plan": lazy_in("history", "Project and its days"),
    "file": lazy_in("history", "Files and documents"), "card": lazy_in("history", "The client’s card and people"),
}


@dataclass(frozen=True)
class Wanted:
    """Which facts: of whom, about what, on which day, in which project; those before a key."""

    who: int = 0
    what: str = ""
    on: date | None = None
    project: int = 0
    before: int = 0

    @property
    def is_narrowed(self) -> bool:
        """Whether anything was chosen."""
        return bool(self.who or self.what or self.on or self.project)


@dataclass(frozen=True)
class Told:
    """One fact as it is told."""

    id: int
    at: datetime
    words: str
    for_client: bool
    subject: tuple[str, int]
    project_id: int | None


def wanted(args: Mapping[str, str]) -> Wanted:
    """The choice as an address carries it; what cannot be understood was not chosen."""
    what = args.get("what", "")
    return Wanted(
        _number(args, "who"), what if what in KIND_NAMES else "", _day(args.get("on", "")), _number(args, "project"),
        _number(args, "before"),
    )


def of_client(client_id: int, choice: Wanted, reader: Any, most: int = PAGE) -> list[Told]:
    """Facts of a client and of all its projects; one more than asked for says that there are more."""
    return _told("client_id", client_id, choice, reader, most)


def of_project(project_id: int, choice: Wanted, reader: Any, most: int = PAGE) -> list[Told]:
    """Facts of one project; one more than asked for says that there are more."""
    return _told("project_id", project_id, choice, reader, most)


def told_to(reader: Any) -> list[ColumnElement[bool]]:
    """What is news for this reader: nothing of estimates or money for those who may not see them."""
    return _news(_hidden_from(reader))


def _hidden_from(reader: Any) -> tuple[str, ...]:
    return tuple(start for start, right in GUARDED if not policy.may(reader, right))


def _news(hidden: Iterable[str]) -> list[ColumnElement[bool]]:
    return [TOLD, *(~Fact.verb.startswith(start, autoescape=True) for start in hidden)]


def people_in(which: ColumnElement[bool]) -> list[tuple[int, str]]:
    """Everybody who did something there, by name."""
    rows = select(Person.id, Person.name).where(Person.id.in_(select(Fact.actor_id).where(which))).order_by(Person.name)
    return [(id_, name) for id_, name in db.session.execute(rows)]


def _told(of: str, id: int, choice: Wanted, reader: Any, most: int) -> list[Told]:
    asked = {"of": id, "most": most + 1, **_values(choice)}
    rows = ask(_rows(of, _hidden_from(reader), choice.what, tuple(sorted(asked))), **asked)
    return [
        Told(fact.id, fact.at, journal.sentence(fact, persons.acted(fact.who, fact.whom)), fact.audience == "client",
             (fact.subject_kind, fact.subject_id), fact.project_id)
        for fact in rows
    ]


def _values(choice: Wanted) -> dict[str, Any]:
    """What was chosen, by the names that the question knows."""
    asked: dict[str, Any] = {"before": choice.before, "who": choice.who, "project": choice.project}
    if choice.on:
        first = datetime.combine(choice.on, time(), clock.home_zone()).astimezone(UTC)
        last = datetime.combine(choice.on + timedelta(days=1), time(), clock.home_zone()).astimezone(UTC)
        asked |= {"first": first, "last": last}
    return {name: value for name, value in asked.items() if value}


@prepared
def _rows(of: str, hidden: tuple[str, ...], what: str, asked: tuple[str, ...]) -> Select[*tuple[Any, ...]]:
    """The question, put together once for each kind of choice."""
    rows = (
        select(
            Fact.id, Fact.at, Fact.verb, Fact.details, Fact.audience, Fact.subject_kind, Fact.subject_id,
            Fact.project_id, Person.name.label("who"), Behalf.name.label("whom"),
        )
        .outerjoin(Person, Person.id == Fact.actor_id).outerjoin(Behalf, Behalf.id == Fact.behalf_id)
        .where(getattr(Fact, of) == bindparam("of"), *_news(hidden)).order_by(Fact.id.desc()).limit(bindparam("most"))
    )  # fmt: skip
    if what == "client":
        rows = rows.where(Fact.audience == "client")
    elif what:
        rows = rows.where(or_(*(Fact.verb.startswith(start, autoescape=True) for start in KINDS[what])))
    narrowing = {
        "before": Fact.id < bindparam("before"), "who": Fact.actor_id == bindparam("who"),
        "project": Fact.project_id == bindparam("project"), "first": Fact.at >= bindparam("first"),
        "last": Fact.at < bindparam("last"),
    }
    return rows.where(*(narrowing[name] for name in asked if name in narrowing))


def _number(args: Mapping[str, str], name: str) -> int:
    text = args.get(name, "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= 9 else 0


def _day(text: str) -> date | None:
    try:
        return clock.day_typed(text)
    except ValueError:
        return None

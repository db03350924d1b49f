"""Questions about the agency itself."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Select, bindparam, func, select

from agency.kit import clock
from agency.kit.db import ask, db, prepared
from agency.kit.journal import Fact
from agency.people.agency import stage_rows
from agency.people.agency.calendars import COUNTRIES, WorkingCalendar
from agency.people.agency.defaults import DEFAULTS, positions
from agency.people.agency.models import ApprovalLimit, Counter, OwnEntity, Setting, TaxRate
from agency.people.agency.stage_endings import BY_HAND

OF_CALENDAR = ("working_hours", "working_country", "working_days")


@dataclass(frozen=True)
class Edition:
    """How a group of settings stood when a form was opened: any change of one of them changes it."""

    version: str


def own_entities() -> list[OwnEntity]:
    """All own legal entities, the default one first."""
    return list(db.session.scalars(select(OwnEntity).order_by(OwnEntity.is_default.desc(), OwnEntity.id)))


def default_entity() -> OwnEntity | None:
    """The own entity that stands on a document when nobody chose another."""
    return db.session.scalars(select(OwnEntity).order_by(OwnEntity.is_default.desc(), OwnEntity.id)).first()


def front() -> tuple[str, list[str]]:
    """The name clients see and the languages pages are offered in, in one question."""
    name, languages = ask(_front(), today=clock.today()).one()
    return front_of(name, languages)


@prepared
def _front() -> Select[*tuple[Any, ...]]:
    return select(*front_columns())


def front_columns() -> tuple[ColumnElement[Any], ColumnElement[Any]]:
    """The same two as columns of another question, which gives `today`: each None when nothing was settled."""
    name = select(OwnEntity.brand).order_by(OwnEntity.is_default.desc(), OwnEntity.id).limit(1)
    return name.scalar_subquery().label("agency_name"), _kept("languages").label("agency_languages")


def front_of(name: str | None, languages: list[str] | None) -> tuple[str, list[str]]:
    """What those columns mean."""
    return name or "Agency", languages or DEFAULTS["languages"]


def sender_name() -> str:
    """The name letters come from; "" means the one the installation was given."""
    return str(value("mail.sender_name"))


def signature() -> str:
    """What stands under every letter, in lines."""
    return str(value("mail.signature"))


def names_of(ids: Iterable[int | None]) -> dict[int, str]:
    """Names of persons by id; their table belongs to a room above this one, so it is read by name."""
    persons = db.metadata.tables["persons"]
    rows = select(persons.c.id, persons.c.name).where(persons.c.id.in_({id for id in ids if id is not None}))
    return {row.id: row.name for row in db.session.execute(rows)}


def entity(id: int) -> OwnEntity | None:
    """An own legal entity by id."""
    return db.session.get(OwnEntity, id)


def logo_of(own: OwnEntity) -> str | None:
    """The storage key of the picture that heads a document of this legal entity, if it has one."""
    return own.logo_key


def setting(key: str, on: date, default: Any = None) -> Any:
    """The value of a setting on a day."""
    found = ask(_setting(), key=key, on=on).first()
    return default if found is None or found.value is None else found.value


@prepared
def _setting() -> Select[Any]:
    rows = select(Setting.value).where(Setting.key == bindparam("key"), Setting.valid_from <= bindparam("on"))
    return rows.order_by(Setting.valid_from.desc()).limit(1)


def value(key: str, on: date | None = None) -> Any:
    """The value of a setting of ours on a day (today), the ready-made one until somebody set another."""
    return setting(key, on or clock.today(), DEFAULTS[key])


def values(*keys: str) -> dict[str, Any]:
    """Several settings as they stand today, in one question."""
    rows = select(Setting).where(Setting.key.in_(keys), Setting.valid_from <= clock.today())
    found = {row.key: row.value for row in db.session.scalars(rows.order_by(Setting.valid_from))}
    return {key: DEFAULTS[key] if found.get(key) is None else found[key] for key in keys}


def coming(*keys: str) -> list[Setting]:
    """Changes that are written in and hold from a later day."""
    rows = select(Setting).where(Setting.key.in_(keys), Setting.valid_from > clock.today())
    return list(db.session.scalars(rows.order_by(Setting.valid_from, Setting.key)))


def edition(*keys: str) -> Edition:
    """The edition of a group of settings, for forms two people may open at once."""
    count, total = db.session.execute(
        select(func.count(), func.coalesce(func.sum(Setting.version), 0)).where(Setting.key.in_(keys)),
    ).one()
    return Edition(f"{count}.{total}")


def changes(limit: int = 100) -> list[Fact]:
    """What was changed in the settings, newest first."""
    verbs = ("settings.changed", "own_entity.added", "own_entity.changed")
    return list(db.session.scalars(select(Fact).where(Fact.verb.in_(verbs)).order_by(Fact.id.desc()).limit(limit)))


def calendar() -> WorkingCalendar:
    """The agency's working calendar: its country, its zone, the hours and exceptions set by hand; one question."""
    home, *kept = ask(_calendar(), today=clock.today()).one()
    hours, chosen, days = (
        DEFAULTS[key] if value is None else value for key, value in zip(OF_CALENDAR, kept, strict=True)
    )
    country = chosen or home or ""
    return WorkingCalendar(
        country=country if country in COUNTRIES else "RU", timezone=clock.home_zone().key,
        day_starts=time.fromisoformat(hours["starts"]), day_ends=time.fromisoformat(hours["ends"]),
        exceptions={date.fromisoformat(day): _works(kept) for day, kept in days.items()},
    )


@prepared
def _calendar() -> Select[*tuple[Any, ...]]:
    country = select(OwnEntity.country).order_by(OwnEntity.is_default.desc(), OwnEntity.id).limit(1)
    return select(country.scalar_subquery(), *(_kept(key) for key in OF_CALENDAR))


def _kept(key: str) -> ColumnElement[Any]:
    """The value of a setting today as a column of another question, which gives `today`."""
    rows = select(Setting.value).where(Setting.key == key, Setting.valid_from <= bindparam("today"))
    return rows.order_by(Setting.valid_from.desc()).limit(1).scalar_subquery()


def _works(kept: Any) -> bool:
    return bool(kept["works"]) if isinstance(kept, dict) else bool(kept)


def stages(key: str) -> dict[str, Any]:
    """A row of stages, the agency's own or the ready-made one: {"name": …, "stages": [[name, share, ending], …]}."""
    kept = setting(f"stages.{key}", clock.today()) or stage_rows.ready(key)
    # A stage that ends by hand is kept as a pair.
    return {**kept, "stages": [[name, share, *(ending or [BY_HAND])] for name, share, *ending in kept["stages"]]}


def known_positions() -> list[str]:
    """Positions to choose from while a person is written in."""
    return value("positions") or positions()


def tax_rates(country: str, on: date) -> list[Decimal]:
    """The tax rates of a country on a day, the standard one first."""
    return sorted((row.percent for row in ask(_tax_rates(of_entity=False), of=country, on=on)), reverse=True)


def tax_rates_of(own_entity_id: int, on: date) -> list[Decimal]:
    """The tax rates of an own legal entity's country on a day, the standard one first."""
    return sorted((row.percent for row in ask(_tax_rates(of_entity=True), of=own_entity_id, on=on)), reverse=True)


@prepared
def _tax_rates(of_entity: bool) -> Select[Decimal]:
    rows = select(TaxRate.percent).where(
        TaxRate.valid_from <= bindparam("on"),
        TaxRate.valid_until.is_(None) | (TaxRate.valid_until >= bindparam("on")),
    )
    if of_entity:
        return rows.join(OwnEntity, OwnEntity.country == TaxRate.country).where(OwnEntity.id == bindparam("of"))
    return rows.where(TaxRate.country == bindparam("of"))


def tax_table(country: str) -> list[TaxRate]:
    """Every rate a country had, has and will have, the newest first within its kind."""
    rows = select(TaxRate).where(TaxRate.country == country)
    found = list(db.session.scalars(rows))
    return sorted(found, key=lambda row: (row.code != "standard", row.code, -row.valid_from.toordinal()))


def limits() -> list[ApprovalLimit]:
    """All limits of approval."""
    return list(db.session.scalars(select(ApprovalLimit).order_by(ApprovalLimit.role, ApprovalLimit.currency)))


def limit(id: int) -> ApprovalLimit | None:
    """A limit of approval by id."""
    return db.session.get(ApprovalLimit, id)


def limit_of(role: str, currency: str) -> Any:
    """The approval limit of a role in a currency: max_gross, max_discount, min_margin; None without one."""
    return ask(_limit_of(), role=role, currency=currency).first()


@prepared
def _limit_of() -> Select[*tuple[Any, ...]]:
    rows = select(ApprovalLimit.max_gross, ApprovalLimit.max_discount, ApprovalLimit.min_margin)
    return rows.where(ApprovalLimit.role == bindparam("role"), ApprovalLimit.currency == bindparam("currency"))


def last_number(series: str) -> int:
    """The last number given out in a series, 0 before the first."""
    row = db.session.get(Counter, series)
    return row.last if row else 0

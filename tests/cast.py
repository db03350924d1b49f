"""The same people in every test: an agency with four departments and two clients that must not meet."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from agency.kit.db import db
from agency.people.accounts import operations as accounts
from agency.people.accounts.identity import Actor, as_actor
from agency.people.accounts.models import Person
from agency.people.agency.models import ApprovalLimit, OwnEntity, TaxRate
from agency.people.clients.models import BillingEntity, Brand, Client, Contact
from agency.people.departments.models import CODES, Department

PASSWORD = "three unrelated words"

STAFF = {
    "owner": ("Анна Штольц", (("owner", None),)),
    "admin": ("Игорь Белов", (("admin", None),)),
    "vera": ("Вера Лапина", (("account_manager", "account"),)),
    "oleg": ("Олег Сомов", (("account_manager", "account"),)),
    "head_creative": ("Павел Ремизов", (("head", "creative"),)),
    "head_media": ("Тимур Садыков", (("head", "media"),)),
    "head_production": ("Олег Вершинин", (("head", "production"),)),
    "copywriter": ("Мария Ясенева", (("specialist", "creative"),)),
    "designer": ("Нина Белозёр", (("specialist", "creative"),)),
    "seo": ("Рита Ольхова", (("specialist", "media"),)),
    "producer": ("Семён Гай", (("specialist", "production"),)),
    "finance": ("Галина Умнова", (("finance", None),)),
}


@dataclass
class Cast:
    """Ids of everybody and everything that every test may rely on."""

    persons: dict[str, int] = field(default_factory=dict)
    hedgehog: int = 0
    rival: int = 0
    entity: int = 0

    def person(self, name: str) -> Person:
        """The row of one of the cast, in the present session."""
        found = db.session.get(Person, self.persons[name])
        assert found is not None
        return found

    def actor(self, name: str) -> Actor:
        """One of the cast as an actor."""
        return as_actor(self.person(name))


def assemble() -> Cast:
    """Write the cast into an empty database, in the open unit."""
    cast = Cast()
    db.session.add_all(Department(code=code) for code in CODES)
    db.session.flush()
    for key, (name, roles) in STAFF.items():
        person = accounts.add_person(name, f"{key}@agency.example", roles=roles)
        accounts.set_password(person, PASSWORD)
        cast.persons[key] = person.id
    for code, head in (("creative", "head_creative"), ("media", "head_media"), ("production", "head_production")):
        db.session.get(Department, code).head_id = cast.persons[head]  # type: ignore[union-attr]
    _agency(cast)
    cast.hedgehog = _client(cast, "TE", "Тёплый Ёж", "vera", {
        "irina": ("Ирина Ветлугина", "irina@tyoply-yozh.example", True),
        "timur": ("Тимур Галеев", "timur@tyoply-yozh.example", False),
    })
    cast.rival = _client(cast, "RV", "Сытый Барсук", "oleg", {
        "stranger": ("Роман Чужой", "roman@sytyj-barsuk.example", True),
    })
    return cast


def _agency(cast: Cast) -> None:
    entity = OwnEntity(
        name="ООО «Агентство Демо»", brand="Агентство Демо", country="RU", currency="RUB", language="ru",
        requisites={"inn": "9999000013", "kpp": "999901001", "ogrn": "1269900000017"}, rounding="per_line",
        is_default=True,
    )
    db.session.add(entity)
    db.session.flush()
    cast.entity = entity.id
    db.session.add(TaxRate(country="RU", code="standard", percent=Decimal(22), valid_from=date(2026, 1, 1)))
    db.session.add(TaxRate(country="RU", code="reduced", percent=Decimal(10), valid_from=date(2026, 1, 1)))
    db.session.add(TaxRate(country="RU", code="zero", percent=Decimal(0), valid_from=date(2026, 1, 1)))
    db.session.add(ApprovalLimit(
        role="account_manager", currency="RUB", max_gross=None, max_discount=Decimal(5), min_margin=Decimal(25),
    ))


def _client(cast: Cast, code: str, name: str, manager: str, people: dict[str, tuple[str, str, bool]]) -> int:
    client = Client(
        code=code, name=name, manager_id=cast.persons[manager], own_entity_id=cast.entity, search_text=name.casefold(),
    )
    db.session.add(client)
    db.session.flush()
    db.session.add(Brand(client_id=client.id, name=name))
    db.session.add(BillingEntity(client_id=client.id, name=f"ООО «{name}»", requisites={"inn": "9999123456"}))
    for key, (full, email, approves) in people.items():
        person = accounts.add_person(full, email, kind="contact")
        cast.persons[key] = person.id
        db.session.add(Contact(client_id=client.id, person_id=person.id, is_approver=approves))
    return client.id

"""Lists by name stand in the order a reader expects, and in the same one on both databases."""

import pytest
from sqlalchemy import insert

from agency.kit.db import db, unit
from agency.kit.language.folding import sort_key
from agency.people.accounts import operations as accounts
from agency.people.accounts import queries as persons
from agency.people.accounts.models import Person
from agency.people.clients import queries as clients
from agency.people.clients.models import Client
from tests.cast import Cast

IN_ORDER = {
    "ru": ["«Аист»", "аист-2", "Еж", "Ёжик", "Жук", "Игла", "Иян", "Йод", "Яна"],
    "cs": ["Adam", "Ágnes", "Cyril", "Čapek", "Dan", "Rys", "Řehoř", "Sýkora", "Zuza", "Žižka"],
    "pl": ["Czar", "Ćma", "Lara", "Lyko", "Łukasz", "Mak", "Zzz", "Źrebak", "Żak"],
}


@pytest.mark.parametrize("language", IN_ORDER)
def test_letters_stand_where_their_language_puts_them(language: str) -> None:
    assert sorted(set(IN_ORDER[language]), key=sort_key) == IN_ORDER[language]


@pytest.mark.on_both
def test_clients_are_listed_by_name(context: None, cast: Cast) -> None:
    names = [name for group in IN_ORDER.values() for name in group]
    with unit():
        rows = [{"code": f"C{n}", "name": name} for n, name in enumerate(names)]
        db.session.execute(insert(Client), rows)
    shown = [row.name for row in db.session.scalars(clients.visible_to(cast.actor("owner")))]
    assert [name for name in shown if name in names] == sorted(names, key=sort_key)


@pytest.mark.on_both
def test_people_are_listed_by_name_and_move_when_they_are_renamed(context: None, cast: Cast) -> None:
    with unit():
        for name in ("Ёлкина Ада", "Ежова Ева", "Жукова Ада", "Čech Jan", "Cibulka Jan", "Łoś Ewa"):
            accounts.add_person(name, f"p{abs(hash(name))}@agency.example", roles=(("specialist", "media"),))
    with unit():
        db.session.scalars(db.select(Person).where(Person.name == "Жукова Ада")).one().name = "Аистова Ада"
    staff = [person.name for person in persons.staff()]
    mine = ["Cibulka Jan", "Čech Jan", "Łoś Ewa", "Аистова Ада", "Ежова Ева", "Ёлкина Ада"]
    assert [name for name in staff if name in mine] == mine

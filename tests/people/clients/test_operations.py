"""Clients, their brands, the people who speak for them, and whom we bill."""

import pytest

from agency.kit import journal
from agency.kit.policy import Forbidden
from agency.kit.states import Refused
from agency.people.accounts import queries as persons
from agency.people.clients import billing, nuances, operations, queries
from tests.cast import Cast


def test_a_new_client_has_a_code_a_brand_and_a_manager(unit: object, cast: Cast) -> None:
    client = operations.add("Мельница  Заречье", manager=cast.person("vera"), by=cast.actor("vera"))
    assert (client.name, client.code, client.manager_id) == ("Мельница Заречье", "MZ", cast.persons["vera"])
    assert [brand.name for brand in client.brands] == ["Мельница Заречье"]
    assert client.own_entity_id == cast.entity
    assert [fact.verb for fact in journal.about(client)] == ["client.added"]


@pytest.mark.parametrize(
    ("name", "code", "field"),
    [
        (" ", "", "name"),
        ("тёплый ёж", "", "name"),
        ("Новый", "TE", "code"),
        ("Новый", "ТЕ", "code"),
        ("Новый", "1A", "code"),
    ],
)
def test_a_name_or_code_that_cannot_be_is_refused_beside_its_field(
    unit: object,
    cast: Cast,
    name: str,
    code: str,
    field: str,
) -> None:
    with pytest.raises(Refused) as refused:
        operations.add(name, code=code, manager=cast.person("vera"), by=cast.actor("vera"))
    assert refused.value.field == field


def test_who_may_not_add_or_change_clients_cannot(unit: object, cast: Cast) -> None:
    for who in ("designer", "finance", "head_media", "irina"):
        with pytest.raises(Forbidden):
            operations.add("Новый", manager=cast.person("vera"), by=cast.actor(who))
    with pytest.raises(Forbidden):
        operations.change(queries.get(cast.hedgehog), by=cast.actor("oleg"), about="нюанс")


def test_a_contact_is_added_changed_and_ends_with_all_rights(unit: object, cast: Cast) -> None:
    vera, client = cast.actor("vera"), queries.get(cast.hedgehog)
    row = operations.add_contact(client, "Инна Платова", "Inna@tyoply-yozh.example", by=vera, is_finance=True)
    assert (row.person.email, row.person.kind, row.is_approver) == ("inna@tyoply-yozh.example", "contact", False)
    operations.change_contact(row, by=vera, email="inna@tyoply-yozh.example", name="Инна Платонова", is_approver=True)
    assert cast.hedgehog in persons.reach_of(row.person)["approves_for"]
    operations.remove_contact(row, by=vera)
    assert persons.reach_of(row.person)["client_ids"] == frozenset()
    again = operations.add_contact(client, "Инна", "inna@tyoply-yozh.example", by=vera)
    assert (again.id, again.is_approver, again.person.name) == (row.id, False, "Инна Платонова")


@pytest.mark.parametrize(
    ("name", "email", "field"),
    [
        ("", "a@b.example", "name"),
        ("Олег", "oleg@agency.example", "email"),
        ("Ирина", "irina@tyoply-yozh.example", "email"),
        ("Инна", "not an address", "email"),
    ],
)
def test_a_contact_that_cannot_be_is_refused(unit: object, cast: Cast, name: str, email: str, field: str) -> None:
    with pytest.raises(Refused) as refused:
        operations.add_contact(queries.get(cast.hedgehog), name, email, by=cast.actor("vera"))
    assert refused.value.field == field


def test_brands_are_added_once(unit: object, cast: Cast) -> None:
    vera, client = cast.actor("vera"), queries.get(cast.hedgehog)
    operations.add_brand(client, "Утро", by=vera)
    with pytest.raises(Refused):
        operations.add_brand(client, " утро ", by=vera)


def test_a_legal_entity_keeps_checked_requisites_and_is_put_away(unit: object, cast: Cast) -> None:
    vera, client = cast.actor("vera"), queries.get(cast.hedgehog)
    assert client is not None
    entity = billing.add(client, "ООО «Тёплый Ёж Регион»", requisites={"inn": "9999 1234 56"}, by=vera)
    assert (entity.country, entity.tax_number) == ("RU", "9999123456")
    with pytest.raises(billing.WrongRequisites) as refused:
        billing.change(entity, by=vera, requisites={"inn": "9999123457", "kpp": "1"})
    assert refused.value.wrong.keys() == {"inn", "kpp"}
    billing.change(entity, by=vera, country="CZ", requisites={"ico": "00000019", "dic": ""})
    assert (entity.said, entity.tax_number) == ([("IČO", "00000019")], "00000019")
    billing.put_away(entity, by=vera)
    billing.put_away(entity, by=vera)
    billing.take_back(entity, by=vera)
    assert [fact.verb.partition(".")[2] for fact in journal.about(entity)] == [
        "restored", "archived", "changed", "added",
    ]
    with pytest.raises(Refused):
        billing.change(entity, by=vera, name=" ")
    with pytest.raises(Forbidden):
        billing.put_away(entity, by=cast.actor("oleg"))


def test_a_nuance_is_shown_where_it_belongs_until_struck_out(unit: object, cast: Cast) -> None:
    vera, client = cast.actor("vera"), queries.get(cast.hedgehog)
    assert client is not None
    nuance = nuances.add(client, "Никакого  красного", ["brief", "report"], by=vera)
    assert nuances.shown_in(client.id, "brief") == ["Никакого красного"]
    assert nuances.shown_in(client.id, "estimate") == nuances.shown_in(cast.rival, "brief") == []
    nuances.change(nuance, "Ничего красного", ["estimate"], by=vera)
    assert nuances.shown_in(client.id, "brief") == []
    nuances.drop(nuance, by=vera)
    assert nuances.shown_in(client.id, "estimate") == []
    for words, places in ((" ", ["brief"]), ("Слова", ["portal"])):
        with pytest.raises(Refused):
            nuances.add(client, words, places, by=vera)
    with pytest.raises(Forbidden):
        nuances.add(client, "Слова", [], by=cast.actor("oleg"))


def test_the_address_of_somebody_who_speaks_for_another_managers_client_too_is_not_theirs_alone(
    unit: object, cast: Cast,
) -> None:
    oleg, vera, owner = cast.actor("oleg"), cast.actor("vera"), cast.actor("owner")
    rival = queries.get(cast.rival)
    assert rival is not None
    row = operations.add_contact(rival, "Ирина Ветлугина", "irina@tyoply-yozh.example", by=oleg)
    same = {"name": row.person.name, "phone": row.person.phone}
    for changed in ({"email": "oleg@evil.example"}, {"name": "Олег"}, {"phone": "+7 900 000-00-00"}):
        with pytest.raises(Refused, match="Лапина"):
            operations.change_contact(row, by=oleg, **{"email": "irina@tyoply-yozh.example", **same, **changed})
    operations.change_contact(row, by=oleg, email="irina@tyoply-yozh.example", **same, position="Советник")
    assert (row.position, row.person.email) == ("Советник", "irina@tyoply-yozh.example")
    operations.change_contact(row, by=owner, email="i@tyoply-yozh.example", **same)
    operations.remove_contact(row, by=oleg)
    mine = queries.contact_of(cast.hedgehog, cast.persons["irina"])
    assert mine is not None
    operations.change_contact(mine, by=vera, email="irina@tyoply-yozh.example", **same)
    assert mine.person.email == "irina@tyoply-yozh.example"

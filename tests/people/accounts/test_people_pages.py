"""One colleague's card, roles and last day; owners in twos; the password typed once more."""

from collections.abc import Callable
from datetime import timedelta

from flask import Flask
from sqlalchemy import update

from agency.kit import clock
from agency.kit.db import db, unit
from agency.kit.mail import Mail
from agency.people.accounts import operations, queries
from agency.people.accounts.models import PersonRole, SignIn
from tests.cast import PASSWORD, Cast
from tests.pages import Visitor

As = Callable[[str | None], Visitor]
INVITED = {"name": "Пётр Новый", "email": "petr@agency.example", "role": "specialist", "department": "media",
           "language": "ru"}  # fmt: skip

RITA = {"name": "Рита Ольхова", "email": "rita@agency.example", "language": "ru"}


def second_owner(app: Flask, cast: Cast, name: str = "finance") -> None:
    with app.app_context(), unit():
        person = cast.person(name)
        person.roles.append(PersonRole(role="owner"))


def make_old(app: Flask) -> None:
    """Everybody signed in eleven minutes ago."""
    with app.app_context(), unit():
        db.session.execute(update(SignIn).values(started_at=clock.now() - timedelta(minutes=11), proven_at=None))


def roles_of(app: Flask, cast: Cast, name: str) -> set[str]:
    with app.app_context():
        return {role.role for role in cast.person(name).roles}


def roles_form(visitor: Visitor, cast: Cast, name: str, *roles: str) -> dict[str, object]:
    return {"version": version(visitor, f"/people/{cast.persons[name]}/roles"), "roles": list(roles)}


def version(visitor: Visitor, address: str) -> str:
    return visitor.get(address).text.split('name="version" type="hidden" value="')[1].split('"')[0]


def test_an_invitation_is_mailed_and_shown_once(as_: As, app: Flask) -> None:
    admin = as_("admin")
    assert "/invitations/" in admin.post("/people", INVITED, status=200).text
    assert "/invitations/" not in admin.get("/people").text
    with app.app_context():
        mail = db.session.query(Mail).one()
        assert (mail.to_address, mail.subject_kind) == ("petr@agency.example", "person")


def test_an_administrator_makes_and_touches_no_owner(as_: As, cast: Cast) -> None:
    admin, owner = as_("admin"), cast.persons["owner"]
    admin.post("/people", INVITED | {"role": "owner", "department": ""}, status=422)
    for address in (f"/people/{owner}", f"/people/{owner}/roles", f"/people/{owner}/leaving"):
        admin.get(address, status=403)
        admin.post(address, {}, status=403)
    admin.post(f"/people/{owner}/invitation", status=403)
    admin.get(f"/people/{cast.persons['admin']}/roles", status=403)
    assert "Владелец" not in admin.get(f"/people/{cast.persons['vera']}/roles").text


def test_only_owner_and_administrator_open_the_pages(as_: As, cast: Cast) -> None:
    for who in ("vera", "head_media", "designer", "finance"):
        for tail in ("", "/roles", "/leaving"):
            as_(who).get(f"/people/{cast.persons['seo']}{tail}", status=404)
    as_("owner").get(f"/people/{cast.persons['irina']}", status=404)


def test_a_card_is_changed_and_a_stale_one_shows_both(as_: As, cast: Cast) -> None:
    admin, address = as_("admin"), f"/people/{cast.persons['seo']}"
    form = {"version": version(admin, address), "name": "Рита Ольхова", "email": "seo@agency.example",
            "position": "ведущий SEO", "phone": "", "language": "ru"}  # fmt: skip
    assert "ведущий SEO" in admin.follow(admin.post(address, form)).text
    assert "ведущий SEO" in admin.post(address, form | {"position": "стажёр"}, status=409).text
    form |= {"version": version(admin, address)}
    assert "уже есть" in admin.post(address, form | {"email": "vera@agency.example"}, status=422).text
    admin.post(address, form | {"name": ""}, status=422)


def test_another_address_ends_the_open_sessions(as_: As, cast: Cast) -> None:
    seo = as_("seo")
    seo.get("/tasks")
    admin, address = as_("admin"), f"/people/{cast.persons['seo']}"
    form = {"version": version(admin, address), **RITA}
    admin.post(address, form)
    seo.get("/tasks", status=302)


def test_roles_are_given_by_department_and_a_stale_list_is_refused(as_: As, app: Flask, cast: Cast) -> None:
    admin, address = as_("admin"), f"/people/{cast.persons['seo']}/roles"
    form = roles_form(admin, cast, "seo", "specialist:media", "head:production")
    admin.follow(admin.post(address, form))
    with app.app_context():
        assert cast.person("seo").departments == {"media", "production"}
    assert "Производство" in admin.post(address, form, status=409).text
    admin.post(address, roles_form(admin, cast, "seo"), status=422)


def test_the_only_owner_names_another_one_alone(as_: As, app: Flask, cast: Cast) -> None:
    owner = as_("owner")
    form = roles_form(owner, cast, "vera", "owner:", "account_manager:account")
    owner.post(f"/people/{cast.persons['vera']}/roles", form)
    assert roles_of(app, cast, "vera") == {"owner", "account_manager"}


def test_two_owners_agree_about_a_third(as_: As, app: Flask, cast: Cast) -> None:
    second_owner(app, cast)
    owner, other = as_("owner"), as_("finance")
    form = roles_form(owner, cast, "vera", "owner:", "account_manager:account")
    owner.post(f"/people/{cast.persons['vera']}/roles", form)
    assert roles_of(app, cast, "vera") == {"account_manager"}
    with app.app_context():
        matter = queries.open_matters()[0].id
    owner.post(f"/people/matters/{matter}/confirmation", status=422)
    as_("admin").post(f"/people/matters/{matter}/confirmation", status=404)
    assert "Вера Лапина" in other.get("/people").text
    other.follow(other.post(f"/people/matters/{matter}/confirmation"))
    assert "owner" in roles_of(app, cast, "vera")
    other.post(f"/people/matters/{matter}/confirmation", status=409)


def test_an_owner_leaves_only_when_another_owner_agrees(as_: As, app: Flask, cast: Cast) -> None:
    second_owner(app, cast)
    second_owner(app, cast, "vera")
    owner = as_("owner")
    owner.post(f"/people/{cast.persons['vera']}/leaving")
    with app.app_context():
        assert cast.person("vera").is_active
        matter = queries.open_matters()[0].id
    other = as_("finance")
    other.post(f"/people/matters/{matter}/dropping")
    other.post(f"/people/matters/{matter}/confirmation", status=409)
    owner.post(f"/people/{cast.persons['vera']}/leaving")
    other.post(f"/people/matters/{matter + 1}/confirmation")
    with app.app_context():
        assert not cast.person("vera").is_active


def test_a_matter_is_forgotten_after_a_week(as_: As, app: Flask, cast: Cast) -> None:
    second_owner(app, cast)
    with app.app_context(), clock.at(clock.now() - timedelta(days=8)), unit():
        from agency.people.accounts import owners

        matter = owners.ask("grant", cast.person("vera"), by=cast.actor("owner"))
        assert matter is not None
        id = matter.id
    as_("finance").post(f"/people/matters/{id}/confirmation", status=409)


def test_weighty_things_want_the_password_after_ten_minutes(as_: As, app: Flask, cast: Cast) -> None:
    admin = as_("admin")
    form = roles_form(admin, cast, "seo", "specialist:media", "finance:")
    make_old(app)
    address = f"/people/{cast.persons['seo']}/roles"
    assert 'name="again"' in admin.get(address).text
    for wrong in ({}, {"again": "not mine"}):
        admin.post(address, form | wrong, status=422)
    assert roles_of(app, cast, "seo") == {"specialist"}
    admin.post(address, form | {"again": PASSWORD})
    assert roles_of(app, cast, "seo") == {"specialist", "finance"}
    # Typed a moment ago, it is not asked again.
    admin.post(f"/people/{cast.persons['seo']}/leaving")


def test_another_address_or_an_invitation_wants_the_password_too(as_: As, app: Flask, cast: Cast) -> None:
    admin = as_("admin")
    make_old(app)
    address = f"/people/{cast.persons['seo']}"
    card = {"version": version(admin, address), **RITA}
    admin.post(address, card, status=422)
    admin.post(address, card | {"email": "seo@agency.example", "position": "SEO"})
    admin.post("/people", INVITED, status=422)
    admin.post(f"/people/{cast.persons['seo']}/leaving", status=422)
    admin.post("/people", INVITED | {"again": PASSWORD}, status=200)


def test_the_last_day_says_what_hangs_on_the_person_and_empties_the_chair(as_: As, app: Flask, cast: Cast) -> None:
    admin = as_("admin")
    assert "клиент" in admin.get(f"/people/{cast.persons['vera']}/leaving").text
    head = f"/people/{cast.persons['head_media']}"
    assert "руководит" in admin.get(f"{head}/leaving").text
    admin.follow(admin.post(f"{head}/leaving"))
    assert "Тимур Садыков" not in admin.get("/people").text
    assert "Тимур Садыков" in admin.get("/people?left=1").text
    admin.follow(admin.post(f"{head}/return"))
    with app.app_context():
        person = cast.person("head_media")
        assert person.is_active
        assert person.password_hash is None


def test_an_invitation_of_the_first_owner_asks_who_it_is(app: Flask, as_: As, cast: Cast) -> None:
    with app.app_context(), unit():
        token = operations.invite(cast.person("owner"), by=cast.actor("owner"))
    assert 'name="email"' not in as_(None).get(f"/invitations/{token}").text

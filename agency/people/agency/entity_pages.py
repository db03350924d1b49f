"""The pages of our own legal entities: card, requisites, logo, and which is the main one."""

from typing import Any

from flask import abort, request

from agency.kit import storage
from agency.kit.web import Form, Room, actor, changed_meanwhile, go, needs, page, refusals, uploads
from agency.kit.web.downloads import send
from agency.kit.words import _
from agency.people.agency import logos, operations, queries, requisites
from agency.people.agency.forms import COUNTRY_NAMES, CURRENCIES, EntityForm, LogoForm
from agency.people.agency.models import OwnEntity

FIELDS = ("name", "brand", "country", "address", "site", "phone", "currency", "language", "rounding")


def routes(room: Room) -> None:
    """Add the addresses of legal entities."""
    both = ["GET", "POST"]
    room.add_url_rule("/entities", "entities", entities)
    room.add_url_rule("/entities/new", "add_entity", add, methods=both)
    room.add_url_rule("/entities/<int:id>", "entity", edit, methods=both)
    room.add_url_rule("/entities/<int:id>/requisites", "requisites", edit_requisites, methods=both)
    room.add_url_rule("/entities/<int:id>/precedence", "prefer_entity", prefer, methods=["POST"])
    room.add_url_rule("/entities/<int:id>/logo", "logo", logo)
    room.add_url_rule("/entities/<int:id>/logo", "set_logo", set_logo, methods=["POST"])
    room.add_url_rule("/entities/<int:id>/logo/removal", "remove_logo", remove_logo, methods=["POST"])


def _status() -> int:
    return 422 if request.method == "POST" else 200


@needs("settings.view")
def entities() -> Any:
    """Who signs and bills."""
    shown = [(one, _said(one)) for one in queries.own_entities()]
    return page("settings/entities.html", entities=shown, countries=COUNTRY_NAMES)


def _said(entity: OwnEntity) -> list[tuple[str, str]]:
    kept = entity.requisites or {}
    return [(str(one.label), kept[one.key]) for one in requisites.of(entity.country) if kept.get(one.key)]


@needs("settings.edit")
def add() -> Any:
    """Write in one more legal entity."""
    own = queries.default_entity()
    form = EntityForm(data={"country": own.country, "currency": own.currency, "language": own.language} if own else {})
    if form.sent():
        with refusals(form) as outcome:
            entity = operations.add_entity(by=actor(), **_card(form))
        if outcome.ok:
            return go("settings.requisites", id=entity.id, said=_("The legal entity is added."))
    return page("settings/entity.html", _status(), form=form, entity=None, logo_form=None)


@needs("settings.edit", of=queries.entity)
def edit(entity: OwnEntity) -> Any:
    """Change the card."""
    form = EntityForm(obj=entity)
    if entity.currency not in CURRENCIES:
        abort(404)
    if request.method == "POST" and (stale := changed_meanwhile(form, entity, _saved(entity))):
        return stale
    if form.sent():
        with refusals(form) as outcome:
            operations.change_entity(entity, by=actor(), **_card(form))
        if outcome.ok:
            return go("settings.entities", said=_("Saved. Documents that were sent stay as they were."))
    return _page(entity, form, LogoForm(heard=False), _status())


def _page(entity: OwnEntity, form: EntityForm, logo_form: LogoForm, status: int) -> Any:
    return page("settings/entity.html", status, form=form, entity=entity, logo_form=logo_form)


def _card(form: EntityForm) -> dict[str, Any]:
    return {name: " ".join((form[name].data or "").split()) for name in FIELDS}


def _saved(entity: OwnEntity) -> dict[str, Any]:
    return {name: getattr(entity, name) for name in ("name", "brand", "address", "site", "phone")}


@needs("settings.edit", of=queries.entity)
def edit_requisites(entity: OwnEntity) -> Any:
    """Change the requisites its country has."""
    kept, errors, version = dict(entity.requisites or {}), {}, str(entity.version)
    if request.method == "POST":
        typed = {one.key: request.form.get(one.key, "") for one in requisites.of(entity.country)}
        if stale := changed_meanwhile(_Typed(typed), entity, kept):
            return stale
        version = request.form.get("version", "")
        try:
            operations.set_requisites(entity, typed, by=actor())
        except operations.WrongRequisites as refused:
            kept, errors = typed, refused.wrong
        else:
            return go("settings.entities", said=_("The requisites are saved."))
    return page(
        "settings/requisites.html", 422 if errors else 200, entity=entity, kept=kept, errors=errors, version=version,
        fields=requisites.of(entity.country), country=COUNTRY_NAMES.get(entity.country, entity.country),
    )


class _Typed(Form):
    """The requisites as they were typed, for the page that shows both versions."""

    def __init__(self, typed: dict[str, str]) -> None:
        super().__init__()
        self.typed = typed

    def __getitem__(self, name: str) -> Any:
        return _Said(name, request.form.get("version", "") if name == "version" else self.typed.get(name, ""))


class _Said:
    """One requisite as it was typed."""

    def __init__(self, name: str, data: str) -> None:
        self.data = data
        groups = (*requisites.BY_COUNTRY.values(), requisites.ELSEWHERE)
        known = {one.key: str(one.label) for group in groups for one in group}
        self.label = type("Label", (), {"text": known.get(name, name)})


@needs("settings.edit", of=queries.entity)
def prefer(entity: OwnEntity) -> Any:
    """Make it the main one."""
    operations.make_default(entity, by=actor())
    return go("settings.entities", said=_("New clients and documents go to %(name)s.", name=entity.name))


@needs("settings.view", of=queries.entity)
def logo(entity: OwnEntity) -> Any:
    """The picture itself."""
    if entity.logo_key is None:
        abort(404)
    with storage.current().open(entity.logo_key) as file:
        kind = logos.mime(file.read(16))
    return send(entity.logo_key, "logo", kind, inline=True)


@needs("settings.edit", of=queries.entity)
def set_logo(entity: OwnEntity) -> Any:
    """Take a picture for the head of documents."""
    form, brought = LogoForm(), uploads("logo")
    with refusals(form) as outcome:
        if not brought:
            raise operations.Refused(_("Choose a picture first."), "logo")
        operations.set_logo(entity, brought[0], by=actor())
    if outcome.ok:
        return go("settings.entity", id=entity.id, said=_("The logo is on every document drawn from now on."))
    return _page(entity, EntityForm(obj=entity, heard=False), form, outcome.status)


@needs("settings.edit", of=queries.entity)
def remove_logo(entity: OwnEntity) -> Any:
    """Head documents with the name alone."""
    operations.set_logo(entity, None, by=actor())
    return go("settings.entity", id=entity.id, said=_("Documents bear the name alone from now on."))

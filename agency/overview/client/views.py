"""The pages of clients: the list by health, the card, and the history of everything."""

from collections.abc import Mapping
from typing import Any

from flask import request
from markupsafe import Markup

from agency.attached.notices import places
from agency.kit import clock, words
from agency.kit.journal import Fact
from agency.kit.policy import may
from agency.kit.web import Room, actor, drawn_once, macro, needs, page
from agency.kit.web.turning import neighbours, turn
from agency.overview.client import card, health, lines, queries, standing, work
from agency.overview.client.card import Card
from agency.people.clients import history, tables
from agency.people.clients.forms import BrandForm, NuanceForm
from agency.people.clients.models import PLACES

room = Room("clients", __name__)
tables.routes(room)

# What a measure or a waiting thing is known by: the right to see such records at all.
KNOWN_BY = {
    "decisions": "smeta.view", "promises": "promise.view", "payments": "payment_row.view", "reports": "report.view",
    "work": "home.view", "request": "request.view", "promise": "promise.view", "brief": "brief.view",
    "smeta": "smeta.view", "task": "smeta.view", "payment": "payment_row.view",
}
LATEST, BILLING = 8, "billing_entity.view"
CHOICE = ("who", "what", "on", "project")
# Kinds of records whose pages open from the history.
OPENED = ("project", "brief", "smeta", "task", "promise", "request")


@room.get("/")
@needs("client.view")
def index() -> Any:
    """Every client this person may see, those who need a look first."""
    return page("clients/index.html", **_list())


def _known() -> set[str]:
    return {key for key, right in KNOWN_BY.items() if may(actor(), right)}


def _list(client: Card | None = None) -> dict[str, Any]:
    """The list with the health of each; the client of the card is judged in the same breath."""
    text, mine, needs_look = request.args.get("q", ""), request.args.get("mine") == "1", request.args.get("look") == "1"
    leaf = queries.listed(actor(), text, mine, needs_look, turn())
    today, known = clock.today(), _known()
    stand = standing.of({row.id for row in leaf.rows} | ({client.id} if client else set()), today)
    chosen = {name: value for name, value in (("mine", int(mine)), ("look", int(needs_look)), ("q", text)) if value}
    judged = {id_: health.of(one, today, known) for id_, one in stand.items()}
    here, sees_all = client.id if client else 0, actor().sees_all_clients
    say = tuple(chosen.items()), frozenset(known), sees_all and not mine
    return {
        "clients": [lines.drawn(one, one.id == here, *say) for one in lines.of(leaf.rows, stand, judged)],
        "text": text, "chosen": chosen, "health": judged.get(client.id) if client else None,
        "pages": neighbours(leaf, "clients.index", **chosen), "is_whole": not (leaf.earlier or leaf.later),
        "mine": mine, "needs_look": needs_look, "sees_all": sees_all,
        "may_add": may(actor(), "client.create"), "sees_money": "payments" in known,
    }


@room.get("/<int:id>")
@needs("client.view", of=card.get)
def show(client: Card) -> Any:
    """One client: how it fares, what waits, projects, people, whom we bill, nuances, what happened."""
    told = history.of_client(client.id, history.Wanted(), actor(), LATEST)
    return page(
        "clients/show.html", client=client, around=card.around(client.id), people=card.speakers(client.id),
        places=PLACES, told=told[:LATEST], opens=_opens(client), today=clock.today(),
        blank=_blank(),
        may_edit=may(actor(), "client.edit", client), opens_all=may(actor(), "audit.view", client),
        **_affairs(client), **_list(client),
    )


@drawn_once(len(words.CLIENT))
def _blank() -> Mapping[str, Markup]:
    """The fields of what may be added on a card: empty, so the same on every one of them."""
    field, nuance = macro("_macros/forms.html", "field"), NuanceForm(prefix="nuance-")
    return {
        "brand": field(BrandForm(prefix="brand-").name, required=False),
        "nuance": field(nuance.words, rows=2, required=False) + field(nuance.places),
    }


def _affairs(client: Card) -> dict[str, Any]:
    """What goes on with a client, as far as the reader may know."""
    everything, known, sees_billing = request.args.get("projects") == "all", _known(), may(actor(), BILLING)
    return {
        "projects": work.projects(client.id, everything), "everything": everything,
        "waits": work.waiting(client.id, known), "money": work.money(client.id) if "payments" in known else [],
        "entities": card.billed(client.id) if sees_billing else [], "sees_billing": sees_billing,
    }


@room.get("/<int:id>/history")
@needs("client.view", of=card.get)
def journal(client: Card) -> Any:
    """Everything that happened with the client and in its projects, narrowed as one likes, page by page."""
    choice = history.wanted(request.args)
    found = history.of_client(client.id, choice, actor())
    shown = found[: history.PAGE]
    return page(
        "clients/history.html", client=client, told=shown, choice=choice, kinds=history.KIND_NAMES,
        people=history.people_in(Fact.client_id == client.id), projects=work.projects(client.id, everything=True),
        older=shown[-1].id if len(found) > history.PAGE else 0, opens=_opens(client),
        kept={name: value for name, value in request.args.items() if name in CHOICE and value},
    )


def _opens(client: Card) -> Any:
    """The address of what a fact is about, for whoever may open every record of the client."""
    may_open = may(actor(), "audit.view", client)

    def address(told: history.Told) -> str:
        return places.path(*told.subject) if may_open and told.subject[0] in OPENED else ""

    return address

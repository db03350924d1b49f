"""Which clients there are for whom, those who need a look first."""

from datetime import timedelta
from typing import Any, NamedTuple

from sqlalchemy import Date, Select, String, bindparam, cast, null, select, union_all

from agency.attached.promises.models import Promise
from agency.flow.briefs.models import Brief
from agency.flow.smetas.models import PaymentRow, Smeta
from agency.kit import clock
from agency.kit.db import Among, Instant, prepared
from agency.kit.db.among import Values
from agency.kit.db.paging import Leaf, Listing, Stretch, Turn
from agency.kit.db.typed import holding, typed
from agency.people.accounts.models import Person
from agency.people.clients.models import Client

PAGE = 30
# Days a client's decision may take before it is late: the agreed five working days are a week.
PATIENCE = 7
CLIENTS = Among("clients")


class Listed(NamedTuple):
    """A client as the list names it."""

    id: int
    code: str
    name: str
    manager: str | None


def listed(actor: Any, text: str, mine: bool, needs: bool, turn: Turn) -> Leaf[Listed]:
    """A page of the list, those who need a look first."""
    names = typed(text)
    return _listing(actor.sees_all_clients, mine, needs, tuple(names)).leaf(
        turn, Listed, clients=Values(actor.client_ids), actor=actor.id, today=clock.today(),
        long_ago=clock.now() - timedelta(days=PATIENCE + 1), **names,
    )


@prepared
def _listing(every: bool, mine: bool, needs: bool, named: tuple[str, ...]) -> Listing:
    rows = select(Client.id, Client.code, Client.name, cast(null(), String))
    if every and not mine:
        # Among one's own clients nobody is told who looks after them.
        rows = select(Client.id, Client.code, Client.name, Person.name).outerjoin(Client.manager)
    if not every:
        rows = rows.where(Client.id.in_(CLIENTS))
    if mine:
        rows = rows.where(Client.manager_id == bindparam("actor"))
    rows = rows.where(*holding(Client.search_text, named))
    return Listing(rows, *_order(every, needs), length=PAGE)


def _order(every: bool, needs: bool) -> list[Stretch]:
    """Those in trouble first, then the others, each by name."""
    trouble, by_name = _in_trouble(every), (Client.sort_key, Client.id)
    if not every and not needs:
        return [Stretch((Client.id.not_in(trouble), *by_name))]
    # With a sum for a key SQLite walks along the names and stops at a page, however many clients there are.
    troubled = Stretch(by_name, (Client.id + 0).in_(trouble))
    return [troubled] if needs else [troubled, Stretch(by_name, ~troubled.which)]


def _in_trouble(every: bool) -> Select[int]:
    """Clients with an overdue payment or promise, or with a decision that was not made in time."""
    def of(client_id: Any, *which: Any) -> Select[int]:
        rows = select(client_id).where(*which)
        return rows if every else rows.where(client_id.in_(CLIENTS))

    today, long_ago = bindparam("today", type_=Date()), bindparam("long_ago", type_=Instant())
    unpaid = (PaymentRow.owed_in.is_not(None), PaymentRow.paid != PaymentRow.amount, PaymentRow.due_on < today)
    return union_all(
        of(PaymentRow.client_id, *unpaid),
        of(Promise.client_id, Promise.state == "open", Promise.due_on < today),
        of(Brief.client_id, Brief.state == "sent", Brief.department.is_(None), Brief.sent_at < long_ago),
        of(Smeta.client_id, Smeta.state == "sent", Smeta.sent_at < long_ago),
    ).subquery().select()

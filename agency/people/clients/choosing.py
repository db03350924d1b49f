"""Which clients somebody may choose in a form: all of them while they are few, else those like the words typed."""

from typing import Any, NamedTuple

from sqlalchemy import Select, bindparam, or_, select

from agency.kit.db import Among, ask, prepared
from agency.kit.db.typed import beginning, holding, typed
from agency.kit.language.folding import fold, other_keyboard
from agency.people.clients.models import Client

# More than these nobody reads through in one list.
FEW, MOST = 50, 12
LONGEST = 200


class Named(NamedTuple):
    """A client as a field to choose in names it."""

    id: int
    name: str
    code: str

    @property
    def words(self) -> str:
        """The words that mean this client and no other."""
        return f"{self.name}, {self.code}"


def few(reader: Any) -> list[Named] | None:
    """The clients a reader may choose from, by name; None when they are more than a list can hold."""
    found = _found(_first(reader.sees_all_clients), reader)
    return found if len(found) <= FEW else None


def one(reader: Any, id: int) -> Named | None:
    """The client with this id, if the reader may see it."""
    return next(iter(_found(_one(reader.sees_all_clients), reader, id=id)), None)


def called(reader: Any, words: str) -> list[Named]:
    """The clients the reader sees that are called so, by name, code, or both: one, none, or several of one name."""
    text = " ".join(words.split())
    name, _comma, tail = text.rpartition(",")
    plain, code, tail = fold(text), text.upper(), tail.strip().upper()
    found = _found(_called(reader.sees_all_clients), reader, code=code, tail=tail, start=beginning(text))
    both = [one for one in found if one.code == tail and fold(one.name) == fold(name)]
    return both or [one for one in found if one.code == code or fold(one.name) == plain]


def alike(reader: Any, words: str) -> list[Named]:
    """The clients the reader sees that hold these words, or the same keys in the other alphabet; one more than MOST."""
    return _holding(reader, words.replace(",", " ")) or _holding(reader, other_keyboard(words))


def _holding(reader: Any, text: str) -> list[Named]:
    text = " ".join(text.split())[:LONGEST]
    names = typed(text)
    question = _alike(reader.sees_all_clients, tuple(names))
    return _found(question, reader, code=text.upper(), start=beginning(text), **names)


def _found(question: Select[int, str, str], reader: Any, **values: Any) -> list[Named]:
    return [Named(*row) for row in ask(question, clients=reader.client_ids, **values)]


def _seen(every: bool) -> Select[int, str, str]:
    rows = select(Client.id, Client.name, Client.code)
    return rows if every else rows.where(Client.id.in_(Among("clients")))


@prepared
def _first(every: bool) -> Select[int, str, str]:
    return _seen(every).order_by(Client.sort_key, Client.id).limit(FEW + 1)


@prepared
def _one(every: bool) -> Select[int, str, str]:
    return _seen(every).where(Client.id == bindparam("id"))


@prepared
def _called(every: bool) -> Select[int, str, str]:
    coded = Client.code == bindparam("code"), Client.code == bindparam("tail")
    rows = _seen(every).where(or_(*coded, *holding(Client.search_text, ("start",))))
    return rows.order_by(Client.sort_key, Client.id)


@prepared
def _alike(every: bool, named: tuple[str, ...]) -> Select[int, str, str]:
    rows = _seen(every).where(*holding(Client.search_text, named))
    # Whose code this is, then whose name begins so, then who has the words anywhere.
    begun = [~one for one in holding(Client.search_text, ("start",))]
    return rows.order_by(Client.code != bindparam("code"), *begun, Client.sort_key, Client.id).limit(MOST + 1)

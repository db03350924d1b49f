"""The field in which a form asks for a client."""

from collections import Counter
from typing import Any

from flask import url_for
from wtforms import Form, SelectField
from wtforms.validators import ValidationError
from wtforms.widgets import TextInput

from agency.kit.language.folding import fold
from agency.kit.web import choices, whole
from agency.kit.words import Lazy, _
from agency.people.clients import choosing
from agency.people.clients.choosing import Named
from agency.people.clients.models import Client

# What is chosen while the words typed mean no client, or several.
UNCLEAR = -1
PERHAPS = 5


def _id(given: Any) -> int:
    try:
        return whole(str(given or 0).strip() or 0)
    except ValueError:
        return UNCLEAR


class ClientField(SelectField):
    """A client: chosen from a list while the reader sees few, typed by name or code when there are many.

    `offer` says whose clients; `data` is an id, 0 for `nobody`. What is typed is understood without any script; the
    script choose.js only offers the words.
    """

    def __init__(self, label: Lazy, *, nobody: Lazy, **more: Any) -> None:
        super().__init__(label, coerce=_id, default=0, **more)
        self.nobody, self.is_typed, self.wrong = nobody, False, ""

    def offer(self, reader: Any, present: Client | None = None) -> None:
        """Let the reader choose among the own clients and the present one, whoever looks after that."""
        here = [Named(present.id, present.name, present.code)] if present else []
        few = choosing.few(reader)
        self.is_typed, self.data = few is None, self.data or 0
        known = [*few, *(one for one in here if one not in few)] if few is not None else here
        # Words may come from a page that was opened when there were more clients.
        if self._words() and (self.is_typed or self.data == UNCLEAR):
            known = self._hear(reader, known)
        elif not self.raw_data and self.data not in (0, *(one.id for one in known)):
            found = choosing.one(reader, self.data)
            known, self.data = ([*known, found], found.id) if found else (known, 0)
        self._show(known)

    def _words(self) -> str:
        """What was typed; a zero is what a list says for nobody."""
        typed = " ".join(str(self.raw_data[0]).split()) if self.raw_data else ""
        return "" if typed == "0" else typed[:choosing.LONGEST]

    def _hear(self, reader: Any, known: list[Named]) -> list[Named]:
        """Understand the words; answers the clients known now."""
        words = self._words()
        here = [one for one in known if fold(words) in (fold(one.words), fold(one.name), fold(one.code))]
        found = {one.id: one for one in [*here, *choosing.called(reader, words)]}
        if len(found) == 1:
            self.data = next(iter(found))
            return list({one.id: one for one in [*known, *found.values()]}.values())
        self.data, self.wrong = UNCLEAR, _unclear(list(found.values()), reader, words)
        return known

    def _show(self, known: list[Named]) -> None:
        namesakes = Counter(fold(one.name) for one in known)
        offered = [
            (one.id, one.words if self.is_typed or namesakes[fold(one.name)] > 1 else one.name) for one in known
        ]
        unclear = [(UNCLEAR, self._words())] if self.data == UNCLEAR else []
        self.choices = choices([(0, self.nobody), *offered, *unclear])
        if self.is_typed:
            self.widget = TextInput()
            self.render_kw = {
                "placeholder": _("Part of the name, or the code"), "autocomplete": "off", "spellcheck": "false",
                "maxlength": choosing.LONGEST, "data_choose": url_for("client_parts.suggest"),
            }

    def _value(self) -> str:
        """What stands in the field for typing."""
        if self.raw_data:
            return str(self.raw_data[0])
        return self.name_of(self.data) if self.data else ""

    def name_of(self, id: int | None) -> str:
        """How a client is called here; whoever is known as nobody too."""
        return next((str(one.label) for one in self.choices if one.value == (id or 0)), "")

    def pre_validate(self, form: Form) -> None:
        """Say what is wrong with the words."""
        if self.wrong:
            raise ValidationError(self.wrong)
        super().pre_validate(form)


def _unclear(found: list[Named], reader: Any, words: str) -> str:
    """Why the words mean no client: several bear this name, or none; a client of others is as good as none."""
    if found:
        return _("Several clients are called so. Say which one by its code: %(clients)s.", clients=_list(found))
    if perhaps := choosing.alike(reader, words)[:PERHAPS]:
        return _("No client is called exactly so. Perhaps it is one of these: %(clients)s.", clients=_list(perhaps))
    return _("None of the clients you may choose has this name or code.")


def _list(clients: list[Named]) -> str:
    return "; ".join(one.words for one in clients[:PERHAPS])

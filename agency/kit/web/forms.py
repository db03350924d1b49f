"""Forms: what a person may type; rules stay in the operations and speak through `refusals`."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

import wtforms
from flask import request
from wtforms.fields.choices import SelectChoice
from wtforms.widgets.core import clean_key

from agency.kit import clock, words
from agency.kit.language.catalogues import catalogue
from agency.kit.states import Refused
from agency.kit.web.fields import written
from agency.kit.words import lazy

FAR_DAY = lazy("Choose a day between the years 2000 and 2100.")


def choices(pairs: Iterable[tuple[Any, Any]]) -> list[SelectChoice]:
    """Pairs of value and label as a select field wants them."""
    return [SelectChoice(value, label) for value, label in pairs]


class _Words:
    """WTForms' own messages in the current language."""

    def gettext(self, text: str) -> str:
        return words.gettext(text)

    def ngettext(self, one: str, many: str, n: int) -> str:
        # WTForms fills the sentence itself, under names of its own.
        return catalogue(words.locale()).ngettext(one, many, n)


class Form(wtforms.Form):
    """A form filled from the request when it was posted, else from the record or the defaults."""

    class Meta:
        """Speak the current language, and write fields out the short way."""

        def render_field(self, field: Any, render_kw: dict[str, Any]) -> Any:
            said = {clean_key(name): value for name, value in {**(field.render_kw or {}), **render_kw}.items()}
            return written(field, dict(said)) or field.widget(field, **said)

        def get_translations(self, form: wtforms.Form) -> _Words:
            return _Words()

    def __init__(self, obj: Any = None, *, heard: bool = True, **kwargs: Any) -> None:
        # `heard` is False for a second form of a page, when the first one was posted.
        sent = request.form if heard and request.method == "POST" else None
        super().__init__(formdata=sent, obj=obj, **kwargs)
        for field in self:
            if isinstance(field, wtforms.DateField) and isinstance(field.data, date) and not clock.is_near(field.data):
                # Nobody counts with such a day, not even before the form is checked.
                field.data = None
                field.process_errors = [*field.process_errors, str(FAR_DAY)]

    def sent(self) -> bool:
        """Whether the form was posted and everything typed can be understood."""
        return request.method == "POST" and self.validate()


OK = 200


class refusals:  # noqa: N801 - reads as a word in a `with`
    """Turn a refusal of the operation into an error beside its field; `ok` tells how it went."""

    def __init__(self, form: wtforms.Form) -> None:
        self.form = form
        self.ok = True
        self.status = 200

    def __enter__(self) -> "refusals":
        return self

    def __exit__(self, kind: Any, error: BaseException | None, trace: Any) -> bool:
        if not isinstance(error, Refused):
            return False
        self.ok = False
        self.status = error.status
        place = self.form._fields.get(error.field)
        if place is None:
            self.form.form_errors.append(str(error.sentence))
        else:
            place.errors = [*place.errors, str(error.sentence)]
        return True


def attempt(form: Form, act: Callable[[], Any]) -> int:
    """Do `act` with what was typed; answers 200, else the status under which the page is shown again.

    A form that is not understood is 422 and nothing is done; a refusal speaks beside its field.
    """
    if not form.sent():
        return 422
    with refusals(form) as answer:
        act()
    return answer.status


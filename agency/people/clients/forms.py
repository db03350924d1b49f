"""What a person may type on a client's card."""

from typing import Any

from wtforms import (
    BooleanField,
    EmailField,
    HiddenField,
    SelectField,
    SelectMultipleField,
    StringField,
    TelField,
    TextAreaField,
    widgets,
)
from wtforms.validators import InputRequired, Length, Optional

from agency.kit.web import Form, choices, whole
from agency.kit.words import lazy, lazy_in
from agency.people.agency import requisites
from agency.people.agency.forms import COUNTRY_NAMES
from agency.people.clients.models import PLACES

LINE = [Optional(), Length(max=200)]
LANGUAGES = choices([
    ("ru", lazy("Russian")), ("en", lazy("English")), ("cs", lazy("Czech")), ("pl", lazy("Polish")),
])  # fmt: skip
COUNTRIES = choices(COUNTRY_NAMES.items())
CURRENCIES = choices((code, code) for code in ("RUB", "EUR", "CZK", "PLN", "USD"))


class ClientForm(Form):
    """The card of a client."""

    version = HiddenField()
    name = StringField(lazy_in("company", "Name"), [InputRequired(lazy("Name the client.")), Length(max=120)])
    manager_id = SelectField(lazy("Account manager"), coerce=whole)
    country = SelectField(lazy("Country"), choices=COUNTRIES)
    language = SelectField(lazy("Language of documents"), choices=LANGUAGES)
    currency = SelectField(lazy("Currency"), choices=CURRENCIES)
    own_entity_id = SelectField(lazy("Our legal entity"), coerce=whole)
    about = TextAreaField(lazy("What we should remember"), [Optional(), Length(max=2000)])


class NewClientForm(ClientForm):
    """The card of a new client, with the code that begins its projects' numbers."""

    code = StringField(lazy("Code"), [Optional(), Length(max=6)])


class BrandForm(Form):
    """One more brand."""

    name = StringField(lazy("Brand"), [InputRequired(lazy("Name the brand.")), Length(max=120)])


class ContactForm(Form):
    """A person who speaks for the client."""

    version = HiddenField()
    name = StringField(lazy_in("person", "Name"), [InputRequired(lazy("Name the person.")), Length(max=120)])
    position = StringField(lazy("Position"), LINE)
    email = EmailField(lazy("E-mail"), [Optional(), Length(max=254)])
    phone = TelField(lazy("Phone"), [Optional(), Length(max=40)])
    language = SelectField(lazy("Language of letters"), choices=LANGUAGES)
    reach = StringField(lazy("When and how to reach"), LINE)
    is_approver = BooleanField(lazy("Approves briefs and estimates"))
    gets_reports = BooleanField(lazy("Gets progress reports"), default=True)
    is_finance = BooleanField(lazy("Invoices and acts"))


class BillingEntityForm(Form):
    """A legal entity that agreements and invoices name; the fields of its country stand in a class of their own."""

    version = HiddenField()
    country = HiddenField()
    name = StringField(lazy("Full name"), [InputRequired(lazy("Name the legal entity.")), Length(max=200)])
    address = TextAreaField(lazy("Legal address"), [Optional(), Length(max=400)])

    def typed(self) -> dict[str, str]:
        """The requisites as they were typed."""
        return {one.key: self[one.key].data or "" for one in requisites.of(self.country.data)}

    def validate(self, extra_validators: Any = None) -> bool:
        """Every field by itself, then each requisite by the rule of its country."""
        is_good = super().validate(extra_validators)
        _kept, wrong = requisites.check(self.country.data, self.typed())
        for key, sentence in wrong.items():
            self[key].errors = [*self[key].errors, str(sentence)]
        return is_good and not wrong


def _asking(known: tuple[requisites.Requisite, ...]) -> type[BillingEntityForm]:
    fields = {one.key: StringField(one.label, LINE) for one in known}
    return type("BillingEntityForm", (BillingEntityForm,), fields | {"__module__": __name__})


_FORMS = {country: _asking(known) for country, known in requisites.BY_COUNTRY.items()}
_ELSEWHERE = _asking(requisites.ELSEWHERE)


def billing_form(country: str, **known: Any) -> BillingEntityForm:
    """The form with the requisites a legal entity of this country has."""
    form = _FORMS.get(country, _ELSEWHERE)(**known)
    # Whatever was sent in the hidden field: the fields that stand here are those of this country.
    form.country.data = country
    return form


class NuanceForm(Form):
    """What one must know of a client, and where."""

    version = HiddenField()
    words = TextAreaField(lazy("What one must know"), [
        InputRequired(lazy("Write down what one must know.")), Length(max=400),
    ])  # fmt: skip
    places = SelectMultipleField(
        lazy("Where it is shown"), choices=choices(PLACES.items()), option_widget=widgets.CheckboxInput(),
        widget=widgets.ListWidget(prefix_label=False), default=list(PLACES),
    )

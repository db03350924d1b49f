"""What a person may type on a client's card."""

from wtforms import BooleanField, EmailField, HiddenField, SelectField, StringField, TelField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional

from agency.kit.web import Form, choices, whole
from agency.kit.words import lazy, lazy_in

LINE = [Optional(), Length(max=200)]
LANGUAGES = choices([
    ("ru", lazy("Russian")), ("en", lazy("English")), ("cs", lazy("Czech")), ("pl", lazy("Polish")),
])  # fmt: skip
COUNTRIES = choices([("RU", lazy("Russia")), ("CZ", lazy("Czechia")), ("PL", lazy("Poland")), ("DE", lazy("Germany"))])
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
    is_approver = BooleanField(lazy("Approves briefs and estimates"))
    gets_reports = BooleanField(lazy("Gets progress reports"), default=True)
    is_finance = BooleanField(lazy("Invoices and acts"))


class BillingEntityForm(Form):
    """A legal entity that agreements and invoices name."""

    name = StringField(lazy("Full name"), [InputRequired(lazy("Name the legal entity.")), Length(max=200)])
    tax_id = StringField(lazy("Tax number"), [Optional(), Length(max=30)])
    country = SelectField(lazy("Country"), choices=COUNTRIES)
    address = TextAreaField(lazy("Legal address"), [Optional(), Length(max=400)])

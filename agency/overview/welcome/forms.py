"""The four questions of the first run."""

from wtforms import RadioField, StringField
from wtforms.validators import InputRequired, Length, Optional

from agency.kit.web import Form, choices
from agency.kit.words import lazy
from agency.people.agency.forms import COUNTRY_NAMES, LANGUAGE_NAMES


class NameForm(Form):
    """How the agency is called."""

    brand = StringField(lazy("Name that clients see"), [InputRequired(lazy("Type a name.")), Length(max=120)])
    name = StringField(lazy("Full name of the legal entity"), [Optional(), Length(max=200)])


class CountryForm(Form):
    """Where it works: currency, taxes and holidays follow."""

    country = RadioField(
        lazy("Country"), choices=choices((code, COUNTRY_NAMES[code]) for code in ("RU", "CZ", "PL")),
        validators=[InputRequired(lazy("Choose a country."))],
    )


class LanguageForm(Form):
    """In which language pages and documents begin."""

    language = RadioField(
        lazy("Language"), choices=choices((code, LANGUAGE_NAMES[code]) for code in ("ru", "en")),
        validators=[InputRequired(lazy("Choose a language."))],
    )

"""What an owner or administrator may type in the settings; every form carries the edition it was opened at."""

from decimal import Decimal
from typing import Any

import wtforms
from wtforms import (
    DateField,
    FileField,
    HiddenField,
    IntegerField,
    SelectField,
    StringField,
    TelField,
    TextAreaField,
    TimeField,
)
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from agency.kit.money import UnclearAmount, parse_money, parse_scaled
from agency.kit.web import Form, choices
from agency.kit.words import Lazy, lazy, lazy_in

LINE = [Optional(), Length(max=200)]
COUNTRY_NAMES: dict[str, Lazy] = {
    "RU": lazy("Russia"), "CZ": lazy("Czechia"), "PL": lazy("Poland"), "DE": lazy("Germany"),
    "SK": lazy("Slovakia"), "AT": lazy("Austria"), "GB": lazy("United Kingdom"), "US": lazy("United States"),
}  # fmt: skip
LANGUAGE_NAMES: dict[str, Lazy] = {
    "ru": lazy("Russian"), "en": lazy("English"), "cs": lazy("Czech"), "pl": lazy("Polish"),
}  # fmt: skip
CURRENCIES = ("RUB", "EUR", "CZK", "PLN", "USD")
ROUNDINGS: dict[str, Lazy] = {
    "per_line": lazy("VAT of each line, then their sum (Russia)"),
    "per_rate_total": lazy("VAT of the sum of each rate (EU, Czechia, Poland)"),
}
RATE_NAMES: dict[str, Lazy] = {
    "standard": lazy_in("tax rate", "standard"), "reduced": lazy_in("tax rate", "reduced"),
    "low": lazy_in("tax rate", "low"), "zero": lazy_in("tax rate", "zero"),
}
TRIGGERS: dict[str, Lazy] = {
    "signing": lazy("after signing"), "milestone": lazy("after a stage"), "act": lazy("after the act"),
}
NEEDED = InputRequired(lazy("Type a number."))


class PercentField(StringField):
    """Per cent with at most four places; `amount` is what was understood."""

    amount: Decimal | None = None

    def pre_validate(self, form: Any) -> None:
        """Understand the figure, as people of this language write it."""
        self.amount = None
        if self.data:
            try:
                self.amount = parse_scaled(self.data)
            except UnclearAmount as error:
                raise wtforms.validators.StopValidation(str(error)) from None


class EntityForm(Form):
    """The card of one of our legal entities."""

    version = HiddenField()
    name = StringField(lazy("Full name"), [InputRequired(lazy("Name the legal entity.")), Length(max=200)])
    brand = StringField(lazy("Name that clients see"), [InputRequired(lazy("Type a name.")), Length(max=120)])
    country = SelectField(lazy("Country"), choices=choices(COUNTRY_NAMES.items()))
    address = TextAreaField(lazy("Legal address"), [Optional(), Length(max=400)])
    site = StringField(lazy("Site"), LINE)
    phone = TelField(lazy("Phone"), [Optional(), Length(max=40)])
    currency = SelectField(lazy("Currency"), choices=choices((code, code) for code in CURRENCIES))
    language = SelectField(lazy("Language of documents"), choices=choices(LANGUAGE_NAMES.items()))
    rounding = SelectField(lazy("How VAT is rounded"), choices=choices(ROUNDINGS.items()))


class LogoForm(Form):
    """The picture on top of documents."""

    logo = FileField(lazy("Logo"))


class RateForm(Form):
    """One more tax rate, from a day on."""

    code = SelectField(lazy("Kind of rate"), choices=choices(RATE_NAMES.items()))
    percent = PercentField(lazy("Rate, %"), [NEEDED])
    since = DateField(lazy("Valid from"), [InputRequired(lazy("Name the day."))])


class LimitForm(Form):
    """Up to what a role decides alone."""

    version = HiddenField()
    currency = ""
    amount: int | None = None
    max_discount = PercentField(lazy("Discount up to, %"), [NEEDED])
    min_margin = PercentField(lazy("Margin not below, %"), [NEEDED])
    max_gross = StringField(lazy("Total up to"), [Optional(), Length(max=30)])

    def validate_max_gross(self, field: wtforms.Field) -> None:
        """A sum in the currency of the limit."""
        self.amount = None
        if field.data:
            try:
                self.amount = parse_money(field.data, self.currency)
            except UnclearAmount as error:
                raise wtforms.ValidationError(str(error)) from None


class HoursForm(Form):
    """When the agency works."""

    version = HiddenField()
    country = SelectField(lazy("Whose holidays"), choices=choices([
        ("", lazy("Of the main legal entity")), *((code, COUNTRY_NAMES[code]) for code in ("RU", "CZ", "PL")),
    ]))  # fmt: skip
    starts = TimeField(lazy("The day begins"), [InputRequired(lazy("Type the time."))])
    ends = TimeField(lazy("The day ends"), [InputRequired(lazy("Type the time."))])
    since = DateField(lazy("Valid from"), [Optional()])

    def validate_ends(self, field: wtforms.Field) -> None:
        """A day has some hours in it."""
        if self.starts.data and field.data and field.data <= self.starts.data:
            raise wtforms.ValidationError(str(lazy("A working day ends after it starts.")))


class DayForm(Form):
    """A day that differs from the country's calendar; with `instead` a working day is moved."""

    day = DateField(lazy("Day"), [InputRequired(lazy("Name the day."))])
    works = SelectField(lazy("What it is"), choices=choices([
        ("no", lazy("a day off")), ("yes", lazy("a working day")),
    ]))  # fmt: skip
    instead = DateField(lazy("Worked off on"), [Optional()])
    why = StringField(lazy("Why"), [Optional(), Length(max=120)])


class NumbersForm(Form):
    """With which numbers to go on."""

    project = IntegerField(lazy("Next project"), [NEEDED, NumberRange(1, 99999)])
    request = IntegerField(lazy("Next request"), [NEEDED, NumberRange(1, 99999)])


class MailForm(Form):
    """How letters are signed."""

    version = HiddenField()
    sender_name = StringField(lazy("Name of the sender"), [Optional(), Length(max=80)])
    signature = TextAreaField(lazy("Signature"), [Optional(), Length(max=600)])


class EstimatesForm(Form):
    """What a new estimate begins with."""

    version = HiddenField()
    valid_days = IntegerField(lazy("Good for, days"), [NEEDED, NumberRange(1, 365)])
    margin_goal = PercentField(lazy("Margin we aim at, %"), [NEEDED])
    since = DateField(lazy("Valid from"), [Optional()])


class RepliesForm(Form):
    """How soon a client's request is answered."""

    version = HiddenField()
    minutes = IntegerField(lazy("Working minutes to the first answer"), [NEEDED, NumberRange(5, 4800)])
    since = DateField(lazy("Valid from"), [Optional()])


class StagesForm(Form):
    """The name of a row of stages; its rows are read apart."""

    version = HiddenField()
    name = StringField(lazy("Name of the row"), [InputRequired(lazy("Type a name.")), Length(max=120)])


class PositionsForm(Form):
    """Positions, one a line."""

    version = HiddenField()
    names = TextAreaField(lazy("Positions, one a line"), [Optional(), Length(max=4000)])

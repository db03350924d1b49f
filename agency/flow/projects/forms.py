"""What a person may type about a project; rows of stages and requirements are heard by `rows`."""

from wtforms import (
    BooleanField,
    DateField,
    EmailField,
    HiddenField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import DataRequired, InputRequired, Length, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from agency.flow.projects.models import CADENCES, SIDES
from agency.kit.web import Form, choices
from agency.kit.words import lazy, lazy_in
from agency.people.agency.stage_endings import BY_HAND
from agency.people.agency.stage_endings import NAMES as ENDINGS
from agency.people.clients.fields import ClientField

LINE = [Optional(), Length(max=200)]
FEW = lazy("Please say this in a few words.")
CURRENCIES = choices((code, code) for code in ("RUB", "EUR", "CZK", "PLN", "USD"))
LANGUAGES = choices([
    ("ru", lazy("Russian")), ("en", lazy("English")), ("cs", lazy("Czech")), ("pl", lazy("Polish")),
])  # fmt: skip
WEEKDAYS = choices([
    (0, lazy("Monday")), (1, lazy("Tuesday")), (2, lazy("Wednesday")), (3, lazy("Thursday")), (4, lazy("Friday")),
])  # fmt: skip


class CheckboxesField(SelectMultipleField):
    """Several of many, each with a box to tick."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class OpenForm(Form):
    """Everything that is decided when a request becomes a project."""

    client_id = ClientField(lazy("Client"), nobody=lazy("A new client"))
    new_name = StringField(lazy("Name of the new client"), LINE)
    new_code = StringField(lazy("Code"), [Optional(), Length(max=6)])
    brand = StringField(lazy("Brand"), LINE)
    contact_name = StringField(lazy("Contact person"), LINE)
    contact_email = EmailField(lazy("E-mail"), [Optional(), Length(max=254)])
    is_approver = BooleanField(lazy("Approves briefs and estimates"), default=True)
    name = StringField(lazy("Name of the project"), [InputRequired(lazy("Name the project.")), Length(max=120)])
    budget = StringField(lazy("Budget"), [Optional(), Length(max=40)])
    currency = SelectField(lazy("Currency"), choices=CURRENCIES)
    budget_has_vat = BooleanField(lazy("VAT is inside"), default=True)
    starts_on = DateField(lazy_in("day", "Start"), [InputRequired(lazy("Name the day the work begins."))])
    ends_on = DateField(lazy_in("day", "Finish"), [Optional()])
    manager_id = SelectField(lazy("Account manager"), coerce=int)
    deputy_id = SelectField(lazy("Deputy"), coerce=int, default=0)
    team = CheckboxesField(lazy("Team"), coerce=int)
    preset = SelectField(lazy("Row of stages"))


class CardForm(Form):
    """The card of a project."""

    version = HiddenField()
    name = StringField(lazy("Name of the project"), [InputRequired(lazy("Name the project.")), Length(max=120)])
    brand_id = SelectField(lazy("Brand"), coerce=int)
    billing_entity_id = SelectField(lazy("Whom we bill"), coerce=int)
    manager_id = SelectField(lazy("Account manager"), coerce=int)
    deputy_id = SelectField(lazy("Deputy"), coerce=int)
    budget = StringField(lazy("Budget"), [Optional(), Length(max=40)])
    budget_has_vat = BooleanField(lazy("VAT is inside"))
    language = SelectField(lazy("Language of documents"), choices=LANGUAGES)
    report_weekday = SelectField(lazy("Progress report on"), coerce=int, choices=WEEKDAYS)
    report_cadence = SelectField(lazy("How often a report goes out"), choices=choices(CADENCES.items()))
    starts_on = DateField(lazy_in("day", "Start"), [InputRequired(lazy("Name the day the work begins."))])
    ends_on = DateField(lazy_in("day", "Finish"), [Optional()])
    launches_on = DateField(lazy_in("day", "Launch"), [Optional()])
    reason = StringField(lazy("Why the dates move"), LINE)


class TeamForm(Form):
    """Who works on it."""

    version = HiddenField()
    team = CheckboxesField(lazy("Team"), coerce=int)


class StageForm(Form):
    """One stage: its name, its forecast day, and why that moves."""

    version = HiddenField()
    name = StringField(lazy("Stage"), [InputRequired(lazy("Name the stage.")), Length(max=120)])
    forecast_on = DateField(lazy("Day"), [InputRequired(lazy("Name the day."))])
    reason = StringField(lazy("Why the day moves"), LINE)
    ending = SelectField(lazy("It is over when"), choices=choices(ENDINGS.items()), default=BY_HAND)


class ReopenForm(Form):
    """Why a stage that was over goes on."""

    reason = StringField(lazy("Why does it go on?"), [DataRequired(FEW), Length(max=200)])


class NewStageForm(Form):
    """One more stage at the end."""

    name = StringField(lazy("Stage"), [InputRequired(lazy("Name the stage.")), Length(max=120)])
    day = DateField(lazy("Day"), [InputRequired(lazy("Name the day."))])


class RequirementForm(Form):
    """The words of one requirement."""

    version = HiddenField()
    words = TextAreaField(lazy("What the client said"), [InputRequired(FEW), Length(max=2000)])
    said_by = StringField(lazy("Who said it"), LINE)


class DropForm(Form):
    """Why a requirement is dropped."""

    reason = StringField(lazy("Why is it dropped?"), [InputRequired(FEW), Length(max=200)])


class HoldForm(Form):
    """On whose side the work pauses, and why."""

    side = SelectField(lazy("On whose side?"), choices=choices(SIDES.items()))
    reason = StringField(lazy("What do we wait for?"), [InputRequired(FEW), Length(max=200)])


class CancelForm(Form):
    """Why the project ends before its end."""

    reason = StringField(lazy("Why is it cancelled?"), [InputRequired(FEW), Length(max=200)])

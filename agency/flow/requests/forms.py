"""What a person may type about a request; rules stay in the operations."""

from wtforms import (
    BooleanField,
    DateField,
    EmailField,
    HiddenField,
    MultipleFileField,
    RadioField,
    SelectField,
    StringField,
    TelField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length, Optional

from agency.flow.requests.models import GOALS
from agency.kit.web import Form, choices, whole
from agency.kit.words import lazy
from agency.people.clients.fields import ClientField

LONGEST_WORDS = 20_000
FEW = lazy("Please say this in a few words.")
LINE = [Optional(), Length(max=200)]


class AskForm(Form):
    """The public page: five questions."""

    words = TextAreaField(lazy("What is to be done?"), [
        InputRequired(lazy("Say in your own words what is to be done.")), Length(max=LONGEST_WORDS),
    ])
    goal = RadioField(lazy("What result would be a good one?"), [Optional()], choices=choices(GOALS.items()))
    deadline_words = StringField(lazy("When should people see the result?"), LINE)
    budget_words = StringField(lazy("How much are you ready to spend?"), LINE)
    contact_name = StringField(lazy("Your name"), LINE)
    company = StringField(lazy("Company or brand"), LINE)
    email = EmailField(lazy("E-mail"), [Optional(), Length(max=254)])
    phone = TelField(lazy("Phone"), [Optional(), Length(max=40)])
    files = MultipleFileField(lazy("Files"), [Optional()])
    website = StringField(lazy("Leave this field empty"))
    started = HiddenField()


class CaptureForm(Form):
    """The quick capture: one field is enough."""

    words = TextAreaField(lazy("What the client said or wrote"), [
        InputRequired(lazy("Write or paste at least a line.")), Length(max=LONGEST_WORDS),
    ])
    client_id = ClientField(lazy("Client"), nobody=lazy("Not known yet"))
    contact_name = StringField(lazy("Who asks"), LINE)
    company = StringField(lazy("Company or brand"), LINE)
    email = EmailField(lazy("E-mail"), [Optional(), Length(max=254)])
    phone = TelField(lazy("Phone"), [Optional(), Length(max=40)])
    budget_words = StringField(lazy("Budget"), LINE)
    deadline_words = StringField(lazy("By when"), LINE)
    files = MultipleFileField(lazy("Files"), [Optional()])
    take_it = BooleanField(lazy("Take it at once"), default=True)


class CorrectForm(Form):
    """What was missing, written in later."""

    version = HiddenField()
    client_id = ClientField(lazy("Client"), nobody=lazy("Not known yet"))
    company = StringField(lazy("Company or brand"), LINE)
    contact_name = StringField(lazy("Who asks"), LINE)
    email = EmailField(lazy("E-mail"), [Optional(), Length(max=254)])
    phone = TelField(lazy("Phone"), [Optional(), Length(max=40)])
    budget_words = StringField(lazy("Budget"), LINE)
    deadline_words = StringField(lazy("By when"), LINE)


class QuestionForm(Form):
    """A question to the client."""

    question = TextAreaField(lazy("What do you want to know?"), [InputRequired(FEW), Length(max=4000)])


class AnswerForm(Form):
    """What the client answered."""

    answer = TextAreaField(lazy("Your answer"), [InputRequired(FEW), Length(max=LONGEST_WORDS)])
    files = MultipleFileField(lazy("Files"), [Optional()])


class HeardForm(Form):
    """What the client answered on the phone."""

    answer = TextAreaField(lazy("What did the client answer?"), [InputRequired(FEW), Length(max=LONGEST_WORDS)])


class DeclineForm(Form):
    """No, with our reason and the words for the client."""

    reason = StringField(lazy("Why, for ourselves"), [InputRequired(FEW), Length(max=200)])
    letter = TextAreaField(lazy("Words to the client"), [Optional(), Length(max=4000)])


class HoldForm(Form):
    """Later, with a reason and a day."""

    reason = StringField(lazy("What do we wait for?"), [InputRequired(FEW), Length(max=200)])
    until = DateField(lazy("Until"), [InputRequired(lazy("Name a day later than today."))])


class DuplicateForm(Form):
    """The request that goes on."""

    of = SelectField(lazy("Which request does it repeat?"), coerce=whole, validate_choice=False)

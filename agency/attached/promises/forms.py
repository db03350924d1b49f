"""What one types to make, move or settle a promise."""

from wtforms import DateField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length

from agency.kit.web import Form
from agency.kit.words import lazy


class PromiseForm(Form):
    """What, and by when."""

    words = StringField(lazy("What we promised"), [InputRequired(lazy("Say what was promised.")), Length(max=300)])
    due_on = DateField(lazy("By when"), [InputRequired(lazy("Choose a day."))])


class MoveForm(Form):
    """A later day, and the reason the client reads."""

    due_on = DateField(lazy("New day"), [InputRequired(lazy("Choose a day."))])
    reason = TextAreaField(lazy("Why it moves"), [InputRequired(lazy("Say why it moves: the client reads this."))])


class ReasonForm(Form):
    """Why it was not kept."""

    reason = TextAreaField(lazy("Why it was not kept"), [InputRequired(lazy("Say it in a few words."))])

"""What a person types to come in."""

from wtforms import HiddenField, PasswordField, StringField
from wtforms.validators import InputRequired, Length

from agency.kit.web import Form
from agency.kit.words import lazy


class SignInForm(Form):
    """Address and password."""

    email = StringField(lazy("E-mail"), [InputRequired(lazy("Type your e-mail address.")), Length(max=254)])
    password = PasswordField(lazy("Password"), [InputRequired(lazy("Type your password.")), Length(max=500)])
    next = HiddenField()


class InvitationForm(Form):
    """A new password, typed once; it can be shown."""

    password = PasswordField(lazy("Your new password"), [InputRequired(lazy("Type a password.")), Length(max=500)])

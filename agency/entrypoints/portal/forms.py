"""What a client may type on the pages of the portal."""

from wtforms import (
    BooleanField,
    DateField,
    EmailField,
    HiddenField,
    MultipleFileField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length, Optional

from agency.kit.web import Form, whole
from agency.kit.words import lazy, lazy_in

FEW = lazy("Please say this in a few words.")


class SayYes(Form):
    """A yes to exactly what was shown, under a typed name."""

    typed_name = StringField(lazy("Your first and last name"), [Length(max=200)])
    seen = HiddenField()


class SayWords(Form):
    """Words instead of a yes: what should be otherwise, or why not."""

    words = TextAreaField(lazy("What should change"), [InputRequired(FEW), Length(max=4000)])
    seen = HiddenField()


class SayNo(Form):
    """A no with its reason."""

    reason = TextAreaField(lazy("Why not"), [InputRequired(FEW), Length(max=2000)])
    seen = HiddenField()


class AskQuestion(Form):
    """A question to the manager."""

    words = TextAreaField(lazy("Your question or remark"), [InputRequired(FEW), Length(max=4000)])


class SendFiles(Form):
    """Files from the client."""

    files = MultipleFileField(lazy("Files for us"))


class InviteColleague(Form):
    """Somebody of the same client who should come in too."""

    name = StringField(lazy_in("person", "Name"), [InputRequired(lazy("Name the person.")), Length(max=200)])
    email = EmailField(lazy("E-mail"), [InputRequired(lazy("Type the address.")), Length(max=254)])
    approver = BooleanField(lazy("Approves briefs and estimates"))


class NameDeputy(Form):
    """Who decides for somebody, from day to day."""

    person_id = SelectField(lazy("Who decides for you"), coerce=whole)
    from_on = DateField(lazy("First day"), [Optional()])
    until_on = DateField(lazy("Last day"), [Optional()])


class CabinetRule(Form):
    """Whom a client's people may let in."""

    invites = SelectField(lazy("Whom the client’s people may invite"))


class Entrance(Form):
    """An address to mail a link to."""

    email = EmailField(lazy("Your e-mail"), [InputRequired(lazy("Type the address.")), Length(max=254)])

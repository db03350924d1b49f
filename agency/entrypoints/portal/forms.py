"""What a client may type on the pages of the portal."""

from wtforms import HiddenField, MultipleFileField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length

from agency.kit.web import Form
from agency.kit.words import lazy

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

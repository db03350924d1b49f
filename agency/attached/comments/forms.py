"""What one types to say something."""

from wtforms import BooleanField, HiddenField, TextAreaField

from agency.kit.web import Form
from agency.kit.words import lazy


class TalkForm(Form):
    """A remark, and whether the client may read it."""

    words = TextAreaField(lazy("What you want to say"))
    shown = BooleanField(lazy("The client may read it"))
    back = HiddenField()

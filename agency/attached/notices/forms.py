"""How one wants to be told."""

from wtforms import RadioField, SelectField

from agency.kit.web import Form, choices
from agency.kit.words import lazy, lazy_in

HOURS = [(hour, f"{hour}:00") for hour in range(24)]
WAYS = (
    ("at_once", lazy("At once")), ("digest", lazy("Once a day, in one letter")),
    ("off", lazy("No mail, only the bell")),
)  # fmt: skip


class ChoiceForm(Form):
    """Mail at once, one letter a day, or the bell alone; and the hours when nothing is mailed."""

    way = RadioField(lazy("News by mail"), choices=choices(WAYS))
    digest_hour = SelectField(lazy("The daily letter comes at"), coerce=int, choices=choices(HOURS))
    quiet_from = SelectField(lazy("No mail from"), coerce=int, choices=choices(HOURS))
    quiet_until = SelectField(lazy_in("quiet hours", "until"), coerce=int, choices=choices(HOURS))

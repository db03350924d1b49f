"""What a person may type about a task."""

from typing import Any

from wtforms import (
    BooleanField,
    DateField,
    HiddenField,
    IntegerField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from agency.attached.hours.durations import UnclearTime, parse_minutes
from agency.kit import clock
from agency.kit.web import Form, choices, whole
from agency.kit.words import hours, lazy
from agency.people.departments.models import NAMES

SIDES = choices([
    ("client", lazy("from the client")), ("colleague", lazy("from a colleague")), ("supplier", lazy("from a supplier")),
])  # fmt: skip


class ReasonForm(Form):
    """Why, in a few words."""

    reason = TextAreaField(lazy("Why"))


class StopForm(Form):
    """What is missing, and from whom."""

    reason = TextAreaField(lazy("What is missing"))
    side = SelectField(lazy("From whom"), choices=SIDES)


class RemarksForm(Form):
    """What to change, one thing a line; what was looked at."""

    remarks = TextAreaField(lazy("What to change"), description=lazy("One thing a line: it becomes a list to tick"))
    checks = SelectMultipleField(lazy("Looked at"), choices=[], validate_choice=False)


class DeliveryForm(Form):
    """A version handed in: a file or a word, and what its maker has looked after."""

    note = TextAreaField(lazy("A word to whoever checks"), [Length(max=2000)])
    kept = SelectMultipleField(lazy("Requirements"), coerce=whole, choices=[], validate_choice=False)
    fixed = SelectMultipleField(lazy("Remarks"), coerce=whole, choices=[], validate_choice=False)


class AssignForm(Form):
    """Who is to have it."""

    assignee_id = SelectField(lazy("Who does it"), coerce=whole, choices=[])


class DueForm(Form):
    """A new day, and the reason that stays beside the old one."""

    version = HiddenField()
    due_on = DateField(lazy("New day"), [InputRequired(lazy("Choose a day."))])
    reason = TextAreaField(lazy("Why it moves"))


class TimeForm(Form):
    """Time worked on one day."""

    version = HiddenField()
    minutes = StringField(lazy("Time"), description=lazy("Like 2:20, 2 h 20 min or 140"))
    day = DateField(lazy("Day"), [InputRequired(lazy("Choose a day."))], default=clock.today)
    note = StringField(lazy("What was done"), [Length(max=500)])


class TaskForm(Form):
    """Everything settled about a task."""

    version = HiddenField()
    title = StringField(lazy("What is to be done"), [Length(max=200)])
    department = SelectField(lazy("Department"), choices=choices(NAMES.items()))
    about = TextAreaField(lazy("What must be known"))
    starts_on = DateField(lazy("Starts"), [Optional()])
    due_on = DateField(lazy("Due"), [Optional()])
    reason = StringField(lazy("Why the day moves"), [Length(max=500)])
    estimate = StringField(lazy("Estimated time"), description=lazy("Like 2:20, 2 h 20 min or 140"))
    rounds = IntegerField(lazy("Rounds included"), [InputRequired(), NumberRange(0, 20)], default=2)
    requirement_ids = SelectMultipleField(
        lazy("Answers the requirements"), coerce=whole, choices=[], validate_choice=False,
    )
    is_public = BooleanField(lazy("The client sees it"), default=True)
    client_accepts = BooleanField(lazy("The client accepts the result"))

    def validate_estimate(self, field: Any) -> None:
        """An empty estimate is none; another must be a time."""
        minutes_of(field)

    @property
    def minutes(self) -> int | None:
        """The estimate in minutes."""
        return minutes_of(self.estimate)


class PlanRow(Form):
    """One planned task on the planning page."""

    starts_on = DateField(lazy("Starts"), [Optional()])
    due_on = DateField(lazy("Due"), [Optional()])
    assignee_id = SelectField(lazy("Who does it"), coerce=whole, choices=[], validate_choice=False)
    estimate = StringField(lazy("Estimated time"))
    version = HiddenField()

    def validate_estimate(self, field: Any) -> None:
        """An empty estimate is none; another must be a time."""
        minutes_of(field)

    @property
    def minutes(self) -> int | None:
        """The estimate in minutes."""
        return minutes_of(self.estimate)


def minutes_of(field: Any) -> int | None:
    """The minutes typed into a field, None when it is empty; raises ValidationError with a sentence."""
    typed = (field.data or "").strip()
    if not typed:
        return None
    try:
        # An estimate may be longer than a day: "40 h".
        return parse_minutes(typed, longest=None)
    except UnclearTime as unclear:
        raise ValidationError(str(unclear)) from None


def typed_minutes(minutes: int | None) -> str:
    """Minutes as they stand in a field."""
    return hours(minutes) if minutes else ""

"""What a person types to come in."""

from typing import Self

import wtforms
from wtforms import EmailField, HiddenField, PasswordField, SelectField, SelectMultipleField, StringField, TelField
from wtforms.validators import InputRequired, Length, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from agency.kit.web import Form, choices
from agency.kit.words import Lazy, lazy, lazy_in
from agency.people.accounts.proving import ProvingForm

ROLE_NAMES: dict[str, Lazy] = {
    "owner": lazy_in("role", "Owner"), "admin": lazy_in("role", "Administrator"),
    "account_manager": lazy_in("role", "Account manager"), "head": lazy_in("role", "Head of department"),
    "specialist": lazy_in("role", "Specialist"), "finance": lazy_in("role", "Finance"),
}
DEPARTMENT_NAMES: dict[str, Lazy] = {
    "creative": lazy_in("department", "Creative"), "media": lazy_in("department", "Media"),
    "production": lazy_in("department", "Production"), "account": lazy_in("department", "Client service"),
}
NEED_DEPARTMENT = ("head", "specialist")


class SignInForm(Form):
    """Address and password."""

    email = StringField(lazy("E-mail"), [InputRequired(lazy("Type your e-mail address.")), Length(max=254)])
    password = PasswordField(lazy("Password"), [InputRequired(lazy("Type your password.")), Length(max=500)])
    next = HiddenField()


class InvitationForm(Form):
    """A new password, typed once; it can be shown."""

    password = PasswordField(lazy("Your new password"), [InputRequired(lazy("Type a password.")), Length(max=500)])


class CheckboxesField(SelectMultipleField):
    """Several of many, each with a box to tick."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class FirstOwnerForm(InvitationForm):
    """Whoever founds the agency: a name, an address, a password."""

    name = StringField(lazy("Name and surname"), [InputRequired(lazy("Type your name.")), Length(max=120)])
    email = EmailField(lazy("E-mail"), [InputRequired(lazy("Type the e-mail address.")), Length(max=254)])


class ColleagueForm(ProvingForm):
    """Somebody new at the agency."""

    name = StringField(lazy("Name and surname"), [InputRequired(lazy("Name the person.")), Length(max=120)])
    email = EmailField(lazy("E-mail"), [InputRequired(lazy("Type the e-mail address.")), Length(max=254)])
    position = StringField(lazy("Position"), [Optional(), Length(max=120)])
    phone = TelField(lazy("Phone"), [Optional(), Length(max=40)])
    role = SelectField(lazy("Role"), choices=choices(ROLE_NAMES.items()))
    department = SelectField(
        lazy("Department"), choices=choices([("", lazy("No department")), *DEPARTMENT_NAMES.items()]),
    )
    language = SelectField(lazy("Language"), choices=choices([("ru", lazy("Russian")), ("en", lazy("English"))]))

    def validate_department(self, field: wtforms.Field) -> None:
        """Heads and specialists belong somewhere."""
        if self.role.data in NEED_DEPARTMENT and not field.data:
            raise wtforms.ValidationError(str(lazy("Choose the department.")))

    @classmethod
    def empty(cls) -> Self:
        """The form as it stands before anybody typed, also in the answer to a sent one."""
        return cls(heard=False, data={"role": "specialist", "department": "creative", "language": "ru"})


class CardForm(ProvingForm):
    """The card of a colleague."""

    version = HiddenField()
    name = StringField(lazy("Name and surname"), [InputRequired(lazy("Name the person.")), Length(max=120)])
    email = EmailField(lazy("E-mail"), [InputRequired(lazy("Type the e-mail address.")), Length(max=254)])
    position = StringField(lazy("Position"), [Optional(), Length(max=120)])
    phone = TelField(lazy("Phone"), [Optional(), Length(max=40)])
    language = SelectField(lazy("Language"), choices=choices([("ru", lazy("Russian")), ("en", lazy("English"))]))


class RolesForm(ProvingForm):
    """The roles of a colleague, each with its department."""

    version = HiddenField()
    roles = CheckboxesField(lazy("Roles"))


class LeavingForm(ProvingForm):
    """The last day of a colleague."""

"""What is typed about departments: who heads each, and who answers new requests."""

from wtforms import HiddenField, SelectField

from agency.kit.words import lazy
from agency.people.accounts.proving import ProvingForm
from agency.people.departments.models import NAMES


class DepartmentsForm(ProvingForm):
    """A head for each department, and the receiver of requests; 0 is nobody."""

    version = HiddenField()
    creative = SelectField(NAMES["creative"], coerce=int)
    media = SelectField(NAMES["media"], coerce=int)
    production = SelectField(NAMES["production"], coerce=int)
    account = SelectField(NAMES["account"], coerce=int)
    receiver = SelectField(lazy("Who answers new requests"), coerce=int)

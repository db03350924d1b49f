"""The password typed once more before something weighty, when it was typed more than ten minutes ago."""

from datetime import timedelta

from sqlalchemy import update
from wtforms import PasswordField
from wtforms.validators import Length, Optional

from agency.kit import clock, limits
from agency.kit.db import aside, db
from agency.kit.web import Form, actor
from agency.kit.words import _, lazy
from agency.people.accounts import operations, passwords
from agency.people.accounts.models import SignIn

FRESH = timedelta(minutes=10)


class ProvingForm(Form):
    """A form with room for the password; the page shows it only when it is needed."""

    again = PasswordField(lazy("Your own password once more"), [Optional(), Length(max=500)])


def is_fresh() -> bool:
    """Whether the password of this session was typed a moment ago."""
    row = db.session.get(SignIn, actor().session_id)
    return row is not None and clock.now() - (row.proven_at or row.started_at) <= FRESH


def proven(form: ProvingForm) -> bool:
    """Whether it is really this person; says so beside the field if not. Called with no unit open."""
    if is_fresh():
        return True
    person = actor().person
    stored, session_id = person.password_hash if person else None, actor().session_id
    if not form.again.data:
        form.again.errors = [_("It is some time since you signed in: type your own password once more.")]
        return False
    if not limits.allow(f"password:{actor().id}", 10, operations.GUESS_SPAN):
        form.form_errors.append(str(operations.TOO_OFTEN))
        return False
    db.session.rollback()
    if not passwords.right(stored, form.again.data):
        form.again.errors = [_("This is not your current password.")]
        return False
    with aside() as session:
        session.execute(update(SignIn).where(SignIn.id == session_id).values(proven_at=clock.now()))
    return True

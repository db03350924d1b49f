"""What one types about money: what came, why a note is taken back, and when the client says to pay."""

from typing import Any

from wtforms import DateField, HiddenField, StringField
from wtforms.validators import InputRequired, Length, Optional

from agency.flow.smetas.models import PaymentRow
from agency.kit import clock, ids
from agency.kit.money import UnclearAmount, parse_money
from agency.kit.states import Refused
from agency.kit.web import Form
from agency.kit.words import lazy, money

NOTE = [Optional(), Length(max=300)]


class ReceiptForm(Form):
    """Money that came; `key` makes one form one receipt."""

    key = HiddenField(validators=[InputRequired(lazy("Open the page anew and note it again.")), Length(max=64)])
    amount = StringField(lazy("How much came"), [InputRequired(lazy("Say how much came.")), Length(max=40)])
    received_on = DateField(lazy("The day the money came"), [InputRequired(lazy("Choose a day."))])
    note = StringField(lazy("Note"), NOTE)

    @classmethod
    def of(cls, row: PaymentRow, heard: bool = True) -> "ReceiptForm":
        """The form of one payment, with all that is left of it and today."""
        left = money(row.left, row.smeta.currency)
        data = {"amount": left, "received_on": clock.today(), "key": ids.short()}
        return cls(prefix=f"got{row.id}-", data=data, heard=heard)

    def sum(self, currency: str) -> int:
        """The typed amount in minor units; raises Refused for what is no amount."""
        try:
            return parse_money(self.amount.data or "", currency)
        except UnclearAmount as unclear:
            raise Refused(str(unclear), "amount") from None


class CorrectionForm(Form):
    """Why a receipt is taken back."""

    reason = StringField(
        lazy("Why it is taken back"), [InputRequired(lazy("Say why it is taken back.")), Length(max=300)],
    )

    @classmethod
    def of(cls, receipt_id: int, heard: bool = True) -> "CorrectionForm":
        """The form of one receipt."""
        return cls(prefix=f"back{receipt_id}-", heard=heard)


class ExpectationForm(Form):
    """The day the client named, and who named it."""

    day = DateField(lazy("When they pay"), [InputRequired(lazy("Choose a day."))])
    words = StringField(lazy("Who said so, and what"), NOTE)

    @classmethod
    def of(cls, row: PaymentRow, heard: bool = True, **data: Any) -> "ExpectationForm":
        """The form of one payment."""
        return cls(prefix=f"day{row.id}-", data=data, heard=heard)

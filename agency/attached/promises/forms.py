"""What one types to make, move or settle a promise, and to offer something in return."""

from wtforms import DateField, RadioField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional

from agency.attached.promises.models import KINDS
from agency.attached.promises.operations import Offer
from agency.kit.money import UnclearAmount, parse_money
from agency.kit.states import Refused
from agency.kit.web import Form, choices
from agency.kit.words import lazy


class PromiseForm(Form):
    """What, and by when."""

    words = StringField(lazy("What we promised"), [InputRequired(lazy("Say what was promised.")), Length(max=300)])
    due_on = DateField(lazy("By when"), [InputRequired(lazy("Choose a day."))])


class OfferForm(Form):
    """What is offered in return for a promise that moves or was not kept."""

    offer_kind = RadioField(
        lazy("In return we offer"), choices=choices([("", lazy("nothing")), *KINDS.items()]), default="",
    )
    offer_words = StringField(lazy("What exactly"), [Optional(), Length(max=200)])
    offer_amount = StringField(lazy("What it is worth"), [Optional(), Length(max=40)])

    def offer(self, currency: str) -> Offer | None:
        """What was typed; raises Refused for a worth that is no amount."""
        if not self.offer_kind.data:
            return None
        try:
            amount = parse_money(self.offer_amount.data, currency) if self.offer_amount.data else 0
        except UnclearAmount as unclear:
            raise Refused(str(unclear), "offer_amount") from None
        return Offer(self.offer_kind.data, self.offer_words.data or "", amount, currency)


class MoveForm(OfferForm):
    """A later day, the reason the client reads, and what is offered in return."""

    due_on = DateField(lazy("New day"), [InputRequired(lazy("Choose a day."))])
    reason = TextAreaField(lazy("Why it moves"), [InputRequired(lazy("Say why it moves: the client reads this."))])


class ReasonForm(Form):
    """Why it was not kept."""

    reason = TextAreaField(lazy("Why it was not kept"), [InputRequired(lazy("Say it in a few words."))])


class GivenForm(Form):
    """Where what was offered went."""

    where = StringField(lazy("In which estimate, or how else"), [Optional(), Length(max=100)])

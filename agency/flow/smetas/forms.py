"""What a person may type about one line, a step and a payment; the grid is read in grid.py."""

from decimal import Decimal
from typing import Any

import wtforms
from wtforms import validators
from wtforms.fields.choices import SelectChoice

from agency.flow.smetas import queries
from agency.flow.smetas.grid import NO_VAT, Rules
from agency.flow.smetas.models import LINE_KINDS, Smeta, SmetaLine
from agency.flow.smetas.naming import KIND_NAMES
from agency.kit.web import Form
from agency.kit.words import _, lazy, percent
from agency.people.departments.models import NAMES


def rate_choices(smeta: Smeta) -> list[tuple[str, str]]:
    """The VAT rates to choose from, and the one the smeta has."""
    rates = {*queries.tax_choices(smeta), *(row.tax_rate for row in smeta.lines), smeta.tax_rate} - {None}
    return [(f"{rate:f}", percent(rate)) for rate in sorted(rates, reverse=True)] + [(NO_VAT, _("outside VAT"))]


def rules_of(smeta: Smeta) -> Rules:
    """What the grid of this smeta allows."""
    known = {*queries.tax_choices(smeta), *(row.tax_rate for row in smeta.lines), smeta.tax_rate}
    numbers = {requirement.n for requirement in queries.requirements(smeta.project_id)}
    return Rules(smeta.currency, numbers, known, may_be_negative=smeta.kind == "additional")


class LineForm(Form):
    """What the grid has no room for."""

    version = wtforms.HiddenField()
    kind = wtforms.SelectField(
        lazy("What it is"), choices=[SelectChoice(kind, KIND_NAMES[kind]) for kind in LINE_KINDS],
    )
    department = wtforms.SelectField(
        lazy("Department"), choices=[SelectChoice(code, name) for code, name in NAMES.items()],
    )
    tax_rate = wtforms.SelectField(lazy("VAT rate"))
    supplier = wtforms.StringField(
        lazy("Supplier"), [validators.Optional(), validators.Length(max=200)],
        description=lazy("Inner: the client never sees it"),
    )
    rounds = wtforms.IntegerField(lazy("Rounds of changes in the price"), [validators.NumberRange(0, 20)])
    is_optional = wtforms.BooleanField(lazy("An option: shown, not counted"))
    client_accepts = wtforms.BooleanField(lazy("The client accepts the result"))
    is_discountable = wtforms.BooleanField(lazy("Takes part in the project discount"))
    is_commissionable = wtforms.BooleanField(lazy("The agency commission is counted from it"))
    note = wtforms.TextAreaField(
        lazy("Note"), [validators.Optional(), validators.Length(max=2000)],
        description=lazy("Inner: the client never sees it"),
    )

    @classmethod
    def of(cls, line: SmetaLine) -> "LineForm":
        """The form of a line, filled from it or from what was posted."""
        form = cls(obj=line, data={"version": line.smeta.version})
        form.tax_rate.choices = [SelectChoice(*choice) for choice in rate_choices(line.smeta)]
        if not form.tax_rate.raw_data:
            form.tax_rate.data = NO_VAT if line.tax_rate is None else f"{line.tax_rate:f}"
        if not form.version.raw_data:
            form.version.data = str(line.smeta.version)
        return form

    def fields(self) -> dict[str, Any]:
        """What was typed, as the operation takes it."""
        typed = {name: value for name, value in self.data.items() if name not in ("version", "tax_rate")}
        rate = self.tax_rate.data
        return {**typed, "tax_rate": None if rate == NO_VAT else Decimal(rate)}


class SendForm(Form):
    """Sending; a reason only where the client has not approved the brief."""

    without_brief = wtforms.TextAreaField(
        lazy("Why without an approved brief"), [validators.Optional(), validators.Length(max=1000)],
    )


class EarlyForm(Form):
    """Beginning before the brief says enough."""

    reason = wtforms.TextAreaField(lazy("Why count now"), [validators.Optional(), validators.Length(max=1000)])


class ReasonForm(Form):
    """A step that is taken with a reason."""

    reason = wtforms.TextAreaField(
        lazy("Why"), [validators.InputRequired(lazy("Please say this in a few words.")), validators.Length(max=1000)],
    )

"""The blueprint of the room, and how its sums are written in columns."""

from decimal import Decimal

from agency.kit.language.currencies import SIGNS
from agency.kit.money import exponent, to_major
from agency.kit.web import Room
from agency.kit.words import number

room = Room("smetas", "agency.flow.smetas")


@room.app_template_filter("bare")
def bare(amount: int, currency: str) -> str:
    """An amount for a column whose heading names the currency: no sign, kopecks only where there are any."""
    return unit_price(to_major(amount, currency), currency)


@room.app_template_filter("unit_price")
def unit_price(value: Decimal, currency: str) -> str:
    """A price of a unit in major units: 18.40, but 3 200, and all four places where it has them."""
    if value == value.to_integral_value():
        return number(value, 0)
    return number(value, max(exponent(currency), -int(value.normalize().as_tuple().exponent)))


@room.app_template_filter("sign")
def sign(currency: str) -> str:
    """The sign of a currency for the heading of a column, or its code."""
    return SIGNS.get(currency, currency)

"""The smetas of the handbook's cases, as lines and terms."""

from __future__ import annotations

from decimal import Decimal

from agency.flow.smetas.totals import Line, Terms

MORNING_ROWS = (  # section, quantity, price, line discount, cost of a unit, kind
    ("service", "3", "60000", "0", "32000", "own"),
    ("creative", "1", "240000", "0", "128000", "own"),
    ("creative", "12", "4200", "0", "1800", "own"),
    ("creative", "24", "3900", "0", "1800", "own"),
    ("creative", "18", "3200", "10", "1500", "own"),
    ("creative", "24", "950", "0", "500", "own"),
    ("creative", "1", "38000", "0", "18000", "own"),
    ("media", "16", "3600", "0", "1700", "own"),
    ("media", "20", "3400", "0", "1600", "own"),
    ("media", "2", "180000", "0", "180000", "media"),
    ("media", "2", "120000", "0", "120000", "media"),
    ("media", "8", "6500", "0", "3000", "own"),
    ("media", "10", "3600", "0", "1700", "own"),
    ("media", "22", "700", "0", "300", "own"),
    ("production", "1", "299000", "0", "260000", "subcontract"),
    ("production", "3", "28000", "0", "16000", "own"),
    ("production", "60", "3300", "0", "1800", "own"),
    ("production", "5", "9000", "0", "5000", "own"),
    ("production", "2800", "18.40", "0", "16", "subcontract"),
)


def morning(with_discounts: bool) -> tuple[list[Line], Terms]:
    """The case «Утро по подписке»: version 1 has no discounts at all, version 2 has them."""
    lines = [
        Line(
            section, Decimal(quantity), Decimal(price), Decimal(cost), Decimal(discount if with_discounts else 0),
            Decimal(22), kind, discountable=kind == "own", commissionable=kind == "media", key=at,
        )
        for at, (section, quantity, price, discount, cost, kind) in enumerate(MORNING_ROWS)
    ]  # fmt: skip
    terms = Terms(
        "RUB",
        discount=Decimal(5 if with_discounts else 0),
        commission="on_net",
        commission_rate=Decimal(10),
        tax_rate=Decimal(22),
    )
    return lines, terms


def kayaks() -> tuple[list[Line], Terms]:
    """The Czech case: two rates, a discount on own work."""
    own = [("1", "68000"), ("27.5", "1250"), ("14", "1180")]
    lines = [Line("creative", Decimal(quantity), Decimal(price), tax_rate=Decimal(21)) for quantity, price in own]
    lines.append(Line("production", Decimal(6), Decimal(1890), tax_rate=Decimal(21), discountable=False))
    lines.append(Line("production", Decimal(45), Decimal(385), tax_rate=Decimal(12), discountable=False))
    return lines, Terms("CZK", rounding="per_rate_total", discount=Decimal(4), tax_rate=Decimal(21))


def tea() -> tuple[list[Line], Terms]:
    """The English case: reverse charge, a discount on three of four lines."""
    own = [("2", "1450"), ("1", "3200"), ("37.5", "92.50")]
    lines = [Line("creative", Decimal(quantity), Decimal(price), tax_rate=Decimal(21)) for quantity, price in own]
    lines.append(Line("creative", Decimal(3), Decimal("149.99"), tax_rate=Decimal(21), discountable=False))
    return lines, Terms(
        "EUR", vat="reverse_charge", rounding="per_rate_total", discount=Decimal("2.5"), tax_rate=Decimal(21)
    )

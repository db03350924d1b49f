"""The price catalogue of a fresh agency as data: handbook section 2, in roubles without VAT."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from agency.kit.words import Lazy, lazy_in, locale, quantity, using

# What a rouble price becomes elsewhere; in any other currency the price is left open.
SCALE = {"RUB": Decimal(1), "CZK": Decimal("0.30"), "PLN": Decimal("0.05"), "EUR": Decimal("0.012")}
# Until the agency writes its own rates, half of a price is planned as its cost.
PLANNED_COST = Decimal("0.5")

HOUR = lazy_in("unit", "h")
DAY = lazy_in("unit", "day")
MONTH = lazy_in("unit", "month")
PIECE = lazy_in("unit", "pc")
PAGE = lazy_in("unit", "page")
SIGNS = lazy_in("unit", "1,000 characters")
SET = lazy_in("unit", "set")
SECOND = lazy_in("unit", "s")
PERSON = lazy_in("unit", "person")
UNITS = (HOUR, DAY, MONTH, PIECE, PAGE, SIGNS, SET, SECOND, PERSON)
# Working minutes in a unit, where the unit is time.
MINUTES = {HOUR.msgid: 60, DAY.msgid: 480}


@dataclass(frozen=True)
class Item:
    """One service of the catalogue; the price is in roubles a unit."""

    code: str
    department: str
    title: Lazy
    unit: Lazy
    roubles: int

    def price(self, currency: str) -> Decimal:
        """The price of a unit in a currency, in major units; nothing where no scale is known."""
        return (self.roubles * SCALE.get(currency, Decimal(0))).normalize() + 0

    def cost(self, currency: str) -> Decimal:
        """What a unit is planned to cost the agency."""
        return (self.price(currency) * PLANNED_COST).normalize() + 0


ITEMS = (
    Item("management", "account", lazy_in("catalogue", "Project management"), MONTH, 60_000),
    Item("meeting", "account", lazy_in("catalogue", "Status meeting"), HOUR, 3_500),
    Item("concept", "creative", lazy_in("catalogue", "Creative concept"), SET, 240_000),
    Item("tagline", "creative", lazy_in("catalogue", "Tagline"), HOUR, 4_200),
    Item("naming", "creative", lazy_in("catalogue", "Naming"), SET, 180_000),
    Item("key_visual", "creative", lazy_in("catalogue", "Key visual"), HOUR, 3_900),
    Item("logo", "creative", lazy_in("catalogue", "Logo"), SET, 220_000),
    Item("resize", "creative", lazy_in("catalogue", "Banner resize"), PIECE, 3_200),
    Item("layout", "creative", lazy_in("catalogue", "Page layout"), PAGE, 4_500),
    Item("copy", "creative", lazy_in("catalogue", "Copy"), SIGNS, 950),
    Item("copy_editing", "creative", lazy_in("catalogue", "Copy editing"), SIGNS, 400),
    Item("script", "creative", lazy_in("catalogue", "Script"), PIECE, 38_000),
    Item("media_plan", "media", lazy_in("catalogue", "Media planning"), HOUR, 3_600),
    Item("ppc_setup", "media", lazy_in("catalogue", "PPC set-up"), HOUR, 3_400),
    Item("ppc", "media", lazy_in("catalogue", "PPC management"), MONTH, 45_000),
    Item("seo_audit", "media", lazy_in("catalogue", "SEO audit"), SET, 90_000),
    Item("seo_page", "media", lazy_in("catalogue", "On-page SEO"), PAGE, 6_500),
    Item("smm", "media", lazy_in("catalogue", "Social media management"), MONTH, 85_000),
    Item("post", "media", lazy_in("catalogue", "Post"), PIECE, 3_800),
    Item("analytics", "media", lazy_in("catalogue", "Web analytics"), HOUR, 3_600),
    Item("ad_marking", "media", lazy_in("catalogue", "Ad marking (erid)"), PIECE, 700),
    Item("shooting", "production", lazy_in("catalogue", "Shooting day"), DAY, 180_000),
    Item("film_editing", "production", lazy_in("catalogue", "Film editing"), DAY, 28_000),
    Item("motion", "production", lazy_in("catalogue", "Motion graphics"), SECOND, 2_500),
    Item("landing", "production", lazy_in("catalogue", "Landing page"), HOUR, 3_300),
    Item("testing", "production", lazy_in("catalogue", "Testing"), HOUR, 2_600),
    Item("usability", "production", lazy_in("catalogue", "Usability test"), PERSON, 9_000),
    Item("supervision", "production", lazy_in("catalogue", "Print supervision"), HOUR, 2_800),
)
BY_CODE = {item.code: item for item in ITEMS}


def offered(department: str, currency: str) -> tuple[tuple[str, str], ...]:
    """The services of a department as a choice: codes, and titles with the price of a unit in the present language."""
    return _offered(department, currency, locale())


@lru_cache(maxsize=128)
def _offered(department: str, currency: str, language: str) -> tuple[tuple[str, str], ...]:
    # The catalogue stands still, so each language reads it once.
    with using(language):
        return tuple(
            (item.code, f"{item.title}, {quantity(item.price(currency))} / {item.unit}")
            for item in ITEMS if item.department == department
        )


def minutes_of(unit: str, amount: Decimal, spoken: Iterable[str]) -> int | None:
    """The working time of a quantity when its unit is time in one of the spoken languages."""
    for known in (HOUR, DAY):
        for language in spoken:
            with using(language):
                if unit.strip().casefold().rstrip(".") == str(known).casefold().rstrip("."):
                    return int((amount * MINUTES[known.msgid]).to_integral_value())
    return None

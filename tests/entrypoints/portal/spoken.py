"""What a Czech and a Polish client say, and what is said to them, in their own words."""

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

# Code of the catalogue, quantity, price, tax rate, kind of line.
Row = tuple[str, str, str, int, str]


@dataclass(frozen=True)
class Spoken:
    """One client's words and figures."""

    language: str
    country: str
    currency: str
    code: str
    client: str
    contact: str
    email: str
    asked: str
    question: str
    project: str
    requirement: str
    moved: str
    remark: str
    note: str
    work: str
    promise: str
    budget: int
    discount: Decimal
    prepaid: Decimal
    rows: tuple[Row, ...]
    gross: str
    in_words: str
    answers: dict[str, Any] = field(default_factory=dict)


CZECH = Spoken(
    "cs", "CZ", "CZK", "MV", "Modrá Vydra s.r.o.", "Jana Vodičková", "jana@modra-vydra.example",
    "Poptáváme kampaň k otevření půjčovny kajaků 1. 5. 2027: koncept, grafiku, texty, roll-upy a catering.",
    "Kolik hostů přijde?", "Řeka začíná za rohem", "Rozpočet do 175 000 Kč s DPH", "čekáme na počet hostů",
    "Doplňte prosím počet hostů.", "Podklady jsou v příloze.", "Plakát", "Ukážeme dvě trasy", 175_000_00,
    Decimal(4), Decimal(50),
    (("concept", "1", "68000", 21, "own"), ("key_visual", "27.5", "1250", 21, "own"),
     ("tagline", "14", "1180", 21, "own"), ("supervision", "6", "1890", 21, "subcontract"),
     ("usability", "45", "385", 12, "subcontract")),
    "171\u00a0233,83\u00a0Kč", "sto sedmdesát jeden tisíc dvě stě třicet tři korun 83 haléřů",
    {
        "success": "45 hostů 1. května podle seznamu",
        "deliverables": [{"name": "Roll-up", "qty": "6", "size": "850 × 2000 mm", "language": "cs", "format": "PDF"}],
        "geo": ["Praha"], "mandatories": "Logo. Nikdy „nejlepší“.", "business_problem": "O půjčovně nikdo neví",
        "business_goal": "Z 0 na 300 půjčení do 30. června", "marketing_goal": "Z 0 na 300 půjčení do 30. června",
        "comm_goal": "Znalost z 0 na 15 % do 1. května",
        "kpi": [{"metric": "Půjčení", "baseline": "0", "target": "300", "date": "30. 6.", "source": "pokladna"}],
        "audience": {"segment": "rodiny s dětmi", "demography": "25–44", "barrier": "voda je studená",
                     "need": "výlet bez auta", "size": "20 tisíc"},
        "product": "Kajak na den za 490 Kč", "key_message": "Řeka začíná za rohem",
        "period": {"from": "2027-04-15", "until": "2027-05-31"},
    },
)  # fmt: skip
POLISH = Spoken(
    "pl", "PL", "PLN", "RB", "Rudy Borsuk sp. z o.o.", "Anna Leśna", "anna@rudy-borsuk.example",
    "Prosimy o koncepcję i krótki spot dla nowej linii plecaków, emisja od 10 maja 2027.",
    "Ile trwa spot?", "Lekki w drodze, twardy w lesie", "Budżet do 50 000 zł brutto", "czekamy na scenariusz",
    "Prosimy dodać noclegi.", "Materiały są w załączniku.", "Plakat", "Pokażemy dwie drogi", 50_000_00,
    Decimal(3), Decimal(40),
    (("concept", "1", "14800", 23, "own"), ("tagline", "18", "165", 23, "own"),
     ("shooting", "1", "21500", 23, "subcontract"), ("usability", "6", "329.90", 8, "subcontract")),
    "49\u00a0784,14\u00a0zł", "czterdzieści dziewięć tysięcy siedemset osiemdziesiąt cztery złote 14/100",
    {
        "success": "3000 plecaków do 30 czerwca według sklepu",
        "deliverables": [{"name": "Spot", "qty": "1", "size": "16:9", "language": "pl", "format": "mp4"}],
        "geo": ["Warszawa"], "mandatories": "Logo. Nigdy „najlepszy”.", "business_problem": "Nikt nie zna nowej linii",
        "business_goal": "Od 0 do 3000 plecaków do 30 czerwca", "marketing_goal": "Od 0 do 3000 do 30 czerwca",
        "comm_goal": "Znajomość od 0 do 15% do 30 czerwca",
        "kpi": [{"metric": "Plecaki", "baseline": "0", "target": "3000", "date": "30.06", "source": "sklep"}],
        "audience": {"segment": "turyści", "demography": "25–44", "barrier": "cena", "need": "lekki plecak",
                     "size": "100 tysięcy"},
        "product": "Plecak 30 l za 390 zł", "key_message": "Lekki w drodze, twardy w lesie",
        "period": {"from": "2027-05-10", "until": "2027-06-30"},
    },
)  # fmt: skip

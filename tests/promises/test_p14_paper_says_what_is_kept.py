"""P14, on paper: a PDF says what the database keeps, in currencies of no, two and three decimals."""

import io
import random
import re
from decimal import Decimal
from itertools import cycle
from pathlib import Path

import pypdf
import pytest
from flask import Flask

from agency.attached.documents import paper
from agency.attached.documents.frozen import freeze
from agency.flow.smetas import documents, operations
from agency.flow.smetas.models import Smeta
from agency.kit import pdf, words
from agency.kit.db import db, unit
from agency.kit.pdf import press
from agency.kit.pdf.limits import Limits
from tests.cast import Cast
from tests.figures import figure
from tests.flow.smetas import factory

# Of both databases together. Every tenth paper is laid out in full; the others go without their print styles, which
# move words and change none, and cost most of the time.
PAPERS = figure(200, 2000)
FULL = 10
CURRENCIES = cycle(["RUB", "CZK", "PLN", "EUR", "JPY", "KWD"])
LANGUAGES = cycle(["ru", "en", "cs", "pl", "ru"])
STYLES = re.compile(r"<link[^>]*stylesheet[^>]*>|<style.*?</style>", re.DOTALL)


def an_estimate(cast: Cast, chance: random.Random) -> Smeta:
    """An estimate with lines, terms and payments drawn by chance."""
    project = factory.project(cast, currency=next(CURRENCIES), language=next(LANGUAGES))
    rows = [row | {
        "quantity": Decimal(chance.randint(1, 400_000)).scaleb(-4),
        "price": Decimal(chance.randint(1, 10**8)).scaleb(-4),
        "discount_percent": Decimal(chance.randint(0, 400)).scaleb(-1),
    } for row in chance.sample(factory.rows(True), chance.randint(1, 4))]
    terms = {
        "vat_mode": chance.choice(["on_top", "inside", "reverse_charge"]),
        "rounding": chance.choice(["per_line", "per_rate_total"]), "discount_percent": Decimal(chance.randint(0, 20)),
        "commission_percent": Decimal(chance.randint(0, 15)), "language": project.language,
    }
    return operations.create_from_rows(project, rows, by=cast.actor("vera"), payments=factory.PAYMENTS, **terms)


def said(smeta: Smeta, in_full: bool, folder: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The words of its PDF, spaces aside."""
    drawn: list[pdf.Rendered] = []

    def draw(html: str, **_asked: object) -> pdf.Rendered:
        drawn.append(press._draw(html if in_full else STYLES.sub("", html), [folder], Limits()))
        return drawn[0]

    monkeypatch.setattr(pdf, "render", draw)
    with words.using(smeta.language):
        context = freeze(documents.smeta(smeta, "client"))
    paper.draw("smeta", smeta.language, context, folder)
    pages = pypdf.PdfReader(io.BytesIO(drawn[0].pdf)).pages
    return _close("".join(page.extract_text() for page in pages))


def _close(text: str) -> str:
    return re.sub(r"\s", "", text)


def test_the_totals_on_paper_are_those_of_the_database(
    app: Flask, cast: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
) -> None:
    press.load()
    chance = random.Random(14)
    with app.app_context(), unit() as open_unit:
        for number in range(PAPERS // 2):
            smeta = an_estimate(cast, chance)
            db.session.flush()
            db.session.expire(smeta)
            text = said(smeta, number % FULL == 0, tmp_path, monkeypatch)
            with words.using(smeta.language):
                kept = [smeta.net, smeta.vat, smeta.gross, *(row.amount for row in smeta.payments)]
                shown = [_close(words.money(amount, smeta.currency)) for amount in kept]
            missing = [amount for amount in shown if amount not in text]
            assert not missing, (number, smeta.currency, smeta.language, missing, text)
            assert sum(row.amount for row in smeta.payments) == smeta.gross
        open_unit.abandon()

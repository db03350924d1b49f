"""Every fact can be told as a sentence in each language we offer."""

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from agency.kit import journal, words
from agency.kit.db import db, unit
from agency.kit.queue import seals
from agency.people.clients import queries
from tests.cast import Cast


def test_every_fact_has_a_sentence_that_names_who(app: Flask) -> None:
    for verb, sentence in journal.declared().items():
        noun, _, participle = verb.partition(".")
        assert noun, verb
        assert participle, verb
        for language in words.OFFERED:
            with words.using(language):
                assert str(sentence), (verb, language)


ATTACKS = ("UPDATE facts SET verb = 'x'", "DELETE FROM facts", "UPDATE seals SET hash = 'x'", "DELETE FROM seals")
# Each database has a way of its own round a row's trigger.
MORE = {
    "sqlite": ("INSERT OR REPLACE INTO facts SELECT * FROM facts",),
    "postgresql": ("TRUNCATE facts CASCADE", "TRUNCATE seals"),
}


@pytest.mark.on_both
def test_facts_cannot_be_changed_or_removed(app: Flask, cast: Cast) -> None:
    with app.app_context():
        with unit():
            client = queries.get(cast.hedgehog)
            journal.fact("client.added", about=client, by=cast.actor("vera"))
        with unit():
            seals.seal_new()
        for attack in (*ATTACKS, *MORE[db.engine.dialect.name]):
            with pytest.raises(DatabaseError, match="append-only"), unit():
                db.session.execute(text(attack))

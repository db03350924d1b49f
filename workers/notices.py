"""Jobs of the bell: tell the people a fact concerns, and mail their news at once or once a day."""

from agency.attached.notices import emails, operations, queries
from agency.attached.notices.telling import told
from agency.kit import clock, mail, words
from agency.kit.db import db
from agency.kit.journal import Fact
from agency.kit.queue import SYSTEM, ask, job
from agency.people.accounts import queries as persons


@job("quick")
def ring(fact_id: int) -> None:
    """Put a fact behind the bell of everybody whom the rules name."""
    fact = db.session.get(Fact, fact_id)
    if fact is not None:
        operations.ring(fact)


@job("mail", name="notices.mail")
def mail_news(person_id: int) -> None:
    """Mail whatever is new to somebody who wants it at once; what was read meanwhile is no news."""
    _mail(person_id, "at_once")


@job("mail")
def mail_digest(person_id: int) -> None:
    """Mail the news of the day in one letter."""
    _mail(person_id, "digest")


@job("quick")
def ask_digests() -> None:
    """Ask for the daily letter of everybody whose hour has come, once a day by the person's own clock."""
    for person, choice in queries.digest_readers():
        now = clock.local(clock.now(), queries.zone_of(person))
        if now.hour >= choice.digest_hour:
            ask("notices.mail_digest", person.id, key=f"{person.id}:{now:%Y-%m-%d}")


def _mail(person_id: int, way: str) -> None:
    person = persons.get(person_id)
    if person is None or not person.is_active or person.kind != "staff" or not person.email:
        return
    found = queries.unmailed(person_id)
    if not found or queries.choice_of(person_id).way != way:
        return
    with words.using(person.language), words.in_zone(queries.zone_of(person).key):
        letter = emails.news(person, told(map(queries.as_news, found)), daily=way == "digest")
    mail.post(letter, about=person, by=SYSTEM)
    operations.mailed(found)

"""The letter with a person's news."""

from typing import Any

from flask import current_app

from agency.attached.notices.telling import Told
from agency.kit.mail import Letter
from agency.kit.web import site_url
from agency.kit.words import _, ngettext
from agency.people.accounts.models import Person
from agency.people.agency import queries as agencies

MOST = 40


def news(person: Person, found: list[Told], *, daily: bool) -> Letter:
    """Everything new in one letter, in the language that is being spoken; one piece of news is the subject itself."""
    entity = agencies.default_entity()
    many = ngettext("%(num)s piece of news", "%(num)s pieces of news", len(found))
    subject = found[0].sentence if len(found) == 1 else _("Your day: %(news)s", news=many) if daily else many
    frame: dict[str, Any] = {
        "agency_name": entity.brand if entity else "Agency", "agency_line": entity.name if entity else "",
        "person": person, "subject": subject, "site_url": site_url, "daily": daily,
        "news": found[:MOST], "more": max(0, len(found) - MOST), "all_url": site_url("/notices"),
        "footer_url": site_url("/notices/choices"), "footer_label": _("Choose how to be told"),
    }
    template = current_app.jinja_env.get_template
    return Letter(
        to=[(person.name, person.email or "")], subject=subject, language=person.language,
        text=template("notices/news.email.txt").render(frame), html=template("notices/news.email.html").render(frame),
    )

"""The letter with a status report: verdict, what is needed, done, next, the way to the whole."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from flask import current_app

from agency.attached.documents.models import Document
from agency.flow.payments import emails as payments
from agency.flow.projects.models import Project
from agency.flow.reports import queries
from agency.flow.reports.models import Report
from agency.kit import clock
from agency.kit.mail import Letter
from agency.kit.words import _, day, day_in_figures, typo, using
from agency.people.accounts.models import Person

# A mail box that refuses larger letters still gets the link.
HEAVIEST = 2 * 1024 * 1024


def status(report: Report, name: str, address: str, url: str, paper: Document | None) -> Letter:
    """The letter for one reader; the PDF is attached while it is small enough to pass everywhere."""
    attached = paper if paper is not None and paper.is_ready and (paper.size or 0) < HEAVIEST else None
    context = letter_context(report, name, url, attached)
    manager = report.project.manager
    template = current_app.jinja_env.get_template
    with using(report.language):
        return Letter(
            to=[(name, address)],
            subject=subject(report),
            language=report.language,
            html=template("reports/sent.email.html").render(context),
            text=template("reports/sent.email.txt").render(context),
            attachments=[(attached.file_name, attached.storage_key or "", "application/pdf")] if attached else [],
            reply_to=(manager.name, manager.email) if manager.email else None,
        )


def reminder(project: Project, to: Person, asks: Sequence[Mapping[str, Any]], url: str) -> Letter:
    """The manager's word about decisions that are due: what we wait for, by when, and what slips."""
    with using(project.language):
        first = min(date.fromisoformat(ask["by"]) for ask in asks)
        names = {"project": project.name, "day": day(first)}
        if first >= clock.today():
            subject = _("“%(project)s”: we wait for your answer by %(day)s", **names)
            words = _("a word ahead, so that nothing has to move.")
        else:
            subject = _("“%(project)s”: we have waited for your answer since %(day)s", **names)
            words = _("without your answer the work stands, and the days ahead move with it.")
        items = [(day(date.fromisoformat(ask["by"])), _with_slips(ask)) for ask in asks]
        return payments.asking(project, to, subject, words, items, url)


def _with_slips(ask: Mapping[str, Any]) -> str:
    return f"{ask['text']} ({ask['slips']})" if ask.get("slips") else str(ask["text"])


def letter_context(report: Report, name: str, url: str, paper: Document | None) -> dict[str, Any]:
    """What the letter's templates show."""
    face, own = queries.client_face(report), report.project.own_entity
    with using(report.language):
        asks = [
            (_("By %(day)s", day=day(ask["by"])) if ask.get("by") else "", typo(_asked(ask))) for ask in face["needed"]
        ]
        hello = _("%(name)s, good day.", name=name.split()[0]) if name.strip() else ""
    return {
        "face": face,
        "url": url,
        "paper": paper,
        "hello": hello,
        "asks": asks,
        "agency_name": own.brand,
        "agency_line": ", ".join(filter(None, (own.name, own.address))),
        "manager": face["manager"],
        "lamps": [(lamp["name"], lamp["word"], lamp["tone"]) for lamp in face["lights"]],
    }


def subject(report: Report) -> str:
    """The subject in the report's language: whose, which, how it goes, and when not well, by when we need an answer."""
    face = queries.client_face(report)
    with using(report.language):
        said = _(
            "[%(brand)s] Status No. %(n)s, %(day)s: %(tone)s",
            brand=face["brand"],
            n=face["n"],
            day=day_in_figures(report.until_on),
            tone=face["tone_word"],
        )
        days = [ask["by"] for ask in face["needed"] if ask.get("by")]
        if face["tone"] == "green" or not days:
            return said
        return said + ", " + _("an answer is needed by %(day)s", day=day_in_figures(min(days), year=False))


def html_of(report: Report) -> str:
    """The letter as it will look, for the composer's preview."""
    reader = next(iter(queries.readers(report)), None)
    context = letter_context(report, reader.name if reader else "", "#", None)
    with using(report.language):
        return current_app.jinja_env.get_template("reports/sent.email.html").render(context)


def _asked(ask: dict[str, Any]) -> str:
    return f"{ask['text']} ({ask['who']})" if ask.get("who") else str(ask["text"])

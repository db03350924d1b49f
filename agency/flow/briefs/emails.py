"""Letters about a brief: it waits for the client's decision."""

from typing import Any

from flask import current_app

from agency.flow.briefs.documents import lede
from agency.flow.briefs.models import Brief
from agency.kit.mail import Letter
from agency.kit.words import _, using
from agency.people.accounts.models import Person


def sent(brief: Brief, reader: Person, url: str, decides: bool) -> Letter:
    """The brief is there: the approver decides by the link, everybody else reads."""
    project, manager = brief.project, brief.project.manager
    with using(brief.language):
        title = brief.answers.get("title") or project.name
        subject = _("Brief for “%(title)s”: please look and decide", title=title) if decides else _(
            "Brief for “%(title)s”: for your eyes", title=title,
        )
        frame: dict[str, Any] = {
            "agency_name": project.own_entity.brand, "agency_line": project.own_entity.name, "manager": manager,
            "subject": subject, "number": brief.number, "brief_title": title, "thought": lede(brief), "url": url,
            "decides": decides, "reader": reader.name, "version": brief.n,
        }
        template = current_app.jinja_env.get_template
        return Letter(
            to=[(reader.name, reader.email or "")], subject=subject, language=brief.language,
            text=template("briefs/sent.email.txt").render(frame), html=template("briefs/sent.email.html").render(frame),
            reply_to=(manager.name, manager.email) if manager.email else None,
        )

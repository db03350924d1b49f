"""Letters in the manager's voice about what the client owes: a payment here, and for rooms above anything else."""

from collections.abc import Sequence
from datetime import date

from flask import current_app

from agency.flow.projects.models import Project
from agency.flow.smetas.models import PaymentRow
from agency.kit import clock
from agency.kit.mail import Letter
from agency.kit.words import _, day, money, using
from agency.people.accounts.models import Person


def payment(row: PaymentRow, to: Person, url: str, named_on: date | None) -> Letter:
    """A friendly word about one payment: before its day, after it, or after the day the client named."""
    project, smeta = row.smeta.project, row.smeta
    with using(project.language):
        whole, due = money(row.left, smeta.currency), row.due_on or clock.today()
        item = (day(due), _("Payment %(n)s of estimate %(number)s: %(sum)s", n=row.ordinal, number=smeta.number,
                            sum=whole))  # fmt: skip
        if clock.today() <= due:
            subject = _("“%(project)s”: a payment is due on %(day)s", project=project.name, day=day(due))
            words = _("this is a reminder of the next payment. If it is on its way, there is nothing to do.")
        elif named_on is not None and named_on < clock.today():
            subject = _("“%(project)s”: the payment has not come yet", project=project.name)
            words = _("the payment was named for %(day)s and has not come yet. Please write when to expect it.",
                      day=day(named_on))  # fmt: skip
        else:
            subject = _("“%(project)s”: the payment of %(day)s has not come yet", project=project.name, day=day(due))
            words = _("this payment has not come yet. If it is on its way, please write the day: then nobody asks.")
        return asking(project, to, subject, words, [item], url)


def asking(
    project: Project, to: Person, subject: str, words: str, items: Sequence[tuple[str, str]], url: str,
) -> Letter:
    """A letter of the manager to one person of the client: a sentence, what is needed by when, one button."""
    own, manager = project.own_entity, project.manager
    frame = {
        "agency_name": own.brand, "agency_line": ", ".join(filter(None, (own.name, own.address))), "subject": subject,
        "project": project, "items": items, "link_url": url, "manager": manager,
        "hello": _("%(name)s, good day: %(words)s", name=to.name.split()[0], words=words),
    }  # fmt: skip
    template = current_app.jinja_env.get_template
    return Letter(
        to=[(to.name, to.email or "")], subject=subject, language=project.language,
        text=template("payments/asking.email.txt").render(frame),
        html=template("payments/asking.email.html").render(frame),
        reply_to=(manager.name, manager.email) if manager.email else None,
    )

"""Pages of money: everything that is to come, and the schedule of one project with what came."""

from typing import Any

from flask import redirect, request, url_for

from agency.flow.payments import ledger, lists, operations, queries
from agency.flow.payments.forms import CorrectionForm, ExpectationForm, ReceiptForm
from agency.flow.payments.models import Receipt
from agency.flow.projects import queries as projects
from agency.flow.projects.models import Project
from agency.flow.smetas.models import PaymentRow
from agency.flow.smetas.naming import TRIGGER_NAMES
from agency.kit import clock
from agency.kit.policy import may
from agency.kit.states import Refused
from agency.kit.web import Room, actor, go, needs, page, refusals
from agency.kit.web.turning import neighbours, turn
from agency.kit.words import _, lazy_in

room = Room("payments", __name__)

# state -> tone, icon, words
STATES = {
    "paid": ("green", "ok", lazy_in("payment", "paid")), "late": ("red", "warn", lazy_in("payment", "late")),
    "partly": ("amber", "clock", lazy_in("payment", "paid in part")),
    "soon": ("", "clock", lazy_in("payment", "this week")), "ahead": ("", "clock", lazy_in("payment", "ahead")),
}


@room.context_processor
def _marks() -> dict[str, Any]:
    return {"payment_states": STATES, "trigger_names": TRIGGER_NAMES, "standing": queries.standing}


def project_of(project_id: int) -> Project | None:
    """The project whose money it is."""
    return projects.get(project_id)


@room.get("/")
@needs("payment.view")
def index() -> Any:
    """What is to come over all projects, what is late first; or what came."""
    which, who, today = request.args.get("which", ""), actor(), clock.today()
    leaf = lists.came(who, turn()) if which == "came" else lists.awaited(who, turn())
    ids = [row.id for row in leaf.rows]
    return page(
        "payments/index.html", rows=leaf.rows, which=which, today=today, sums=lists.waiting(who, today),
        pages=neighbours(leaf, "payments.index", which=which or None), named=lists.named(ids),
        last={id: told(fact) for id, fact in lists.last_facts(ids).items()},
        may_remind=may(who, "payment_row.remind"),
    )


def told(fact: Any) -> str:
    """The newest thing about a payment, in few words."""
    if fact.verb == queries.REMINDED:
        return _("reminded")
    if fact.verb == "payment.expected":
        return str(fact.details.get("words", "")) or _("named a day")
    return _("a part came") if fact.verb == "payment.received" else ""


@room.get("/projects/<int:project_id>")
@needs("payment.view", of=project_of)
def show(project: Project) -> Any:
    """The schedule of a project: what is paid when, what came, what is late."""
    return shown(project)


def shown(project: Project, status: int = 200, **tried: Any) -> Any:
    """The page of a project's money; a form that was refused comes back open."""
    rows, today, who = queries.of_project(project.id), clock.today(), actor()
    receipts = queries.receipts_in(project.id)
    heard = tried.get("heard")
    return page(
        "payments/show.html", status, project=project, rows=rows, today=today, receipts=receipts,
        totals=ledger.totals(queries.standing(row, today) for row in rows),
        coming=next(iter(sorted((row for row in rows if row.left), key=_by_day)), None),
        taken_back={one.corrects_id: one for one in receipts if one.corrects_id},
        named=lists.named([row.id for row in rows]),
        got={row.id: ReceiptForm.of(row, heard=heard == ("got", row.id)) for row in rows if row.left}
        | tried.get("got", {}),
        day={row.id: ExpectationForm.of(row, heard=heard == ("day", row.id)) for row in rows if row.left}
        | tried.get("day", {}),
        back={one.id: CorrectionForm.of(one.id, heard=False) for one in receipts} | tried.get("back", {}),
        refusal=tried.get("refusal", ""),
        may_settle=any(may(who, "payment_row.settle", row) for row in rows),
        may_expect=any(may(who, "payment_row.expect", row) for row in rows),
    )


def _by_day(row: PaymentRow) -> tuple[bool, Any, int]:
    return row.due_on is None, row.due_on or clock.today(), row.ordinal


@room.get("/rows/<int:payment_id>")
@needs("payment_row.view", of=queries.row)
def of_row(row: PaymentRow) -> Any:
    """From one payment, as the bell names it, to the schedule it belongs to."""
    return redirect(url_for("payments.show", project_id=row.project_id))


@room.post("/rows/<int:payment_id>/receipts")
@needs("payment_row.settle", of=queries.row)
def receive(row: PaymentRow) -> Any:
    """Note money that came."""
    form = ReceiptForm.of(row)
    if form.sent():
        with refusals(form) as answer:
            amount = form.sum(row.smeta.currency)
            operations.receive(
                row, amount, form.received_on.data, by=actor(), note=form.note.data or "", key=form.key.data or "",
            )
        if answer.ok:
            return _back(row, _("Noted. The client sees it on the project’s page."))
    return shown(row.smeta.project, 422, got={row.id: form}, heard=("got", row.id))


@room.post("/receipts/<int:receipt_id>/correction")
@needs("payment_row.settle", of=queries.receipt)
def correct(receipt: Receipt) -> Any:
    """Take a receipt back, with the reason."""
    form = CorrectionForm.of(receipt.id)
    if form.sent():
        with refusals(form) as answer:
            operations.correct(receipt, form.reason.data or "", by=actor())
        if answer.ok:
            return _back(receipt.row, _("Taken back. The first note stays beside its correction."))
    return shown(receipt.row.smeta.project, 422, back={receipt.id: form})


@room.post("/rows/<int:payment_id>/expectation")
@needs("payment_row.expect", of=queries.row)
def expect(row: PaymentRow) -> Any:
    """Write down when the client says to pay."""
    form = ExpectationForm.of(row)
    if form.sent():
        with refusals(form) as answer:
            operations.expect(row, form.day.data, form.words.data or "", by=actor())
        if answer.ok:
            return _back(row, _("Written down. Until that day nobody reminds."))
    return shown(row.smeta.project, 422, day={row.id: form}, heard=("day", row.id))


@room.post("/rows/<int:payment_id>/reminder")
@needs("payment_row.remind", of=queries.row)
def remind(row: PaymentRow) -> Any:
    """Remind the client of a payment by a letter of the manager."""
    try:
        operations.remind(row, "by_hand", by=actor())
    except Refused as refusal:
        return shown(row.smeta.project, refusal.status, refusal=str(refusal.sentence))
    return _back(row, _("The letter goes out under the manager’s name."))


def _back(row: PaymentRow, sentence: str) -> Any:
    return go("payments.show", project_id=row.project_id, said=sentence)

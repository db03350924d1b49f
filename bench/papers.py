"""What is agreed: briefs, estimates with lines and payments, evidence of the client's word, reports and their mails."""

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from typing import Any

from agency.attached.approvals.models import Approval
from agency.flow.briefs import catalogue
from agency.flow.briefs.models import Brief, BriefPart, PartMark
from agency.flow.payments.models import Receipt
from agency.flow.smetas.models import LineMark, PaymentRow, Smeta, SmetaLine
from agency.kit import clock, ids
from bench import store
from bench.crowd import WORKING, Crowd
from bench.store import Row
from bench.works import GOING, REQUIREMENTS, at, department_of, home, life_of, starts_on, task_id

HOURS, PRICE, COST, VAT = 10, 2_500, 1_500, 22
NET = HOURS * PRICE * 100
TAX = NET * VAT // 100
PAYMENTS = (50, 30, 20)
LONG = "Утренний трафик пекарен упал на девять процентов за год, потому что люди завтракают дома. " * 3


def build(crowd: Crowd) -> None:
    """Write the papers as drafts with their parts, then let them leave the house and be approved."""
    every = range(1, crowd.size.projects + 1)
    _briefs(crowd, every)
    store.put(Smeta, (_smeta(crowd, n) for n in every))
    store.put(SmetaLine, (row for n in every for row in _lines(crowd, n)))
    store.put(LineMark, (
        {"line_id": task_id(crowd, project, n), "requirement_id": (project - 1) * REQUIREMENTS + n % REQUIREMENTS + 1}
        for project in every for n in range(crowd.size.tasks_each)
    ))  # fmt: skip
    store.put(PaymentRow, (row for n in every for row in _payments(crowd, n)))
    store.put(Receipt, (row for n in every for row in _receipts(crowd, n)))
    _agree(crowd, every)


def brief_id(crowd: Crowd, project: int) -> int:
    """The client brief of a project."""
    return project


def _briefs(crowd: Crowd, every: range) -> None:
    store.put(Brief, (_brief(crowd, n, "client", n) for n in every))
    kind = catalogue.find("client")
    size = len(kind.fields)
    store.put(BriefPart, (
        {"id": (n - 1) * size + ordinal, "brief_id": n, "key": field.code, "ordinal": ordinal,
         "value": LONG if field.kind in ("long", "txt") else None, "departments": list(field.to)}
        for n in every for ordinal, field in enumerate(kind.fields, 1)
    ))  # fmt: skip
    store.put(PartMark, (
        {"part_id": (n - 1) * size + mark, "requirement_id": (n - 1) * REQUIREMENTS + mark}
        for n in every for mark in range(1, REQUIREMENTS + 1)
    ))  # fmt: skip
    going = [n for n in every if life_of(crowd, n) in GOING]
    store.put(Brief, (
        _brief(crowd, n, WORKING[n % len(WORKING)], crowd.size.projects + place) for place, n in enumerate(going, 1)
    ))  # fmt: skip


def _brief(crowd: Crowd, project: int, kind: str, id_: int) -> Row:
    number = f"B{crowd.client_of(project):04}-{project:05}-{kind[:2].upper()}"
    return {
        "id": id_, **home(crowd, project), "type": kind, "type_version": catalogue.find(kind).version, "n": 1,
        "department": None if kind == "client" else kind, "number": number, "state": "draft", "language": "ru",
        "author_id": crowd.manager_of(crowd.client_of(project)), "source_id": None if kind == "client" else project,
        "created_at": at(starts_on(crowd, project)),
    }  # fmt: skip


def _smeta(crowd: Crowd, project: int) -> Row:
    n = crowd.size.tasks_each
    return {
        "id": project, **home(crowd, project), "kind": "base", "n": 1, "state": "draft",
        "number": f"B{crowd.client_of(project):04}-{project:05}-S1", "language": "ru", "currency": "RUB",
        "tax_rate": Decimal(VAT), "author_id": crowd.manager_of(crowd.client_of(project)), "net": n * NET,
        "vat": n * TAX, "gross": n * (NET + TAX), "cost": n * HOURS * COST * 100,
        "valid_until": clock.today() + timedelta(days=20), "created_at": at(starts_on(crowd, project)),
    }  # fmt: skip


def _lines(crowd: Crowd, project: int) -> Iterator[Row]:
    for n in range(crowd.size.tasks_each):
        yield {
            "id": task_id(crowd, project, n), "smeta_id": project, "client_id": crowd.client_of(project),
            "lineage": f"bench-{project}-{n}", "ordinal": n + 1, "department": department_of(project, n),
            "title": f"Работа {n + 1}", "unit": "hour", "quantity": Decimal(HOURS), "price": Decimal(PRICE),
            "cost": Decimal(COST), "tax_rate": Decimal(VAT), "net": NET, "client_accepts": n % 4 == 0,
        }  # fmt: skip


def _payments(crowd: Crowd, project: int) -> Iterator[Row]:
    gross = crowd.size.tasks_each * (NET + TAX)
    over = life_of(crowd, project) not in (*GOING, "planned", "cancelled")
    for n, percent in enumerate(PAYMENTS):
        due = starts_on(crowd, project) + timedelta(days=7 + 30 * n)
        paid = over or (n == 0 and project % 7 > 0 and life_of(crowd, project) in GOING)
        amount = gross * percent // 100
        yield {
            "id": (project - 1) * len(PAYMENTS) + n + 1,
            "smeta_id": project, "client_id": crowd.client_of(project), "ordinal": n + 1, "percent": Decimal(percent),
            "due_on": due, "amount": amount, "paid": amount if paid else 0, "paid_on": due if paid else None,
            "owed_in": None if life_of(crowd, project) == "planned" else "RUB",
        }  # fmt: skip


def _receipts(crowd: Crowd, project: int) -> Iterator[Row]:
    for row in _payments(crowd, project):
        if row["paid"]:
            yield {
                **home(crowd, project), "payment_row_id": row["id"], "by_id": crowd.manager_of(row["client_id"]),
                "amount": row["paid"], "received_on": row["paid_on"], "key": f"bench {row['id']}",
                "created_at": at(row["paid_on"]),
            }  # fmt: skip


def _agree(crowd: Crowd, every: range) -> None:
    """What stands in draft leaves draft, each with its hash, and what was approved has its evidence."""
    agreed = [n for n in every if life_of(crowd, n) != "planned"]
    departments = crowd.size.projects
    going = [n for n in every if life_of(crowd, n) in GOING]
    store.change(
        "UPDATE briefs SET state = :state, sent_at = :at, content_hash = :hash, decided_at = :decided WHERE id = :id",
        [
            *(_sealed("brief", n, crowd, n, "approved" if n in set(agreed) else "sent") for n in every),
            *(_sealed("brief", departments + place, crowd, n, "issued") for place, n in enumerate(going, 1)),
        ],
    )
    store.change(
        "UPDATE smetas SET state = :state, sent_at = :at, sent_on = :day, content_hash = :hash, decided_at = :decided"
        " WHERE id = :id",
        [{**_sealed("smeta", n, crowd, n, "approved"), "day": starts_on(crowd, n)} for n in agreed],
    )
    store.put(Approval, (_evidence(crowd, kind, said, n) for n in agreed
                         for kind, said in (("brief", "approved"), ("smeta", "approved"))))


def _sealed(kind: str, id_: int, crowd: Crowd, project: int, state: str) -> dict[str, Any]:
    sent = at(starts_on(crowd, project)).astimezone(clock.now().tzinfo).replace(tzinfo=None)
    decided = sent + timedelta(days=1) if state == "approved" else None
    return {"id": id_, "state": state, "at": sent, "hash": ids.digest(f"{kind} {id_}"), "decided": decided}


def _evidence(crowd: Crowd, kind: str, decision: str, project: int) -> Row:
    return {
        "subject_kind": kind, "subject_id": project, **home(crowd, project), "decision": decision,
        "content_hash": ids.digest(f"{kind} {project}"), "typed_name": "Анна Ольховик",
        "person_id": crowd.contact_of(crowd.client_of(project)),
        "at": at(starts_on(crowd, project) + timedelta(days=1)),
    }  # fmt: skip

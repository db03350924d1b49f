"""Version 1 is dearer than the budget and rejected; version 2 is approved to the kopeck, and the first part paid."""

from decimal import Decimal
from typing import Any

from agency.entrypoints.cli.demo.days import Days
from agency.entrypoints.cli.demo.people import Company
from agency.flow.payments import operations as payments
from agency.flow.projects import stages
from agency.flow.projects.models import Project
from agency.flow.smetas import editing, operations
from agency.flow.smetas.models import Smeta
from agency.flow.tasks import plans
from agency.kit.queue import SYSTEM

SUMS = ("quantity", "price", "cost", "percent", "fixed", "discount_percent", "tax_rate")
KEPT = ("department", "title", "unit", "quantity", "price", "cost", "kind", "supplier", "marks", "discount_percent",
        "tax_rate", "is_optional")  # fmt: skip


def agree(company: Company, days: Days, words: dict[str, Any], project: Project) -> Smeta:
    """Two versions, one rejection with words, one approval with a typed name; tasks follow at once."""
    told = days.told(words)
    with days.at("2026-12-03 14:10"):
        first = operations.create_from_rows(
            project, rows(told["lines"]), by=company.by("vera"), payments=exact(told["payments"]), basis=told["basis"],
            terms=told["terms"], commission_percent=Decimal(told["commission_percent"]),
            valid_until=told["first_valid_until"],
        )
    with days.at("2026-12-03 16:20"):
        operations.send(first, by=company.by("vera"))
    with days.at("2026-12-04 10:05"):
        operations.reject(
            first, told["rejected"], by=company.by("irina"), seen=first.content_hash, typed_name="Ирина Ветлугина",
        )
    second = _cheaper(company, days, told, first)
    with days.at("2026-12-08 11:15"):
        operations.approve(second, by=company.by("irina"), seen=second.content_hash, typed_name="Ирина Ветлугина")
        # The job that follows from the approval finds these tasks and adds none.
        plans.split(second, by=SYSTEM)
    with days.at("2026-12-09 09:30"):
        stages.finish(project.stages[1], by=company.by("vera"))
        stages.start(project.stages[2], by=company.by("vera"))
    with days.at("2026-12-14 15:30"):
        payments.receive(second.payments[0], by=company.by("galina"), note="платёжное поручение 887")
    return second


def _cheaper(company: Company, days: Days, told: dict[str, Any], first: Smeta) -> Smeta:
    with days.at("2026-12-07 11:30"):
        vera = company.by("vera")
        smeta = operations.new_version(first, by=vera)
        banners = next(line for line in smeta.lines if line.title == "Адаптация баннеров")
        editing.change_line(banners, {"discount_percent": Decimal(told["banner_discount"])}, by=vera)
        terms = {"discount_percent": Decimal(told["discount_percent"]), "valid_until": told["second_valid_until"]}
        editing.set_terms(smeta, by=vera, **terms)
        editing.recount(smeta, by=vera)
    with days.at("2026-12-07 12:40"):
        operations.send(smeta, by=company.by("vera"))
    return smeta


def rows(lines: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Lines as the operations take them: own work may be discounted, media carries the commission."""
    made = []
    for line in exact(lines):
        kind = line.get("kind", "own")
        made.append({
            **{name: line[name] for name in KEPT if name in line},
            "is_discountable": line.get("discountable", kind == "own"), "is_commissionable": kind == "media",
            "client_accepts": line.get("accepts", False), "estimate": line.get("estimate"),
        })
        made[-1].pop("estimate")
    return made


def exact(rows_: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Sums written as text become decimals, never floats."""
    return [{name: Decimal(value) if name in SUMS else value for name, value in row.items()} for row in rows_]

"""The brief of the case, answered as its client answered it, and the briefs of the departments."""

from typing import Any

from agency.flow.briefs import division, operations, queries, writing
from agency.flow.briefs.models import Brief
from agency.kit.db import db
from tests.cast import Cast
from tests.flow.factory import a_project

CLIENT: dict[str, Any] = {
    "success": "3 000 активных подписок к 31.03.2027, по данным CRM",
    "deliverables": [
        {"name": "Баннеры", "qty": "18", "size": "по списку площадок", "language": "ru", "format": "HTML5"},
        {"name": "Ролик 15 с", "qty": "1", "size": "16:9, 9:16, 1:1", "language": "ru", "format": "mp4"},
        {"name": "Воблеры", "qty": "14×200", "size": "", "language": "ru", "format": "PDF/X"},
    ],
    "geo": ["Казань"],
    "mandatories": "Логотип, QR, юридическая сноска. Нельзя «самый» и «№ 1».",
    "business_problem": "Утренний трафик пекарен −9 % за год (касса, сентябрь — октябрь)",
    "business_goal": "Получить 3 000 активных подписок к 31.03.2027, сейчас 0",
    "marketing_goal": "Привлечь 3 000 семей, с 0 до 3 000, к 31 марта",
    "comm_goal": "Поднять знание услуги в Казани с 0 до 15 % среди 25–44 к 31 марта",
    "kpi": [{"metric": "CPA", "baseline": "", "target": "≤ 420 ₽", "date": "31.03.2027", "source": "Метрика + CRM"}],
    "audience": {"segment": "семьи с детьми", "demography": "25–44, доход B/C", "barrier": "привезут холодным и поздно",
                 "need": "завтрак без спешки", "size": "62 тыс. домохозяйств"},
    "insight": "Утром я хочу быть хорошим родителем, но у меня на это 12 минут",
    "product": "Подписка «Утро»: набор выпечки к 7:30, средний чек 1 490 ₽ в неделю",
    "period": {"from": "2027-02-15", "until": "2027-03-31"},
}  # fmt: skip
CREATIVE: dict[str, Any] = {
    "task": "Показать семьям Казани, что тёплый завтрак приезжает сам",
    "why": "Услуги никто не знает",
    "response": "Подумает: успею. Почувствует: забота. Сделает: оформит подписку.",
    "smp": "Тёплый завтрак у двери раньше, чем зазвонит второй будильник",
    "rtb": [{"reason": "Печь за 40 минут до доставки", "proof": "журнал печи"}],
    "tone": ["домашний", "с иронией", "тёплый, но не сюсюкающий"],
    "formats": [{"carrier": "Баннер", "qty": "18", "size": "по списку"}],
    "routes": "2", "internal_review": "2026-12-16", "presentation": "2026-12-18",
}


def fill(brief: Brief, values: dict[str, Any], by: Any) -> Brief:
    """Write answers into a draft as a person would."""
    for key, value in values.items():
        part = queries.part(brief.id, key)
        assert part is not None, key
        writing.save(part, value, part.edition, by=by)
    return brief


def a_draft(cast: Cast, **card: Any) -> Brief:
    """The client brief of the case, wholly answered, not sent."""
    project = a_project(cast, **card)
    vera = cast.actor("vera")
    return fill(operations.open_for(project, by=vera), CLIENT, vera)


def sent(cast: Cast) -> Brief:
    """The client brief, sent."""
    brief = a_draft(cast)
    operations.send(brief, by=cast.actor("vera"))
    return brief


def approved(cast: Cast) -> Brief:
    """The client brief, approved by its approver."""
    brief = sent(cast)
    operations.approve(brief, brief.content_hash, "Ирина Ветлугина", by=cast.actor("irina"))
    return brief


def a_creative_draft(cast: Cast) -> Brief:
    """The creative brief, split off and wholly answered."""
    brief = approved(cast)
    made = division.split(brief, by=cast.actor("vera"))
    db.session.flush()
    creative = next(one for one in made if one.department == "creative")
    return fill(creative, CREATIVE, cast.actor("vera"))


def issued(cast: Cast) -> Brief:
    """The creative brief, issued to its head."""
    brief = a_creative_draft(cast)
    operations.issue(brief, by=cast.actor("vera"))
    return brief


def accepted(cast: Cast) -> Brief:
    """The creative brief, accepted by its head."""
    brief = issued(cast)
    operations.accept(brief, "Поняли так: тёплый завтрак приезжает сам", by=cast.actor("head_creative"))
    return brief

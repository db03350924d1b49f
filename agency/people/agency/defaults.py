"""Every setting of the agency with the value that holds until somebody sets another, so that none is obligatory."""

from typing import Any

from agency.kit.words import OFFERED, Lazy, lazy_in

DEFAULTS: dict[str, Any] = {
    "working_hours": {"starts": "09:00", "ends": "18:00"},
    # The country whose holidays are kept; empty = that of the default legal entity.
    "working_country": "",
    # Days that differ from the country's calendar: {"2026-12-31": {"works": false, "why": "…"}}.
    "working_days": {},
    # Handbook 5: two working hours to the first answer.
    "requests.reply_minutes": 120,
    "requests.receiver": None,
    "smeta.valid_days": 14,
    "smeta.payments": [["50", "signing"], ["50", "act"]],
    "smeta.margin_goal": 30,
    "mail.sender_name": "",
    "mail.signature": "",
    "languages": list(OFFERED),
    "positions": None,
    "stages.campaign": None,
    "stages.design": None,
    "stages.site": None,
    "first_run": None,
}
# What the history of changes calls each setting.
NAMES: dict[str, Lazy] = {
    "working_hours": lazy_in("setting", "working hours"),
    "working_country": lazy_in("setting", "country of the working calendar"),
    "working_days": lazy_in("setting", "own days off and working days"),
    "requests.reply_minutes": lazy_in("setting", "time to the first answer"),
    "requests.receiver": lazy_in("setting", "who answers new requests"),
    "smeta.valid_days": lazy_in("setting", "days an estimate is good"),
    "smeta.payments": lazy_in("setting", "usual payments"),
    "smeta.margin_goal": lazy_in("setting", "margin we aim at"),
    "mail.sender_name": lazy_in("setting", "sender of letters"),
    "mail.signature": lazy_in("setting", "signature of letters"),
    "languages": lazy_in("setting", "languages of the interface"),
    "positions": lazy_in("setting", "positions"),
    "stages.campaign": lazy_in("setting", "stages of a campaign"),
    "stages.design": lazy_in("setting", "stages of a design project"),
    "stages.site": lazy_in("setting", "stages of a site"),
    "first_run": lazy_in("setting", "first questions"),
    "tax": lazy_in("setting", "tax rate"),
    "limit": lazy_in("setting", "limit of approval"),
    "number": lazy_in("setting", "next number"),
    "default_entity": lazy_in("setting", "main legal entity"),
    "logo": lazy_in("setting", "logo"),
}
# Positions a department usually has (handbook 5); only suggestions while a person is written in.
POSITIONS: dict[str, tuple[Lazy, ...]] = {
    "account": (
        lazy_in("position", "account manager"), lazy_in("position", "senior account manager"),
        lazy_in("position", "account director"),
    ),
    "creative": (
        lazy_in("position", "creative director"), lazy_in("position", "art director"),
        lazy_in("position", "copywriter"), lazy_in("position", "designer"), lazy_in("position", "strategist"),
    ),
    "media": (
        lazy_in("position", "media director"), lazy_in("position", "media planner"),
        lazy_in("position", "PPC specialist"), lazy_in("position", "SEO specialist"),
        lazy_in("position", "SMM specialist"), lazy_in("position", "web analyst"),
    ),
    "production": (
        lazy_in("position", "producer"), lazy_in("position", "developer"), lazy_in("position", "tester"),
        lazy_in("position", "video editor"), lazy_in("position", "print manager"),
    ),
    "": (
        lazy_in("position", "director"), lazy_in("position", "accountant"), lazy_in("position", "administrator"),
    ),
}  # fmt: skip


def positions() -> list[str]:
    """The usual positions of all departments, in the language of the moment."""
    return [str(name) for group in POSITIONS.values() for name in group]

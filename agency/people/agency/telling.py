"""A change of a setting in a person's words: fields by their labels, codes by their names, nothing that is empty."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from agency.kit.words import Lazy, _, day_year, lazy, lazy_in, listed, number
from agency.people.agency import forms
from agency.people.agency.requisites import BY_COUNTRY

LABELS: dict[str, Lazy] = {
    **{
        name: field.args[0]
        for form in (forms.EntityForm, forms.LimitForm) for name, field in vars(form).items()
        if getattr(field, "args", ())
    },
    **{one.key: one.label for some in BY_COUNTRY.values() for one in some},
    "starts": lazy("The day begins"), "ends": lazy("The day ends"), "why": lazy("Why"),
    "instead": lazy("Worked off on"),
}  # fmt: skip
# Codes are shown as the choice that stands for them; the same letters as a name or a number are left alone.
CODES: dict[str, Mapping[str, Lazy]] = {
    "country": forms.COUNTRY_NAMES, "working_country": forms.COUNTRY_NAMES, "language": forms.LANGUAGE_NAMES,
    "languages": forms.LANGUAGE_NAMES, "rounding": forms.ROUNDINGS, "smeta.payments": forms.TRIGGERS,
    "code": forms.RATE_NAMES,
}  # fmt: skip
WORKS = {True: lazy("a working day"), False: lazy("a day off")}
ROLES: dict[str, Lazy] = {"account_manager": lazy_in("limit", "for account managers")}


def change(details: Mapping[str, Any]) -> tuple[str, str]:
    """What a setting was and what it becomes; of a card only what is different."""
    key, was, becomes = str(details.get("key", "")), details.get("was"), details.get("becomes")
    if key == "logo":
        return "", ""
    if isinstance(was, dict) and isinstance(becomes, dict):
        differ = {name for name in was.keys() | becomes.keys() if was.get(name) != becomes.get(name)}
        was, becomes = ({name: one[name] for name in one if name in differ} for one in (was, becomes))
    return spoken(was, key), spoken(becomes, key)


def about(details: Mapping[str, Any]) -> str:
    """What the change is about: the country and kind of a tax rate, the role and currency of a limit."""
    said = (ROLES.get(str(details[name])) if name == "role" else spoken(details[name], name)
            for name in ("country", "code", "role", "currency") if name in details)  # fmt: skip
    return ", ".join(str(part) for part in said if part)


def spoken(kept: Any, key: str = "") -> str:
    """A kept value as words."""
    if kept is None or kept == "":
        return ""
    if isinstance(kept, bool):
        return str(WORKS[kept]) if key == "works" else _("Yes") if kept else _("No")
    if isinstance(kept, dict):
        return f"{kept['name']}: {spoken(kept['stages'])}" if "stages" in kept else "; ".join(_parts(kept))
    if isinstance(kept, list):
        if all(isinstance(one, list) for one in kept):
            return "; ".join(" ".join(spoken(part, key) for part in one) for one in kept)
        return listed([spoken(one, key) for one in kept])
    if isinstance(kept, int):
        return number(kept)
    return str(CODES.get(key, {}).get(str(kept), kept))


def _parts(kept: Mapping[str, Any]) -> Iterator[str]:
    # First what a day is, then why.
    for name, one in sorted(kept.items(), key=lambda part: part[0] != "works"):
        if not (said := spoken(one, name)):
            continue
        label = LABELS.get(name) or _day(name)
        yield f"{label}: {said}" if label and name not in ("works", "requisites") else said


def _day(name: str) -> str:
    try:
        return day_year(date.fromisoformat(name))
    except ValueError:
        return ""

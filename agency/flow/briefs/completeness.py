"""How ready a brief is: the mandatory questions that are answered, by weight. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from agency.flow.briefs.answers import is_answered
from agency.flow.briefs.catalogue import Field


@dataclass(frozen=True)
class Readiness:
    """How much of what must be answered is; `percent` is whole and 100 only when nothing is missing."""

    percent: int
    answered: int
    asked: int
    missing: tuple[Field, ...]

    @property
    def is_full(self) -> bool:
        """Whether nothing mandatory is missing."""
        return not self.missing


def asked(fields: Iterable[Field], answers: Mapping[str, Any], country: str) -> list[Field]:
    """The fields that make sense: those of the chosen kinds of work, in the client's country."""
    kinds = set(answers.get("kind") or [])
    return [
        field for field in fields
        if (not field.when or kinds & set(field.when)) and (not field.country or field.country == country)
    ]


def readiness(fields: Iterable[Field], answers: Mapping[str, Any], country: str) -> Readiness:
    """What of the mandatory fields is answered; `answers` maps codes to values."""
    must = [field for field in asked(fields, answers, country) if field.must]
    missing = tuple(field for field in must if not is_answered(field, answers.get(field.code)))
    whole = sum(field.weight for field in must)
    lacking = sum(field.weight for field in missing)
    # Rounded down, so that 100 is never shown while something is missing.
    percent = (whole - lacking) * 100 // whole if whole else 100
    return Readiness(percent, len(must) - len(missing), len(must), missing)

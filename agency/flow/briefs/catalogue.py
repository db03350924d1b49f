"""Brief types read from types/*.toml and checked: their fields, in which order, and what each asks."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from agency.kit import words

FOLDER = Path(__file__).parent / "types"
KINDS = (
    "txt", "long", "one", "many", "num", "money", "date", "range", "file", "url", "person", "aud", "table", "bool",
)
DEPARTMENTS = ("creative", "media", "production")
# What a label may be said in; whoever has no word of a language reads English.
LANGUAGES, NEEDED = words.CLIENT, words.OFFERED
PEOPLE = ("contacts", "approvers", "staff")


class WrongType(ValueError):
    """A type's file cannot be used; the sentence names the file and the field."""


class Said(dict[str, str]):
    """The same words in several languages; str() gives those of the current one."""

    def __str__(self) -> str:
        return self.get(words.locale()) or self.get("en", "")


@dataclass(frozen=True)
class Choice:
    """An option of a field, a column of a table, or a section: a code with its label."""

    code: str
    label: Said


@dataclass(frozen=True)
class Field:
    """One question of a brief type."""

    code: str
    kind: str
    section: str
    label: Said
    hint: Said
    must: bool = False
    weight: int = 1
    to: tuple[str, ...] = DEPARTMENTS
    lint: tuple[str, ...] = ()
    options: tuple[Choice, ...] = ()
    columns: tuple[Choice, ...] = ()
    source: str = ""
    when: tuple[str, ...] = ()
    country: str = ""

    def option(self, code: str) -> str:
        """The label of an option, or what was typed when it is none of them."""
        return next((str(option.label) for option in self.options if option.code == code), code)


@dataclass(frozen=True)
class BriefType:
    """A kind of brief in one version; sections and fields in the order they are asked."""

    code: str
    version: int
    name: Said
    department: str | None
    lead_days: int
    sections: tuple[Choice, ...]
    fields: tuple[Field, ...]

    @cached_property
    def _by_code(self) -> dict[str, Field]:
        return {field.code: field for field in self.fields}

    def field(self, code: str) -> Field | None:
        """A field by its code."""
        return self._by_code.get(code)

    def section(self, code: str) -> Choice | None:
        """A section by its code."""
        return next((section for section in self.sections if section.code == code), None)


def find(code: str, version: int | None = None) -> BriefType:
    """A type by code, the newest version unless one is named; raises KeyError for an unknown one."""
    return _find(FOLDER, code, version)


@cache
def _find(folder: Path, code: str, version: int | None) -> BriefType:
    found = [kind for kind in load(folder) if kind.code == code and version in (None, kind.version)]
    if not found:
        raise KeyError(f"no brief type {code} {version or ''}".strip())
    return max(found, key=lambda kind: kind.version)


@cache
def load(folder: Path) -> tuple[BriefType, ...]:
    """Every type in a folder; raises WrongType for the first file that cannot be used."""
    raw = [_read(path) for path in sorted(folder.glob("*.toml"))]
    by_name = {(kind["type"], kind["version"]): kind for kind in raw}
    if len(by_name) < len(raw):
        raise WrongType("a type and version stand in two files")
    return tuple(_make(kind, by_name) for kind in raw if kind["type"] != "common")


def _read(path: Path) -> dict[str, Any]:
    try:
        kind = tomllib.loads(path.read_text("utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise WrongType(f"{path.name}: {error}") from error
    for name in ("type", "version", "name", "fields"):
        if name not in kind:
            raise WrongType(f"{path.name}: {name} is missing")
    kind["file"] = path.name
    return kind


def _make(kind: dict[str, Any], all_kinds: Mapping[tuple[str, int], dict[str, Any]]) -> BriefType:
    base = all_kinds.get((kind["extends"], 1), {}) if "extends" in kind else {}
    if "extends" in kind and not base:
        raise WrongType(f"{kind['file']}: there is no {kind['extends']} to extend")
    sections = tuple(
        Choice(section["code"], _said(section, kind["file"], section["code"]))
        for section in [*base.get("sections", []), *kind.get("sections", [])]
    )
    fields = tuple(_field(raw, kind["file"]) for raw in [*base.get("fields", []), *kind["fields"]])
    _check(fields, sections, kind)
    order = {section.code: place for place, section in enumerate(sections)}
    return BriefType(
        code=kind["type"], version=kind["version"], name=Said(kind["name"]), department=kind.get("department"),
        lead_days=kind.get("lead_days", 0), sections=sections,
        fields=tuple(sorted(fields, key=lambda field: order[field.section])),
    )


def _field(raw: dict[str, Any], file: str) -> Field:
    code = raw.get("code", "?")
    known = {"code", "kind", "section", "must", "weight", "to", "lint", "options", "columns", "from", "when", "country",
             "hint", *LANGUAGES}  # fmt: skip
    if strange := set(raw) - known:
        raise WrongType(f"{file}: {code} says {', '.join(sorted(strange))}, which nobody reads")
    if raw.get("kind") not in KINDS:
        raise WrongType(f"{file}: {code} is of no known kind ({raw.get('kind')})")
    choices = {
        name: tuple(Choice(one["code"], _said(one, file, code)) for one in raw.get(name, []))
        for name in ("options", "columns")
    }
    return Field(
        code=code, kind=raw["kind"], section=raw.get("section", ""), label=_said(raw, file, code),
        hint=Said(raw.get("hint", {})), must=raw.get("must", False), weight=raw.get("weight", 1),
        to=tuple(raw.get("to", DEPARTMENTS)), lint=tuple(raw.get("lint", ())), source=raw.get("from", ""),
        when=tuple(raw.get("when", ())), country=raw.get("country", ""), **choices,
    )  # fmt: skip


def _said(raw: Mapping[str, Any], file: str, code: str) -> Said:
    said = Said({language: raw[language] for language in LANGUAGES if raw.get(language)})
    if any(language not in said for language in NEEDED):
        raise WrongType(f"{file}: {code} is not named in every language")
    return said


def _check(fields: tuple[Field, ...], sections: tuple[Choice, ...], kind: dict[str, Any]) -> None:
    known, seen = {section.code for section in sections}, set()
    for field in fields:
        place = f"{kind['file']}: {field.code}"
        wrong = (
            (field.code in seen, "stands twice"),
            (field.section not in known, "stands in no section"),
            (field.kind == "table" and not field.columns, "is a table without columns"),
            (field.kind == "one" and not field.options, "is a choice without options"),
            (field.kind == "person" and field.source not in PEOPLE, "asks for a person from nowhere"),
            (field.weight < 1, "weighs nothing"),
            (bool(set(field.to) - set(DEPARTMENTS)), "goes to an unknown department"),
            (bool(set(field.hint) - set(LANGUAGES)), "has a hint in an unknown language"),
        )
        for is_wrong, why in wrong:
            if is_wrong:
                raise WrongType(f"{place} {why}")
        seen.add(field.code)

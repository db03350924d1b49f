"""Translations: every `agency/translations/<language>/*.po` merged into one catalogue in memory."""

from __future__ import annotations

from functools import cache
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

FOLDER = Path(__file__).resolve().parents[2] / "translations"


def po_files(language: str, folder: Path = FOLDER) -> list[Path]:
    """The files of one language in a stable order."""
    return sorted((folder / language).glob("*.po"))


def read(path: Path, language: str) -> Catalog:
    """One file as Babel understands it."""
    with path.open("rb") as source:
        return read_po(source, locale=language)


def is_complete(message: Message) -> bool:
    """Whether a message may be spoken: not fuzzy and no form of it empty."""
    forms = message.string if isinstance(message.string, list | tuple) else (message.string,)
    return not message.fuzzy and all(forms)


def merged(language: str, folder: Path = FOLDER) -> GNUTranslations | NullTranslations:
    """One catalogue of all rooms; English, and a language without files, speaks the msgids."""
    files = po_files(language, folder)
    if not files:
        return NullTranslations()
    whole = Catalog(locale=language, fuzzy=False)
    for path in files:
        for message in read(path, language):
            if message.id and is_complete(message):
                whole.add(message.id, message.string, context=message.context)
    compiled = BytesIO()
    write_mo(compiled, whole)
    compiled.seek(0)
    return GNUTranslations(compiled)


@cache
def catalogue(language: str) -> GNUTranslations | NullTranslations:
    """The catalogue of a language, read once in the life of the process."""
    return merged(language)


def preload(languages: tuple[str, ...]) -> None:
    """Read catalogues at start, so that no request waits for them."""
    for language in languages:
        catalogue(language)

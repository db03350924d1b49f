"""What can be read out of a letter that somebody pasted: subject, address, phone, name, money, time; pure."""

import re
import tomllib
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
PHONE = re.compile(r"(?<![\w.,])\+?\d[\d()\s\u00a0–-]{7,18}\d(?![\w,])")
NAME = re.compile(r"[^\W\d_][\w'’-]+(?: [^\W\d_]\.)?(?: [^\W\d_][\w'’-]+){1,2}")
SENTENCE_END = re.compile(r"(?<=[.!?…])\s+")
LONGEST_PHRASE = 80


@cache
def _letters() -> dict[str, Any]:
    """The words by which letters are read, by language."""
    found: dict[str, Any] = tomllib.loads((Path(__file__).parent / "letters.toml").read_text("utf-8"))
    return found


def subject(text: str, longest: int) -> str:
    """The first line, or of a long one its first sentence, that is more than a greeting; cut at a word."""
    lines = [" ".join(line.split()) for line in text.strip().splitlines() if line.strip()]
    parts = [part for line in lines for part in (_sentences(line) if len(line) > longest else [line])]
    parts = [bare for part in parts for bare in _ungreeted(part)]
    telling = [part for part in parts if not is_introduction(part)]
    first = (telling or parts or lines)[0]
    if len(first) <= longest:
        return first.rstrip(" .")
    return first[:longest].rsplit(" ", 1)[0].rstrip(" ,.;:–—-") + "…"


def _sentences(line: str) -> list[str]:
    """The sentences of a line; a point after a figure ends none before a small letter: "3. dubna" is a date."""
    found: list[str] = []
    for part in SENTENCE_END.split(line):
        if found and re.search(r"\d\.$", found[-1]) and part[:1].islower():
            found[-1] += f" {part}"
        else:
            found.append(part)
    return found


def is_greeting(line: str) -> bool:
    """Whether a line only says hello."""
    plain = line.casefold().strip(" .,!")
    begins = tuple(f"{word}{after}" for word in _letters()["greetings"] for after in (" ", ","))
    return len(plain.split()) <= 4 and (plain in _letters()["greetings"] or plain.startswith(begins))


def is_introduction(line: str) -> bool:
    """Whether a sentence only says who writes."""
    return line.casefold().startswith(tuple(f"{word} " for word in _letters()["introductions"]))


def _ungreeted(line: str) -> list[str]:
    """The line without a greeting before it; nothing when it is only that."""
    sentences = _sentences(line)
    while sentences and is_greeting(sentences[0]):
        sentences.pop(0)
    return [" ".join(sentences)] if sentences else []


def guess(text: str) -> dict[str, str]:
    """Fields of a request that stand plainly in its text."""
    found = {
        "email": _first(EMAIL, text).casefold(), "phone": _phone(text), "contact_name": signature(text),
        "budget_words": _phrase(text, "budget"), "deadline_words": _phrase(text, "deadline"),
    }
    return {name: value for name, value in found.items() if value}


def signature(text: str) -> str:
    """The name under a letter: the last line or last sentence, if it is two or three words with capitals."""
    lines = [line.strip(" .,–—-") for line in text.strip().splitlines() if line.strip()]
    last = [_sentences(lines[-1])[-1].strip(" .,–—-")] if lines else []
    for line in [*reversed(lines[-4:]), *last]:
        words = line.split(",")[0].strip()
        if NAME.fullmatch(words) and all(word[0].isupper() for word in words.split()):
            return words
    return ""


def _first(pattern: re.Pattern[str], text: str) -> str:
    found = pattern.search(text)
    return found.group().rstrip(".") if found else ""


def _phone(text: str) -> str:
    for found in PHONE.finditer(text):
        digits = re.sub(r"\D", "", found.group())
        if 10 <= len(digits) <= 13:
            return " ".join(found.group().split())
    return ""


def _phrase(text: str, what: str) -> str:
    """What follows a word such as "budget", up to the end of the sentence or the line."""
    words = "|".join(re.escape(word) for word in _letters()[what])
    found = re.search(rf"\b(?:{words})\w*\b[\s:–—-]*([^\n]+)", text, re.IGNORECASE)
    if not found:
        return ""
    said = re.split(r"[.;!?](?:\s+(?=[^\W\d_])|$)", found.group(1))[0].strip(" .,")
    return said if re.search(r"\d", said) and len(said) <= LONGEST_PHRASE else ""


def amount(words: str) -> str:
    """The largest sum named in a few words about a budget, as a plain number of whole units; "" without one."""
    factors = {"millions": 1_000_000, "thousands": 1_000}
    found = []
    for figures, unit in re.findall(r"(\d[\d\s\u00a0\u202f]*(?:[.,]\d+)?)\s*([^\W\d_]*)", words):
        plain = re.sub(r"\s", "", figures).replace(",", ".")
        word = unit.casefold()
        named = (name for name in factors if any(_is_unit(word, known) for known in _letters()[name]))
        factor = factors.get(next(named, ""), 1)
        found.append(int(Decimal(plain) * factor))
    return f"{max(found):,}".replace(",", " ") if found else ""


def is_net(words: str) -> bool:
    """Whether a budget is said to be without tax."""
    plain = words.casefold()
    return any(re.search(rf"\b{re.escape(said)}\b", plain) for said in _letters()["net"])


def _is_unit(word: str, known: str) -> bool:
    return word == known or (len(known) > 2 and word.startswith(known))

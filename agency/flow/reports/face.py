"""What the client reads: computed figures with the AM's words over and beside them; pure."""

from collections.abc import Iterator, Mapping
from typing import Any

from agency.flow.reports import drafting, lights
from agency.flow.reports.editing import BLANK, OWN, SECTIONS

INNER = ("hint", "off", "key")
TOLD = (
    "text", "on", "by", "was", "becomes", "reason", "explanation", "who", "slips", "action", "state", "department",
    "warned_on", "in_time", "about", "kind", "amount", "currency", "given",
)  # fmt: skip


def lines_of(section: str, computed: Mapping[str, Any], words: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Every line of a section as the composer shows it, own lines last; `off` when it is not told."""
    written = words.get("lines", {}).get(section, {})
    for line in computed.get(section, []):
        over = written.get(line["key"], {})
        yield {**line, "explanation": "", **over, "is_own": False, "was_text": line["text"]}
    for key in words.get("own", {}).get(section, []):
        yield {**BLANK, **written.get(key, {}), "key": key, "is_own": True, "was_text": ""}


def told(section: str, computed: Mapping[str, Any], words: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The lines of a section that the client reads, without anything of ours."""
    lines = [
        {name: line[name] for name in TOLD if name in line}
        for line in lines_of(section, computed, words)
        if (section not in SECTIONS or not SECTIONS[section].ticks or not line["off"]) and str(line["text"]).strip()
    ]
    if section in ("needed", "next"):
        day = "by" if section == "needed" else "on"
        lines.sort(key=lambda line: (line.get(day) is None, str(line.get(day) or "")))
    return lines


def lamps(kept: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The four lights as the client reads them: tone, reason, the AM's comment."""
    return [
        {
            "key": key,
            "name": str(lights.NAMES[key]),
            "tone": tone,
            "word": str(lights.WORDS[tone]),
            "reason": row["reason"],
            "comment": row.get("comment", "").strip(),
        }
        for key in lights.DIMENSIONS
        if (row := kept.get(key))
        for tone in [lights.shown(row["tone"], row.get("chosen"), row.get("comment", ""))]
    ]


def suggested(computed: Mapping[str, Any], words: Mapping[str, Any], kept: Mapping[str, Any]) -> str:
    """The first sentence as it would write itself from everything else."""
    tone = lights.overall(kept)
    darkest = next((lamp for lamp in lamps(kept) if lamp["tone"] == tone), {"reason": "", "comment": ""})
    asks = [line["by"] for line in told("needed", computed, words) if line.get("by")]
    return drafting.verdict(tone, darkest["comment"] or darkest["reason"], computed.get("stage"), asks)


def content(
    computed: Mapping[str, Any], words: Mapping[str, Any], kept: Mapping[str, Any], verdict: str
) -> dict[str, Any]:
    """Everything between the head and the foot of a report under its first sentence, as plain values."""
    tone = lights.overall(kept)
    return {
        "verdict": verdict,
        "tone": tone,
        "tone_word": str(lights.WORDS[tone]),
        "lights": lamps(kept),
        "stage": computed.get("stage"),
        **{section: told(section, computed, words) for section in (*SECTIONS,)},
        "promise_counts": computed.get("promise_counts"),
        "money": computed.get("money"),
        "timeline": computed.get("timeline"),
        "manager": computed.get("manager"),
        "deputy": computed.get("deputy"),
        "next_on": computed.get("next_on"),
    }


def is_own(key: str) -> bool:
    """Whether a line is one the AM added."""
    return key.startswith(OWN)

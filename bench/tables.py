"""Figures as tables that can be pasted into a page of the docs."""

from collections.abc import Mapping, Sequence

from bench.load import Flood, Times
from bench.pages import CROWDS, Found

# What is aimed at: questions a page, p95 of the large agency over the small one, a share of the bare page's answers.
QUESTIONS, SLOWER, SHARE = 12, 1.3, 0.4


def table(head: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    """A table in Markdown, its columns as wide as they must be."""
    cells = [list(head), *([str(cell) for cell in row] for row in rows)]
    widths = [max(len(row[n]) for row in cells) for n in range(len(head))]
    padded = [[cell.ljust(width) for cell, width in zip(row, widths, strict=True)] for row in cells]
    lines = ["| " + " | ".join(row) + " |" for row in padded]
    return "\n".join([lines[0], "|" + "|".join("-" * (width + 2) for width in widths) + "|", *lines[1:]])


def pages(found: Sequence[Found], bare: Times) -> str:
    """Time, questions and bytes of every case in each agency, and how the first compares with the last."""
    names = list(found[0].sizes) if found else []
    head = ["page"]
    for name in names:
        head += [f"{name}: p50 ms", "p95 ms", "CPU ms", "queries", "KiB"]
    rows = []
    for one in found:
        row: list[object] = [one.name]
        for figures in one.sizes.values():
            row += [f"{figures.times.part(50):.0f}", f"{figures.times.part(95):.0f}", f"{figures.cost:.0f}",
                    figures.questions, f"{figures.bytes / 1024:.0f}"]
        first, last = one.sizes[names[0]].times, one.sizes[names[-1]].times
        rows.append([*row, _ratio(first.part(50), last.part(50)), _ratio(first.part(95), last.part(95)), _wrong(one)])
    head += ["p50 ratio", "p95 ratio", "wrong"]
    nude = f"The bare page meanwhile: p50 {bare.part(50):.1f} ms, p95 {bare.part(95):.1f} ms."
    return f"{table(head, rows)}\n\n{nude}"


def floods(found: Sequence[Found]) -> str:
    """Answers a second beside the bare page's, for each number of clients."""
    head = ["page", *(f"{said}" for n in CROWDS for said in (f"{n} clients: a second", "bare", "of bare"))]
    rows = []
    for one in found:
        if one.floods:
            row: list[object] = [one.name]
            for ours, bare in one.floods.values():
                row += [f"{ours.rate:.0f}", f"{bare.rate:.0f}", f"{100 * ours.rate / (bare.rate or 1):.0f} %"]
            rows.append(row)
    return table(head, rows)


def verdict(found: Sequence[Found]) -> str:
    """What was aimed at and which pages are not there, in sentences."""
    names = list(found[0].sizes)
    most = max(figures.questions for one in found for figures in one.sizes.values())
    slower = {one.name: _times(one, names) for one in found}
    weaker = {one.name: min(_share(*pair) for pair in one.floods.values()) for one in found if one.floods}
    said = [f"At most {most} questions (aim {QUESTIONS})."]
    said.append(_over(f"p95 in the {names[0]} agency more than {SLOWER} times that in the {names[-1]} one", {
        name: f"{times:.1f}" for name, times in slower.items() if times > SLOWER
    }))  # fmt: skip
    if weaker:
        said.append(_over(f"Less than {100 * SHARE:.0f} % of the bare page’s answers a second", {
            name: f"{100 * share:.0f} %" for name, share in weaker.items() if share < SHARE
        }))  # fmt: skip
    return "\n".join(f"- {one}" for one in said)


def _over(what: str, pages: Mapping[str, str]) -> str:
    return f"{what}: {', '.join(f'{name} ({figure})' for name, figure in pages.items()) or 'no page'}."


def _times(one: Found, names: Sequence[str]) -> float:
    small = one.sizes[names[-1]].times.part(95)
    return one.sizes[names[0]].times.part(95) / small if small else 0.0


def _share(ours: Flood, bare: Flood) -> float:
    return ours.rate / (bare.rate or 1)


def _ratio(large: float, small: float) -> str:
    return f"{large / small:.2f}" if small else ""


def _wrong(one: Found) -> int:
    return sum(figures.times.wrong for figures in one.sizes.values()) + sum(
        ours.wrong for ours, _bare in one.floods.values()
    )

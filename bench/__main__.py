"""`python -m bench`: builds the agencies that are not there yet, measures, and prints tables."""

import signal
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator, Sequence
from pathlib import Path

from bench import machine, pages, place, tables, writing
from bench.build import build
from bench.sizes import SIZES, Size


def main(argv: Sequence[str]) -> int:
    """Answer one command line."""
    options = _options(argv)
    # Told to stop, the bench takes its processes with it.
    signal.signal(signal.SIGTERM, lambda *_told: sys.exit(143))
    chosen = [SIZES[name] for name in options.size.split(",")]
    folders = {size: build(size, options.folder, as_is=options.as_is) for size in chosen}
    said = []
    for words in _measured(options, folders):
        print(f"{words}\n", flush=True)
        said.append(words)
    if options.write:
        writing.write(said, argv)
    return 0


def _measured(options: Namespace, folders: dict[Size, Path]) -> Iterator[str]:
    """Each part of what is to be said, as soon as it is known."""
    yield machine.described()
    if "pages" in options.what:
        found, bare = pages.measure(folders, options.page, options.rounds, options.seconds)
        yield tables.pages(found, bare)
        if options.seconds:
            yield tables.floods(found)
        yield tables.verdict(found)
    if "jobs" in options.what:
        from bench import jobs

        size, folder = next(iter(folders.items()))
        yield jobs.measure(folder, size, options.jobs, options.reports)
    yield machine.busy()


def _options(argv: Sequence[str]) -> Namespace:
    parser = ArgumentParser(prog="./run bench", description="Measure the house in a large and a small agency.")
    parser.add_argument("what", nargs="*", default=["pages", "jobs"], help="build, pages, jobs; when unsaid, all")
    parser.add_argument("--size", default="large,small", help="the agencies, the first is compared with the last")
    parser.add_argument("--page", default="", help="only pages with this in their name")
    parser.add_argument("--rounds", type=int, default=40, help="how often each page is opened in turn")
    parser.add_argument("--seconds", type=float, default=2, help="how long clients press on a page; 0: not at all")
    parser.add_argument("--jobs", type=int, default=40, help="how many PDFs, and ten times as many mails")
    parser.add_argument("--reports", type=int, default=60, help="how many reports of a Friday; 2000: all of them")
    parser.add_argument("--write", action="store_true", help="put the figures into docs/performance.md")
    parser.add_argument("--folder", type=Path, default=place.HOME, help="where the agencies are kept")
    parser.add_argument("--as-is", action="store_true", help="use what is there even if tables have changed since")
    return parser.parse_args(argv)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))

"""The matrix of rights as a file: each route and method, and what becomes of everybody who knocks there.

`python -m tests.walk.matrix` writes it anew; a door that opens or shuts is one changed line of a diff.
"""

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from agency.kit import db as database
from agency.kit.db import db
from tests.cast import Cast
from tests.promises import house
from tests.walk.doors import Door
from tests.walk.world import Twin

FILE = Path(__file__).parent / "matrix.txt"
HEAD = (
    "# o open, r refused (403), h hidden (404), s to the sign-in, p public; what belongs to no client, or to A, to B.\n"
    "# Written by `python -m tests.walk.matrix`; the walk proves it.\n"
)
Told = Iterable[tuple[Door, str]]


def column(told: Told, twins: tuple[Twin, Twin]) -> dict[str, str]:
    """The letters of one identity, by method and endpoint."""
    places = (None, twins[0].client_id, twins[1].client_id)
    found: dict[str, dict[int, str]] = {}
    for door, word in told:
        if door.client_id in places:
            found.setdefault(f"{door.method} {door.endpoint}", {})[places.index(door.client_id)] = word[0]
    return {key: "".join(letters.get(n, "") for n in range(3)) for key, letters in found.items()}


def kept(name: str) -> dict[str, str]:
    """The column of one identity as the file has it."""
    lines = [line.split() for line in FILE.read_text().splitlines() if not line.startswith("#")]
    place = lines[0].index(name.replace(" ", "_"))
    return {" ".join(reversed(line[:2])): line[place + 2].replace(".", "") for line in lines[1:]}


def write(columns: dict[str, dict[str, str]]) -> None:
    """Write the file: a line for each route and method, a column for each identity."""
    rows = sorted({tuple(reversed(key.split())) for told in columns.values() for key in told})
    lines = [" ".join(name.replace(" ", "_") for name in columns)]
    for endpoint, method in rows:
        letters = [told.get(f"{method} {endpoint}", "") or "." for told in columns.values()]
        lines.append(" ".join((endpoint, method, *letters)))
    FILE.write_text(HEAD + "\n".join(lines) + "\n")


def main() -> None:
    """Live through the world of the twins once, and write what everybody may do in it."""
    from tests.installations import OnSqlite
    from tests.promises import test_p12_roles_can_do_what_the_table_says_and_nothing_else as walk
    from tests.walk import doors, world

    with TemporaryDirectory() as folder:
        place = OnSqlite(replace(house.settings(Path(folder))))
        app, cast = place.fresh(), place.cast
        with app.app_context():
            with database.unit():
                twins = world.build(cast)
            every_door = walk.paired(doors.all_doors(app), twins)
            db.session.remove()
        place.keep("twins")
        write({
            name: column(_told(place.fresh("twins"), cast, twins, every_door, name), twins) for name in walk.NAMES
        })


def _told(app: object, cast: Cast, twins: tuple[Twin, Twin], some: list[Door], name: str) -> Told:
    from tests.promises import test_p12_roles_can_do_what_the_table_says_and_nothing_else as walk

    return list(walk.expected(app, cast, walk.walker(app, cast, twins, name), some))  # type: ignore[arg-type]


if __name__ == "__main__":
    main()

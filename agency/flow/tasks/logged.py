"""How much time is logged on a task, kept on the task by triggers of the entries.

The week of everybody is planned by what is left of each task in hand: to add up the entries of each took half of a
board's time, and grew with the team.
"""

from collections.abc import Iterator

from sqlalchemy import DDL, MetaData, event

from agency.attached.hours.models import TimeEntry

KEEPS = "UPDATE tasks SET logged_minutes = logged_minutes {sign} {row}.minutes"
OF_IT = "WHERE {row}.subject_kind = 'task' AND id = {row}.subject_id"
ADDS, TAKES = (f"{KEEPS} {OF_IT};".format(sign=sign, row=row) for sign, row in (("+", "NEW"), ("-", "OLD")))
DEEDS = {"INSERT": ADDS, "DELETE": TAKES, "UPDATE": f"{TAKES} {ADDS}"}


def statements(dialect: str) -> Iterator[str]:
    """The triggers of a database; also for the migration that first makes the tables."""
    for verb, deed in DEEDS.items():
        name = f"time_entries_logged_{verb.lower()}"
        if dialect == "sqlite":
            yield f"CREATE TRIGGER {name} AFTER {verb} ON time_entries BEGIN {deed} END"
        else:
            yield (
                f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger AS $$ BEGIN {deed} RETURN NULL; END $$"
                " LANGUAGE plpgsql"
            )
            yield f"CREATE TRIGGER {name} AFTER {verb} ON time_entries FOR EACH ROW EXECUTE FUNCTION {name}()"


def keep(metadata: MetaData) -> None:
    """Make the triggers together with the table of entries."""
    for dialect in ("sqlite", "postgresql"):
        for statement in statements(dialect):
            made = DDL(statement).execute_if(dialect=dialect)
            event.listen(metadata.tables[TimeEntry.__tablename__], "after_create", made)

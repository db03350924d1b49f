"""How much time is logged on a task, kept on the task by triggers of the entries.

The week of everybody is planned by what is left of each task in hand: to add up the entries of each took half of a
board's time, and grew with the team.
"""

from sqlalchemy import MetaData

from agency.attached.hours.models import TimeEntry
from agency.kit.db.triggers import follow

KEEPS = "UPDATE tasks SET logged_minutes = logged_minutes {sign} {row}.minutes"
OF_IT = "WHERE {row}.subject_kind = 'task' AND id = {row}.subject_id"
ADDS, TAKES = (f"{KEEPS} {OF_IT};".format(sign=sign, row=row) for sign, row in (("+", "NEW"), ("-", "OLD")))


def keep(metadata: MetaData) -> None:
    """Make the triggers together with the table of entries."""
    deeds = {"INSERT": ADDS, "DELETE": TAKES, "UPDATE": f"{TAKES} {ADDS}"}
    follow(metadata, TimeEntry.__tablename__, "logged", deeds)

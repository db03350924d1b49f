"""Until when a project stands where it stands, kept on it by triggers of its stages.

An owner's morning names the few projects whose stage ends first: to look that day up for each of a thousand projects in
work took a sixth of it, and grew with the agency.
"""

from sqlalchemy import MetaData

from agency.kit.db.triggers import follow

UNTIL = (
    "UPDATE projects SET stands_until = (SELECT forecast_on FROM project_stages WHERE project_id = projects.id"
    " AND done_on IS NULL ORDER BY ordinal LIMIT 1) WHERE id = {row}.project_id;"
)
NEW, OLD = (UNTIL.format(row=row) for row in ("NEW", "OLD"))


def keep(metadata: MetaData) -> None:
    """Make the triggers together with the table of stages."""
    follow(metadata, "project_stages", "stand", {"INSERT": NEW, "DELETE": OLD, "UPDATE": f"{OLD} {NEW}"})

"""The clients' pages, put together from their parts."""

from agency.entrypoints.portal import (
    asking,
    briefs,
    cabinet,
    colleagues,
    coming,
    entering,
    holders,
    home,
    papers,
    preview,
    project,
    queries,
    reports,
    smetas,
    tasks,
)
from agency.kit.web import Room

room = Room("portal", __name__, at="", entrances={"/portal": "portal.entrance"}, for_clients=True)
for part in (home, coming, asking, project, briefs, smetas, tasks, reports, papers, preview, holders,
             colleagues, cabinet, entering):
    part.routes(room)
room.add_app_template_global(queries.client_openings, "client_openings")

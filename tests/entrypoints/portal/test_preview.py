"""What the staff see "as the client" is the client's page to the word, and nothing on it can be pressed."""

import re
from collections.abc import Callable

import pytest
from flask import Flask

from agency.attached.files.models import File
from agency.flow.briefs.models import Brief
from agency.flow.reports.models import Report
from agency.flow.requests.models import Request
from agency.flow.smetas.models import Smeta
from agency.flow.tasks.models import Task
from agency.kit.db import db, unit
from agency.people.accounts.models import Person
from tests import markup
from tests.cast import Cast
from tests.pages import Visitor
from tests.walk.world import Twin

As = Callable[[str | None], Visitor]
Twins = tuple[Twin, Twin]
RECORDS = {
    "brief": (Brief, {"state": "sent"}), "smeta": (Smeta, {"state": "sent"}), "report": (Report, {"state": "sent"}),
    "task": (Task, {"state": "client_review"}), "request": (Request, {"state": "waiting_client"}), "project": None,
}


def said(page: str, *, within: str = "main") -> str:
    """The words of a page without the bar of a preview."""
    tree = markup.parse(page)
    main = next(tree.iter(f"{within}"))
    for parent in main.iter():
        for child in list(parent):
            if child.get("role") == "note":
                parent.remove(child)
    return re.sub(r"\s+", " ", " ".join(main.itertext())).strip()


def places(app: Flask, twin: Twin, kind: str) -> tuple[str, str, str]:
    """The client's page, the preview and our own page of a record of this kind."""
    with app.app_context():
        if RECORDS[kind] is None:
            id = twin.ids["project"][0]
            return f"/portal/projects/{id}", f"/projects/{id}/as-client", f"/projects/{id}"
        model, wanted = RECORDS[kind]
        row = db.session.query(model).filter_by(client_id=twin.client_id, **wanted).first()
        ours = f"/{kind}s/{row.id}"
        if kind == "request":
            return f"/portal{ours}", f"{ours}/as-client", ours
        at = f"/projects/{row.project_id}"
        return f"/portal{at}{ours}", f"{at}/as-client{ours}", ours


@pytest.mark.parametrize("kind", RECORDS)
def test_a_preview_is_the_clients_page_to_the_word(app: Flask, twins: Twins, as_: As, kind: str) -> None:
    theirs, preview, ours = places(app, twins[0], kind)
    vera = as_("vera")
    page = vera.get(preview).text
    assert "Так эту страницу видит клиент" in page
    assert said(page) == said(as_("irina").get(theirs).text)
    main = page[page.index("<main") : page.index("</main>")]
    assert 'method="post"' not in main
    assert main.count("<fieldset") == main.count("disabled>"), "a form that could be filled in"
    assert preview in vera.get(ours).text
    as_("oleg").get(preview, status=404)


def test_a_preview_speaks_the_clients_language_and_its_bar_ours(
    app: Flask, cast: Cast, twins: Twins, as_: As,
) -> None:
    with app.app_context(), unit():
        db.session.get(Person, cast.persons["irina"]).language = "cs"
    page = as_("vera").get(places(app, twins[0], "smeta")[1]).text
    assert 'lang="cs"' in page
    assert "Так эту страницу видит клиент" in page
    assert "Schválit" in page


def test_a_file_leads_to_the_page_on_which_the_client_finds_it(app: Flask, twins: Twins, as_: As) -> None:
    with app.app_context():
        rows = db.session.query(File).filter(File.client_id == twins[0].client_id, File.project_id.is_not(None)).all()
        shown = [row.id for row in rows if row.audience == "client"]
        hidden = [row.id for row in rows if row.audience != "client"]
    assert shown
    for id in shown:
        answer = as_("vera").get(f"/files/{id}/as-client", status=302)
        assert "as-client" in answer.headers["Location"]
        as_("vera").get(answer.headers["Location"].partition("#")[0])
    for id in hidden:
        as_("vera").get(f"/files/{id}/as-client", status=404)

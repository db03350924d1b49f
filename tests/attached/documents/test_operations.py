"""Documents are wanted, drawn by a job, and built again after a failure."""

import io

import pypdf
import pytest
from markupsafe import Markup

from agency.attached.documents import operations, queries
from agency.attached.documents.frozen import Picture
from agency.kit import db as database
from agency.kit import queue, storage
from agency.kit.db import db
from agency.kit.journal import Fact
from agency.kit.states import WrongState
from agency.people.clients.models import Client
from tests.attached.papers import draw_all
from tests.kit.test_pdf import png


@pytest.fixture
def want(app, cast, paper, context):
    """Want the test paper of the hedgehog and give back its id."""

    def ask(language="ru", audience="client", version=None):
        with database.unit():
            client = db.session.get(Client, cast.hedgehog)
            return operations.want(client, paper, language, audience, by=cast.actor("vera"), version=version).id

    return ask


def text_of(document) -> str:
    reader = pypdf.PdfReader(io.BytesIO(storage.get(document.storage_key)))
    return "\n".join(page.extract_text() for page in reader.pages).replace("\u00a0", " ").replace("\u202f", " ")


def verbs() -> list[str]:
    found = db.session.query(Fact.verb).filter(Fact.subject_kind == "document").order_by(Fact.id)
    return [verb for (verb,) in found]


def test_a_wanted_document_is_drawn_by_its_job(app, cast, want):
    document_id = want()
    assert draw_all(app) == ["done"]
    document = queries.get(document_id)
    assert (document.state, document.pages, document.client_id) == ("ready", 1, cast.hedgehog)
    assert document.size == len(storage.get(document.storage_key))
    assert document.ready_at >= document.asked_at
    assert "2 661 464,16 ₽" in text_of(document)
    assert "Тёплый Ёж" in text_of(document)
    assert verbs() == ["document.ready"]


def test_the_pdf_shows_what_was_true_when_it_was_wanted(app, cast, want):
    document_id = want()
    with database.unit():
        db.session.get(Client, cast.hedgehog).name = "Другое имя"
    draw_all(app)
    assert "Тёплый Ёж" in text_of(queries.get(document_id))


def test_the_same_wish_is_one_document_and_one_job(app, want, shown):
    first = want()
    assert want() == first
    assert draw_all(app) == ["done"]
    assert want() == first
    assert draw_all(app) == []
    shown["sum"] += 1
    assert want() != first


def test_language_audience_version_and_record_make_documents_of_their_own(app, cast, want, paper):
    made = {want(), want(language="en"), want(audience="inner"), want(version=2)}
    with database.unit():
        rival = db.session.get(Client, cast.rival)
        rival.name = "Тёплый Ёж"
        made.add(operations.want(rival, paper, "ru", "client", by=cast.actor("oleg")).id)
    assert len(made) == 5


def test_a_document_speaks_its_own_language(app, want):
    english = want(language="en")
    draw_all(app)
    assert "Download" in text_of(queries.get(english))


def test_a_changed_layout_makes_a_new_document(app, want, monkeypatch):
    from agency.attached.documents import paper

    first = want()
    monkeypatch.setattr(paper, "version", lambda kind: "another")
    assert want() != first


def test_pictures_and_rich_text_are_drawn(app, want, shown):
    import base64

    shown["pictures"] = [Picture(storage.put(base64.b64decode(png(30, 30).split(",")[1])))]
    shown["rich"] = Markup("<p>Слово <b>клиента</b></p>")
    document_id = want()
    draw_all(app)
    document = queries.get(document_id)
    assert document.state == "ready", document.reason_detail
    assert "Слово клиента" in text_of(document)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"title": ""}, "untitled"),
        ({"rows": ["x"] * 1300}, "too_many_rows"),
        ({"pictures": ["http://127.0.0.1:9/x.png"]}, "outside_asset"),
        ({"pictures": [Picture("0" * 64)]}, "missing_asset"),
        ({"broken": "x"}, "broken"),
    ],
)
def test_a_failure_is_told_with_its_reason(app, want, shown, change, reason):
    shown.update(change)
    document_id = want()
    assert draw_all(app) == ["done"]
    document = queries.get(document_id)
    assert (document.state, document.reason) == ("failed", reason)
    assert verbs() == ["document.failed"]


def test_a_failed_document_is_built_again_from_what_it_was_made_of(app, cast, want, shown):
    key = "f" * 64
    shown["pictures"] = [Picture(key)]
    document_id = want()
    draw_all(app)
    with database.unit():
        operations.again(queries.get(document_id), by=cast.actor("vera"))
    assert queries.get(document_id).state == "wanted"
    assert draw_all(app) == ["done"]
    assert queries.get(document_id).state == "failed"
    assert want() == document_id
    assert queries.get(document_id).state == "wanted"
    assert queries.get(document_id).attempts == 3


def test_only_a_failed_document_is_built_again(app, cast, want):
    document_id = want()
    with pytest.raises(WrongState), database.unit():
        operations.again(queries.get(document_id), by=cast.actor("vera"))


def test_a_job_that_is_given_up_fails_its_document(app, want, monkeypatch):
    from agency.attached.documents import paper

    def explode(*args):
        raise RuntimeError("the disk is gone")

    monkeypatch.setattr(paper, "draw", explode)
    document_id = want()
    for attempt in range(5):
        with database.unit():
            db.session.query(queue.Job).update({"run_at": queries.get(document_id).asked_at})
        assert draw_all(app) == ["failed" if attempt == 4 else "again"]
    document = queries.get(document_id)
    assert (document.state, document.reason) == ("failed", "broken")


def test_a_job_done_twice_changes_nothing(app, want):
    from workers import documents as jobs

    document_id = want()
    draw_all(app)
    key = queries.get(document_id).storage_key
    assert list(jobs.render(document_id)) == []
    assert queries.get(document_id).storage_key == key
    assert verbs() == ["document.ready"]


def test_a_client_is_given_only_ready_papers_of_its_own(app, cast, want):
    mine, inner = want(), want(audience="inner")
    assert queries.client_face([cast.hedgehog]) == []
    draw_all(app)
    assert [document.id for document in queries.client_face([cast.hedgehog])] == [mine]
    assert queries.client_face([cast.rival]) == []
    assert queries.client_get([cast.hedgehog], mine) is not None
    assert queries.client_get([cast.rival], mine) is None
    assert queries.client_get([cast.hedgehog], inner) is None


def test_the_newest_paper_is_found(app, cast, want, shown):
    want()
    draw_all(app)
    shown["sum"] = 1
    newest = want()
    client = db.session.get(Client, cast.hedgehog)
    assert queries.latest(client, "test_paper").id == newest
    assert queries.latest_ready(client, "test_paper", "client").id != newest
    assert len(queries.of(client)) == 2
    assert queries.of(client, audience="inner") == []

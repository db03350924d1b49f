"""Files are attached to records, numbered, and moved into the store after the commit."""

import io

import pytest

from agency.attached.files import operations, queries
from agency.kit import db as database
from agency.kit import storage
from agency.kit.db import db
from agency.kit.journal import Fact
from agency.kit.states import Refused
from agency.kit.storage import TooBig
from agency.kit.web.edge import Upload
from agency.people.clients.models import Client


def upload(name: str, data: bytes = b"%PDF-1.7 x") -> Upload:
    return Upload(name, storage.stage(io.BytesIO(data), 1 << 20))


@pytest.fixture
def attach(app, cast, context):
    def do(name="бриф.pdf", data=b"%PDF-1.7 x", audience="inner", client="hedgehog"):
        brought = upload(name, data)
        with database.unit():
            record = db.session.get(Client, getattr(cast, client))
            return operations.attach(brought, record, cast.actor("vera"), audience).id

    return do


def test_a_file_is_attached_and_stored(cast, attach):
    file = queries.get(attach())
    assert (file.name, file.size, file.mime, file.version) == ("бриф.pdf", 10, "application/pdf", 1)
    assert (file.client_id, file.audience, file.uploaded_by_id) == (cast.hedgehog, "inner", cast.persons["vera"])
    assert storage.get(file.sha256) == b"%PDF-1.7 x"
    assert [fact.verb for fact in db.session.query(Fact).filter(Fact.subject_kind == "file")] == ["file.attached"]


def test_the_same_name_is_the_next_version(cast, attach):
    attach()
    attach("смета.pdf")
    second = queries.get(attach("БРИФ.PDF", b"%PDF-1.7 y"))
    assert second.version == 2
    client = db.session.get(Client, cast.hedgehog)
    assert [(file.name, file.version) for file in queries.of(client)] == [("смета.pdf", 1), ("БРИФ.pdf", 2)]
    assert [file.version for file in queries.versions(second)] == [2, 1]
    assert queries.get(attach(client="rival")).version == 1


def test_nothing_is_kept_of_a_unit_that_was_refused(app, cast, context):
    brought = upload("бриф.pdf", b"%PDF-1.7 refused")
    with database.unit() as open_unit:
        operations.attach(brought, db.session.get(Client, cast.hedgehog), cast.actor("vera"))
        open_unit.abandon()
    assert not storage.current().has(brought.staged.sha256)
    assert queries.of(db.session.get(Client, cast.hedgehog)) == []


def test_a_refusal_names_the_file(app, cast, context):
    brought = [upload("бриф.pdf"), upload("вирус.pdf", b"MZ\x90")]
    with pytest.raises(Refused, match=r"вирус\.pdf: ") as refused, database.unit():
        operations.attach_all(brought, db.session.get(Client, cast.hedgehog), cast.actor("vera"))
    assert refused.value.field == "files"


def test_too_many_and_too_large_are_refused(app, cast, context):
    with pytest.raises(Refused, match="20"), database.unit():
        operations.attach_all([upload("a.pdf")] * 21, db.session.get(Client, cast.hedgehog), cast.actor("vera"))
    with pytest.raises(TooBig), database.unit():
        operations.attach(upload("a.pdf"), db.session.get(Client, cast.hedgehog), cast.actor("vera"), largest=5)


def test_a_client_is_given_only_its_own_shared_files(cast, attach):
    shared, inner = attach("a.pdf", audience="client"), attach("b.pdf")
    assert queries.client_get([cast.hedgehog], shared) is not None
    assert queries.client_get([cast.rival], shared) is None
    assert queries.client_get([cast.hedgehog], inner) is None
    client = db.session.get(Client, cast.hedgehog)
    assert [file.id for file in queries.of(client, audience="client")] == [shared]


def test_forgotten_uploads_are_tidied_and_known_ones_brought_home(app, cast, attach, monkeypatch):
    from workers import files as jobs

    known = queries.get(attach())
    path = storage.current().root / known.sha256[:2] / known.sha256
    path.rename(storage.current().staging / f"{known.sha256}.x")
    forgotten = storage.stage(io.BytesIO(b"forgotten"), 100)
    left = storage.current().leftovers(older_than=-1)
    monkeypatch.setattr(type(storage.current()), "leftovers", lambda self: left)
    steps = jobs.tidy()
    next(steps)()
    assert not forgotten.path.exists()
    assert path.exists()

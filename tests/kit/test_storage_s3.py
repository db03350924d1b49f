"""The store in a bucket keeps what the store in a folder promises, against a real server of its kind."""

import io
import os
import time
import urllib.request
from collections.abc import Iterator

import obstore
import pytest
from moto.moto_server.threaded_moto_server import ThreadedMotoServer

from agency.app import create_app
from agency.kit import storage
from agency.kit.bucket import bucket
from agency.kit.settings import Settings
from agency.kit.storage import BucketStore, Corrupt, Missing, NoAnswer, NoRoom, NotTaken, TooBig

WORDS = "смета".encode()


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """An empty bucket on a server of S3's kind, on the loopback."""
    before = dict(os.environ)
    os.environ.update(AWS_ACCESS_KEY_ID="tests", AWS_SECRET_ACCESS_KEY="a secret for tests only")
    server = ThreadedMotoServer("127.0.0.1", 0, verbose=False)
    server.start()
    endpoint = "http://{}:{}".format(*server.get_host_and_port())
    urllib.request.urlopen(urllib.request.Request(f"{endpoint}/papers", method="PUT")).close()
    yield f"s3://papers/of/agency?endpoint={endpoint}"
    server.stop()
    os.environ.clear()
    os.environ.update(before)


@pytest.fixture
def store(address: str) -> BucketStore:
    """The store, emptied."""
    store = BucketStore(bucket(address), floor=0)
    for batch in obstore.list(store.objects):
        obstore.delete(store.objects, [meta["path"] for meta in batch])
    return store


def waiting(store: BucketStore) -> list[str]:
    """What lies in the staging place."""
    return [meta["path"] for batch in obstore.list(store.objects, prefix="staging") for meta in batch]


def test_what_is_put_is_got_back_and_kept_once(store: BucketStore) -> None:
    key = store.put(WORDS)
    assert store.put(WORDS) == key
    assert store.get(key) == WORDS
    with store.open(key) as file:
        assert file.read() == WORDS
        assert os.fstat(file.fileno()).st_size == len(WORDS)
    assert store.has(key)
    assert list(store.keys()) == [key]


def test_it_lies_under_the_prefix_as_it_would_in_the_folder(store: BucketStore, address: str) -> None:
    key = store.put(WORDS)
    whole = BucketStore(bucket(address.replace("/of/agency", "")))
    assert [meta["path"] for batch in obstore.list(whole.objects) for meta in batch] == [f"of/agency/{key[:2]}/{key}"]


def test_an_unknown_or_odd_key_is_missing(store: BucketStore) -> None:
    for key in ("0" * 64, "../../etc/passwd", "", "A" * 64, "0" * 64 + "\n"):
        with pytest.raises(Missing):
            store.get(key)
        with pytest.raises(Missing):
            store.open(key)
    assert not store.has("0" * 64)


@pytest.mark.parametrize("other", [b"", WORDS[:-1], WORDS + b" ", WORDS[:-1] + b"\0"])
def test_changed_bytes_are_never_served_and_are_healed_by_the_right_ones(store: BucketStore, other: bytes) -> None:
    key = store.put(WORDS)
    obstore.put(store.objects, f"{key[:2]}/{key}", other)
    with pytest.raises(Corrupt):
        store.get(key)
    with pytest.raises(Corrupt):
        store.open(key)
    assert store.get(store.put(WORDS)) == WORDS


def test_an_upload_gets_its_final_name_only_when_it_is_settled(store: BucketStore) -> None:
    staged = store.stage(io.BytesIO(WORDS), limit=100)
    assert (staged.size, store.has(staged.sha256)) == (len(WORDS), False)
    with staged.open() as file:
        assert file.read() == WORDS
    assert staged.settle() == staged.sha256 == staged.settle()
    assert store.get(staged.sha256) == WORDS
    assert waiting(store) == []


def test_an_upload_whose_process_died_is_found_by_any_other_node(store: BucketStore, address: str) -> None:
    staged = store.stage(io.BytesIO(WORDS), limit=100)
    elsewhere = BucketStore(bucket(address))
    assert elsewhere.get(staged.sha256) == WORDS
    assert elsewhere.has(staged.sha256)
    assert waiting(store) == []


def test_what_nobody_kept_is_found_and_thrown_away(store: BucketStore) -> None:
    staged = store.stage(io.BytesIO(WORDS), limit=100)
    assert store.leftovers() == []
    time.sleep(1.1)
    (left,) = store.leftovers(older_than=0)
    assert (left.sha256, left.size) == (staged.sha256, staged.size)
    left.discard()
    left.discard()
    assert waiting(store) == []


def test_too_much_is_refused_and_leaves_nothing(store: BucketStore) -> None:
    with pytest.raises(TooBig):
        store.stage(io.BytesIO(b"x" * 101), limit=100)
    store.floor = 1 << 62
    with pytest.raises(NoRoom):
        store.stage(io.BytesIO(WORDS), limit=100)
    assert waiting(store) == []


def test_a_store_that_does_not_answer_is_not_a_lost_file() -> None:
    away = BucketStore(bucket("s3://papers/here?endpoint=http://127.0.0.1:9"))
    for ask in (away.get, away.open, away.has):
        with pytest.raises(NoAnswer):
            ask("0" * 64)
    with pytest.raises(NotTaken):
        away.stage(io.BytesIO(WORDS), limit=100)


def test_the_app_keeps_its_files_where_the_settings_say(address: str, settings: Settings) -> None:
    from dataclasses import replace

    app = create_app(replace(settings, storage_url=address))
    with app.app_context():
        assert isinstance(storage.current(), BucketStore)
        assert storage.get(storage.put(b"paper")) == b"paper"


@pytest.mark.parametrize("wrong", [
    "s3://", "s3://ab?region=x", "s3://papers", "s3://key:secret@papers?region=x", "s3://papers?region=x&acl=public",
    "s3://papers?endpoint=storage.example", "s3://papers:80?region=x",
])  # fmt: skip
def test_a_wrong_address_is_refused_in_words_that_repeat_no_password(wrong: str) -> None:
    with pytest.raises(ValueError, match="AGENCY_STORAGE_URL") as refused:
        bucket(wrong)
    assert "secret@" not in str(refused.value)

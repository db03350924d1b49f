"""What the store promises: whole files, checked reads, and plain words about uploads."""

import io

import pytest

from agency.kit.storage import Corrupt, LocalStore, Missing, NoRoom, TooBig, folder


@pytest.fixture
def store(tmp_path) -> LocalStore:
    return LocalStore(tmp_path / "files", floor=0)


def test_what_is_put_is_got_back(store):
    key = store.put("смета".encode())
    assert store.get(key) == "смета".encode()
    with store.open(key) as file:
        assert file.read() == "смета".encode()
    assert store.has(key)
    assert list(store.keys()) == [key]


def test_the_same_bytes_are_kept_once(store):
    assert store.put(b"one") == store.put(b"one")
    assert len(list(store.keys())) == 1


def test_an_unknown_or_odd_key_is_missing(store):
    for key in ("0" * 64, "../../etc/passwd", "", "A" * 64, "0" * 64 + "\n"):
        with pytest.raises(Missing):
            store.get(key)
        with pytest.raises(Missing):
            store.open(key)


def test_a_damaged_file_is_never_served_and_a_new_put_heals_it(store):
    key = store.put(b"exactly this")
    path = store.root / key[:2] / key
    path.write_bytes(b"exactly that")
    for read in (store.get, store.open):
        with pytest.raises(Corrupt):
            read(key)
    assert store.put(b"exactly this") == key
    assert store.get(key) == b"exactly this"


def test_a_link_or_a_folder_in_place_of_a_file_is_refused(store, tmp_path):
    key = store.put(b"mine")
    path = store.root / key[:2] / key
    path.unlink()
    (tmp_path / "other").write_bytes(b"mine")
    path.symlink_to(tmp_path / "other")
    with pytest.raises(Corrupt):
        store.get(key)
    path.unlink()
    path.mkdir()
    with pytest.raises(Corrupt):
        store.get(key)


def test_an_upload_is_staged_then_settled(store):
    staged = store.stage(io.BytesIO(b"brief"), limit=100)
    assert (staged.size, store.has(staged.sha256)) == (5, False)
    with staged.open() as file:
        assert file.read() == b"brief"
    assert staged.settle() == staged.sha256 == staged.settle()
    with staged.open() as file:
        assert store.get(staged.sha256) == b"brief" == file.read()
    assert list(store.staging.iterdir()) == []


def test_an_upload_whose_move_was_lost_is_found_again(store):
    staged = store.stage(io.BytesIO(b"brief"), limit=100)
    again = LocalStore(store.root)
    assert again.get(staged.sha256) == b"brief"
    assert again.has(staged.sha256)


def test_too_large_an_upload_leaves_nothing(store):
    with pytest.raises(TooBig):
        store.stage(io.BytesIO(b"x" * 101), limit=100)
    assert list(store.staging.iterdir()) == []


def test_an_upload_is_refused_when_the_disk_is_nearly_full(tmp_path):
    store = LocalStore(tmp_path / "files", floor=1 << 60)
    with pytest.raises(NoRoom):
        store.stage(io.BytesIO(b"x"), limit=100)
    assert list(store.staging.iterdir()) == []


def test_forgotten_uploads_can_be_thrown_away(store):
    store.stage(io.BytesIO(b"left"), limit=100)
    (store.staging / "part.half").write_bytes(b"ha")
    assert store.leftovers(older_than=3600) == []
    (left,) = store.leftovers(older_than=-1)
    assert (left.size, left.sha256) == (4, left.path.stem)
    left.discard()
    assert list(store.staging.iterdir()) == []


def test_only_a_folder_of_this_machine_can_be_the_store(tmp_path):
    assert folder("", tmp_path) == tmp_path / "files"
    assert str(folder("file:///srv/my%20files", tmp_path)) == "/srv/my files"
    for url in ("s3://bucket", "file://host/x", "file:", "/srv/files", "https://user:secret@host/x"):
        with pytest.raises(ValueError, match="AGENCY_STORAGE_URL is") as wrong:
            folder(url, tmp_path)
        assert "secret" not in str(wrong.value)

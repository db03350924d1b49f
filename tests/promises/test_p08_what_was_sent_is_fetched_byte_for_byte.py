"""P08: a PDF that was sent can be fetched later, byte for byte, or not at all."""

import contextlib
import hashlib
import os
import random
import signal
import time

import pytest

from agency.kit.storage import Corrupt, LocalStore, Missing
from tests.figures import figure

# Newer Pythons warn of a fork beside the test runner's timer thread.
pytestmark = pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")
KILLS = figure(200, 2000)


@pytest.fixture
def store(tmp_path) -> LocalStore:
    return LocalStore(tmp_path / "files", floor=0)


def test_p08_one_flipped_bit_in_each_of_100_stored_files_is_always_noticed(store):
    chance = random.Random(8)
    kept = {store.put(chance.randbytes(chance.randint(1, 60_000))) for _ in range(100)}
    for key in kept:
        path = store.root / key[:2] / key
        data = bytearray(path.read_bytes())
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
        path.write_bytes(data)
    noticed = 0
    for key in kept:
        for read in (store.get, store.open):
            with pytest.raises(Corrupt):
                read(key)
        noticed += 1
    assert noticed == 100


@pytest.mark.parametrize("harm", ["cut", "grow", "swap", "empty", "gone", "link"])
def test_p08_every_kind_of_rot_is_noticed(store, harm):
    key, other = store.put(b"the sent report"), store.put(b"another report")
    path, other_path = (store.root / k[:2] / k for k in (key, other))
    match harm:
        case "cut":
            path.write_bytes(path.read_bytes()[:-1])
        case "grow":
            path.write_bytes(path.read_bytes() + b"\n")
        case "swap":
            path.write_bytes(other_path.read_bytes())
        case "empty":
            path.write_bytes(b"")
        case "gone":
            path.unlink()
        case "link":
            path.unlink()
            path.symlink_to(other_path)
    with pytest.raises((Corrupt, Missing)):
        store.get(key)


def test_p08_kill_minus_9_while_writing_leaves_no_half_file_under_a_final_name(store):
    """Writers of files of a megabyte are killed at random instants; whatever has a name is whole."""
    chance = random.Random(88)
    for round_number in range(KILLS):
        child = os.fork()
        if child == 0:
            _write_for_ever(store, round_number)
        time.sleep(chance.uniform(0.002, 0.03))
        while round_number == KILLS - 1 and not any(store.keys()):
            time.sleep(0.01)
        with contextlib.suppress(ProcessLookupError):
            os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
    names = list(store.keys())
    assert names
    for name in names:
        assert hashlib.sha256((store.root / name[:2] / name).read_bytes()).hexdigest() == name


def _write_for_ever(store: LocalStore, seed: int) -> None:
    chance = random.Random(seed)
    try:
        while True:
            store.put(chance.randbytes(1 << 20))
    finally:
        os._exit(1)

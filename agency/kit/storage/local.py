"""Files on the local disk under the SHA-256 of their contents, checked at each read."""

import contextlib
import errno
import hashlib
import os
import re
import shutil
import stat
import time
from collections.abc import Iterator
from dataclasses import dataclass
from io import BufferedReader
from pathlib import Path
from typing import IO

from agency.kit import ids
from agency.kit.storage.errors import Corrupt, Missing, NoRoom, TooBig

CHUNK = 1 << 20
FLOOR = 256 << 20
KEY = re.compile(r"[0-9a-f]{64}")
# No link is followed out of the store, and reading what is not a plain file must not hang.
READ_FLAGS = os.O_RDONLY | os.O_CLOEXEC | getattr(os, "O_NOFOLLOW", 0) | os.O_NONBLOCK


@dataclass(frozen=True)
class Staged:
    """An upload on the disk, whole and hashed, not yet in the store."""

    path: Path
    sha256: str
    size: int
    store: "LocalStore"

    def settle(self) -> str:
        """Move it into the store and return its key; harmless when done before."""
        return self.store.settle(self)

    def discard(self) -> None:
        """Throw it away unless it has been settled."""
        self.path.unlink(missing_ok=True)

    def open(self) -> BufferedReader:
        """Its contents, before or after it was settled."""
        try:
            return self.path.open("rb")
        except FileNotFoundError:
            return self.store.open(self.sha256)


class LocalStore:
    """A content-addressed folder: whole files only appear under their final names."""

    def __init__(self, root: Path, floor: int = FLOOR) -> None:
        self.root = root
        self.staging = root / "staging"
        self.floor = floor
        self.staging.mkdir(parents=True, exist_ok=True, mode=0o700)

    def put(self, data: bytes) -> str:
        """Store `data` durably and return its key; heals a damaged copy."""
        key = hashlib.sha256(data).hexdigest()
        if not self._intact(key):
            part = self._part()
            try:
                with part.open("xb") as file:
                    file.write(data)
                    _sync(file)
                self._place(part, key)
            finally:
                part.unlink(missing_ok=True)
        return key

    def get(self, key: str) -> bytes:
        """The bytes under `key`; raises Missing, or Corrupt when they do not match it."""
        with self._find(key) as file:
            data = file.read()
        if hashlib.sha256(data).hexdigest() != key:
            raise Corrupt(key)
        return data

    def open(self, key: str) -> BufferedReader:
        """The file under `key` at its start, its hash checked; raises Missing or Corrupt."""
        file = self._find(key)
        if hashlib.file_digest(file, "sha256").hexdigest() != key:
            file.close()
            raise Corrupt(key)
        file.seek(0)
        return file

    def has(self, key: str) -> bool:
        """Whether something is stored under `key`, unchecked."""
        return self._path(key).is_file()

    def keys(self) -> Iterator[str]:
        """Every key in the store, for the check of all files."""
        for path in sorted(self.root.glob("??/*")):
            yield path.name

    def stage(self, stream: IO[bytes], limit: int) -> Staged:
        """Copy an upload to the disk outside any transaction; raises TooBig or NoRoom."""
        part = self._part()
        digest, size = hashlib.sha256(), 0
        try:
            with part.open("xb") as file:
                while piece := stream.read(CHUNK):
                    size += len(piece)
                    if size > limit:
                        raise TooBig(limit)
                    if shutil.disk_usage(self.staging).free < self.floor:
                        raise NoRoom
                    digest.update(piece)
                    file.write(piece)
                _sync(file)
            whole = self.staging / f"{digest.hexdigest()}.{part.suffix[1:]}"
            part.rename(whole)
        except OSError as error:
            if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
                raise NoRoom from None
            raise
        finally:
            part.unlink(missing_ok=True)
        _sync_folder(self.staging)
        return Staged(whole, digest.hexdigest(), size, self)

    def settle(self, staged: Staged) -> str:
        """Move a staged upload to its final name."""
        if self._intact(staged.sha256):
            staged.path.unlink(missing_ok=True)
        elif staged.path.exists():
            self._place(staged.path, staged.sha256)
        return staged.sha256

    def leftovers(self, older_than: float = 86_400) -> list[Staged]:
        """Staged uploads nobody settled for so many seconds; half-written ones of that age are removed."""
        found = []
        for path in sorted(self.staging.iterdir()):
            with contextlib.suppress(FileNotFoundError):
                state = path.stat()
                if time.time() - state.st_mtime <= older_than:
                    continue
                if KEY.fullmatch(path.stem):
                    found.append(Staged(path, path.stem, state.st_size, self))
                else:
                    path.unlink()
        return found

    def _path(self, key: str) -> Path:
        if not KEY.fullmatch(key):
            raise Missing(key)
        return self.root / key[:2] / key

    def _part(self) -> Path:
        return self.staging / f"part.{ids.token()}"

    def _find(self, key: str) -> BufferedReader:
        path = self._path(key)
        try:
            return _open(path)
        except FileNotFoundError:
            pass
        except OSError:
            raise Corrupt(key) from None
        # The process died between its commit and the move into place: the upload still waits here.
        for left in self.staging.glob(f"{key}.*"):
            self._place(left, key)
            return _open(path)
        raise Missing(key)

    def _intact(self, key: str) -> bool:
        try:
            self.open(key).close()
        except (Missing, Corrupt):
            return False
        return True

    def _place(self, part: Path, key: str) -> None:
        final = self._path(key)
        if not final.parent.exists():
            final.parent.mkdir(exist_ok=True, mode=0o700)
            _sync_folder(self.root)
        part.rename(final)
        _sync_folder(final.parent)


def _open(path: Path) -> BufferedReader:
    file = os.fdopen(os.open(path, READ_FLAGS), "rb")
    if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
        file.close()
        raise IsADirectoryError(path)
    return file


def _sync(file: IO[bytes]) -> None:
    file.flush()
    os.fsync(file.fileno())


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)

"""Files in S3-compatible storage under the SHA-256 of their contents, checked at each read, shared by all nodes."""

import hashlib
import logging
import os
import shutil
import time
import weakref
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from io import BufferedReader
from pathlib import Path
from tempfile import TemporaryFile, gettempdir
from typing import IO, TYPE_CHECKING, Any

from agency.kit import ids
from agency.kit.bucket import Bucket
from agency.kit.storage.errors import Corrupt, Missing, NoAnswer, NoRoom, NotTaken, TooBig
from agency.kit.storage.local import CHUNK, FLOOR, KEY

if TYPE_CHECKING:
    from obstore.store import S3Store

log = logging.getLogger("agency.storage")

STAGING = "staging"
PATIENCE = {"connect_timeout": "3s", "timeout": "60s"}
RETRIES: dict[str, Any] = {"max_retries": 2, "retry_timeout": timedelta(seconds=10)}


@dataclass(frozen=True)
class Brought:
    """An upload, whole and hashed, waiting in the bucket where every node sees it."""

    path: str
    sha256: str
    size: int
    store: "BucketStore" = field(repr=False)
    here: IO[bytes] | None = field(default=None, repr=False, compare=False)

    def settle(self) -> str:
        """Move it to its final name and return its key; harmless when done before."""
        return self.store.settle(self)

    def discard(self) -> None:
        """Throw it away unless it has been settled."""
        self.store.remove(self.path)

    def open(self) -> BufferedReader:
        """Its contents, before or after it was settled."""
        return _reader(self.here) if self.here else self.store.open(self.sha256)


class BucketStore:
    """A content-addressed bucket, laid out like the folder, so that one can be copied into the other."""

    def __init__(self, place: Bucket, floor: int = FLOOR) -> None:
        self.place = place
        self.floor = floor
        self._opened: tuple[int, S3Store] | None = None

    @property
    def objects(self) -> "S3Store":
        """The client; its threads do not survive a fork, so each process has its own."""
        if self._opened is None or self._opened[0] != os.getpid():
            from obstore.store import S3Store

            place = self.place
            options: dict[str, Any] = {"endpoint": place.endpoint} if place.endpoint else {}
            self._opened = os.getpid(), S3Store(
                place.name, prefix=place.prefix or None, region=place.region, virtual_hosted_style_request=False,
                client_options={**PATIENCE, "allow_http": place.endpoint.startswith("http:")},
                retry_config=RETRIES, **options,
            )
        return self._opened[1]

    def put(self, data: bytes) -> str:
        """Store `data` and return its key; heals a damaged copy."""
        import obstore

        key = hashlib.sha256(data).hexdigest()
        with _speaking(key):
            obstore.put(self.objects, _path(key), data)
        return key

    def get(self, key: str) -> bytes:
        """The bytes under `key`; raises Missing, or Corrupt when they do not match it, or NoAnswer."""
        with _speaking(key):
            data = self._find(key).bytes().to_bytes()
        if hashlib.sha256(data).hexdigest() != key:
            raise Corrupt(key)
        return data

    def open(self, key: str) -> BufferedReader:
        """A copy of the file on this machine, without a name, its hash checked; raises as `get` does."""
        with TemporaryFile() as copy:
            digest = hashlib.sha256()
            with _speaking(key):
                for piece in self._find(key).stream(min_chunk_size=CHUNK):
                    digest.update(piece)
                    copy.write(piece)
            if digest.hexdigest() != key:
                raise Corrupt(key)
            return _reader(copy)

    def has(self, key: str) -> bool:
        """Whether something is stored under `key`, unchecked."""
        import obstore

        try:
            with _speaking(key):
                obstore.head(self.objects, _path(key))
        except Missing:
            return False
        return True

    def keys(self) -> Iterator[str]:
        """Every key in the bucket, for the check of all files."""
        for path, _ in self._listed(""):
            name = path.rpartition("/")[2]
            if not path.startswith(STAGING) and KEY.fullmatch(name):
                yield name

    def stage(self, stream: IO[bytes], limit: int) -> Brought:
        """Copy an upload to the bucket outside any transaction; raises TooBig, NoRoom or NotTaken."""
        with ExitStack() as undo:
            here = undo.enter_context(TemporaryFile())
            sha256, size = self._receive(stream, here, limit)
            brought = Brought(f"{STAGING}/{sha256}.{ids.token()}", sha256, size, self, here)
            self._bring(brought.path, here)
            # It has no name and goes with what was brought: a request that is refused leaves nothing behind.
            weakref.finalize(brought, undo.pop_all().close)
        return brought

    def _receive(self, stream: IO[bytes], here: IO[bytes], limit: int) -> tuple[str, int]:
        digest, size = hashlib.sha256(), 0
        while piece := stream.read(CHUNK):
            size += len(piece)
            if size > limit:
                raise TooBig(limit)
            if shutil.disk_usage(gettempdir()).free < self.floor:
                raise NoRoom
            digest.update(piece)
            here.write(piece)
        return digest.hexdigest(), size

    def _bring(self, path: str, here: IO[bytes]) -> None:
        import obstore

        try:
            with _speaking(path), _reader(here) as file:
                obstore.put(self.objects, path, file)
        except NoAnswer:
            raise NotTaken from None

    def settle(self, brought: Brought) -> str:
        """Give an upload its final name; one that is gone from the staging place was settled before."""
        import obstore

        try:
            with _speaking(brought.sha256):
                obstore.copy(self.objects, brought.path, _path(brought.sha256))
            self.remove(brought.path)
        except Missing:
            pass
        except NoAnswer as error:
            # The record is committed and the upload is whole: whoever reads it first moves it, or the tidying job.
            log.warning("an upload waits in the staging place: %s", error)
        return brought.sha256

    def remove(self, path: str) -> None:
        """Remove what waits in the staging place; harmless when it is gone."""
        import obstore

        with _speaking(path, gone=lambda: None):
            obstore.delete(self.objects, path)

    def leftovers(self, older_than: float = 86_400) -> list[Brought]:
        """Uploads nobody settled for so many seconds."""
        waiting = [(path, meta) for path, meta in self._listed(STAGING)]
        return [
            Brought(path, Path(path).stem, meta["size"], self) for path, meta in waiting
            if time.time() - meta["last_modified"].timestamp() > older_than and KEY.fullmatch(Path(path).stem)
        ]

    def _find(self, key: str) -> Any:
        import obstore
        from obstore.exceptions import NotFoundError

        try:
            return obstore.get(self.objects, _path(key))
        except (NotFoundError, FileNotFoundError):
            pass
        # The process died between its commit and the move: the upload still waits.
        for path, meta in self._listed(STAGING):
            if Path(path).stem == key:
                self.settle(Brought(path, key, meta["size"], self))
                return obstore.get(self.objects, _path(key))
        raise Missing(key)

    def _listed(self, prefix: str) -> Iterator[tuple[str, Any]]:
        import obstore

        with _speaking(prefix):
            for batch in obstore.list(self.objects, prefix=prefix or None):
                yield from ((meta["path"], meta) for meta in batch)


def _path(key: str) -> str:
    if not KEY.fullmatch(key):
        raise Missing(key)
    return f"{key[:2]}/{key}"


def _reader(file: IO[bytes]) -> BufferedReader:
    file.flush()
    reader = os.fdopen(os.dup(file.fileno()), "rb")
    reader.seek(0)
    return reader


@contextmanager
def _speaking(key: str, gone: Callable[[], None] | None = None) -> Iterator[None]:
    """What the bucket says, in our own errors."""
    from obstore.exceptions import BaseError, NotFoundError

    try:
        yield
    except (NotFoundError, FileNotFoundError):
        if gone is None:
            raise Missing(key) from None
    except (BaseError, OSError) as error:
        raise NoAnswer(key, str(error)) from None

"""Which store this installation uses, and the short names the rest of the house calls."""

from collections.abc import Iterator, Sequence
from io import BufferedReader
from pathlib import Path
from typing import IO, Protocol
from urllib.parse import unquote, urlsplit

from flask import Flask, current_app

from agency.kit.bucket import bucket
from agency.kit.settings import Settings
from agency.kit.storage.local import LocalStore
from agency.kit.storage.s3 import BucketStore


class Waiting(Protocol):
    """An upload, whole and hashed, not yet under its final name."""

    @property
    def sha256(self) -> str: ...
    @property
    def size(self) -> int: ...
    def settle(self) -> str: ...
    def discard(self) -> None: ...
    def open(self) -> BufferedReader: ...


class Store(Protocol):
    """What any store can do; keys are the SHA-256 of the contents."""

    def put(self, data: bytes) -> str: ...
    def get(self, key: str) -> bytes: ...
    def open(self, key: str) -> BufferedReader: ...
    def has(self, key: str) -> bool: ...
    def keys(self) -> Iterator[str]: ...
    def stage(self, stream: IO[bytes], limit: int) -> Waiting: ...
    def leftovers(self, older_than: float = 86_400) -> Sequence[Waiting]: ...


def folder(url: str, data: Path) -> Path:
    """The folder that AGENCY_STORAGE_URL names, `data`/files when empty; raises ValueError with a sentence."""
    if not url:
        return data / "files"
    parts = urlsplit(url)
    path = Path(unquote(parts.path))
    if parts.scheme != "file" or parts.netloc or len(path.parts) < 2:
        shown = f"{parts.scheme}://…" if parts.scheme else url
        raise ValueError(
            f"AGENCY_STORAGE_URL is {shown}; it must be a folder of this machine, written as file:///path/to/folder, "
            "or a bucket, written as s3://bucket/prefix?region=eu-central-1."
        )
    return path


def setup(app: Flask, settings: Settings) -> Store:
    """Open the store for this app; raises ValueError with a sentence for a wrong address."""
    url = settings.storage_url
    store: Store = BucketStore(bucket(url)) if url.startswith("s3:") else LocalStore(folder(url, settings.data))
    app.extensions["agency.storage"] = store
    return store


def current() -> Store:
    """The store of the running app."""
    store: Store = current_app.extensions["agency.storage"]
    return store


def put(data: bytes) -> str:
    """Store bytes durably and return their key."""
    return current().put(data)


def get(key: str) -> bytes:
    """The bytes under a key; raises Missing or Corrupt."""
    return current().get(key)


def stage(stream: IO[bytes], limit: int) -> Waiting:
    """Copy an upload into the store; raises TooBig, NoRoom or NotTaken."""
    return current().stage(stream, limit)

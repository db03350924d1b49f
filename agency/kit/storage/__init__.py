"""Bytes kept under the hash of their contents: sent PDFs, uploads; knows nothing of what they mean."""

from agency.kit.storage.choice import Store, Waiting, current, folder, get, put, setup, stage
from agency.kit.storage.errors import Corrupt, Missing, NoAnswer, NoRoom, NotTaken, StorageError, TooBig
from agency.kit.storage.local import LocalStore, Staged
from agency.kit.storage.s3 import BucketStore

__all__ = [
    "BucketStore", "Corrupt", "LocalStore", "Missing", "NoAnswer", "NoRoom", "NotTaken", "Staged",
    "StorageError", "Store", "TooBig", "Waiting", "current", "folder", "get", "put", "setup", "stage",
]  # fmt: skip

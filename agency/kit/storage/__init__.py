"""Bytes kept under the hash of their contents: sent PDFs, uploads; knows nothing of what they mean."""

from agency.kit.storage.choice import Store, current, folder, get, put, setup, stage
from agency.kit.storage.errors import Corrupt, Missing, NoRoom, StorageError, TooBig
from agency.kit.storage.local import LocalStore, Staged

__all__ = [
    "Corrupt", "LocalStore", "Missing", "NoRoom", "Staged", "StorageError", "Store", "TooBig",
    "current", "folder", "get", "put", "setup", "stage",
]  # fmt: skip

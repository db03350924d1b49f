"""What can go wrong with stored bytes, and what is said to a person about an upload."""

from agency.kit.states import Refused
from agency.kit.words import lazy


class StorageError(Exception):
    """Stored bytes cannot be had; `key` names them."""

    def __init__(self, key: str) -> None:
        super().__init__(f"{type(self).__name__.lower()}: {key}")
        self.key = key


class Missing(StorageError):
    """Nothing is stored under this key."""


class Corrupt(StorageError):
    """The stored bytes no longer match their hash: they are never served."""


class NoAnswer(StorageError):
    """The store cannot be reached or does not let us in: nothing is known of the bytes."""

    def __init__(self, key: str, said: str = "") -> None:
        super().__init__(key)
        self.said = said

    def __str__(self) -> str:
        return f"{self.args[0]} ({self.said})"


class NotTaken(Refused):
    """The store does not answer, so an upload could not be kept."""

    def __init__(self) -> None:
        super().__init__(lazy("The file store does not answer, so the file was not taken. Try again in a minute."))


class TooBig(Refused):
    """An upload is larger than the limit."""

    def __init__(self, limit: int) -> None:
        super().__init__(
            lazy("The file is larger than %(limit)s MB. Make it smaller or send a link to it.", limit=limit >> 20)
        )


class NoRoom(Refused):
    """The disk is too full to take files."""

    def __init__(self) -> None:
        super().__init__(
            lazy("The server's disk is nearly full, so the file was not taken. Tell the administrator and try again.")
        )

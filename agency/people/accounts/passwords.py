"""Passwords: hashed with Argon2, one hash at a time in a process so that guessing cannot take the machine."""

import threading

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError

from agency.kit.states import Refused
from agency.kit.words import lazy

SHORTEST, LONGEST = 8, 128
COMMON = frozenset({
    "password", "12345678", "123456789", "1234567890", "qwertyui", "qwerty123", "password1", "11111111",
    "00000000", "iloveyou", "abcdefgh", "87654321", "admin123", "welcome1", "passw0rd", "йцукенгш",
})
_one_at_a_time = threading.Semaphore(1)
_hasher: list[PasswordHasher] = [PasswordHasher()]
# Somebody unknown costs the same time as somebody known.
_nobodys: list[str] = []


def cheap_for_tests() -> None:
    """Use the least cost, so that a test suite does not spend its time hashing."""
    _hasher[0] = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    _nobodys.clear()


def hashed(password: str) -> str:
    """The Argon2 hash of a password."""
    with _one_at_a_time:
        return _hasher[0].hash(password)


def right(stored: str | None, password: str) -> bool:
    """Whether the password fits; takes the same time when there is no hash to compare."""
    if not _nobodys:
        _nobodys.append(hashed("nobody's password"))
    with _one_at_a_time:
        try:
            return _hasher[0].verify(stored or _nobodys[0], password) and stored is not None
        except (VerifyMismatchError, InvalidHashError):
            return False


def check(password: str, about: tuple[str, ...] = ()) -> None:
    """Raise Refused when a new password is too short, too long, or too easy to guess."""
    if len(password) < SHORTEST:
        raise Refused(lazy("At least 8 characters, please."), "password")
    if len(password) > LONGEST:
        raise Refused(lazy("At most 128 characters, please."), "password")
    plain = password.casefold()
    if plain in COMMON or len(set(plain)) < 4 or plain in {part.casefold() for part in about}:
        raise Refused(lazy("This password is too easy to guess. Three unrelated words make a good one."), "password")

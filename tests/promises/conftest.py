"""Promises about everybody are tried on the twins."""

from tests.walk.stage import every_door, holder, lived, twins, unhurried

__all__ = ["every_door", "holder", "lived", "twins", "unhurried"]

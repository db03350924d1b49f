"""Promises about everybody are tried on the twins."""

from tests.walk.stage import every_door, holder, lived, twins

__all__ = ["every_door", "holder", "lived", "twins"]

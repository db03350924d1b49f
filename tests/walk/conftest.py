"""Tests that walk everywhere meet the twins."""

from tests.walk.stage import every_door, holder, lived, twins

__all__ = ["every_door", "holder", "lived", "twins"]

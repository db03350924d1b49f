"""Promises about everybody are tried on the twins."""

from tests.walk.stage import holder, lived, twins

__all__ = ["holder", "lived", "twins"]

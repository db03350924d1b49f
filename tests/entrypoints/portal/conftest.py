"""Tests of the client's pages meet the twins."""

from tests.walk.stage import holder, lived, twins

__all__ = ["holder", "lived", "twins"]

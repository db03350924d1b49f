"""Knows every room: imported by the process from which others are forked, so that none of them imports it again."""

from agency.app import rooms

ROOMS = rooms()

"""Knows every room: imported by the process from which others are forked, so that none of them imports it again."""

from sqlalchemy.orm import configure_mappers

from agency.app import rooms

ROOMS = rooms()
configure_mappers()

"""Persons, their roles, sessions, sign-in and invitations."""

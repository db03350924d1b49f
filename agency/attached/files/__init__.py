"""Uploaded files of any record, with versions and an audience."""

"""Remarks of people on any record, inner or shared with the client."""

"""Clients' pages by mailed link, and the public request page."""

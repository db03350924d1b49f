"""The bell: what a person should know, once."""

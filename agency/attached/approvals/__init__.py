"""Evidence of who approved what, when, and the hash of what was seen."""

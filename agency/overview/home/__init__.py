"""My day: what waits for each person."""

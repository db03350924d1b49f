"""The first run: four questions, and the way to the first request. What they set belongs to the rooms of people."""

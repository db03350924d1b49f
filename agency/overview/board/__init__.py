"""The board: tasks by department and state."""

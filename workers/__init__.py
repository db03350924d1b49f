"""Jobs and the processes that do them: what follows from a fact, what runs when, and the two loops."""

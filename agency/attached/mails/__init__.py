"""The outbox page: every mail with its state, and the ones a person must look at."""

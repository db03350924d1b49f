"""The golden thread: one requirement of the client, from their words to what came of them."""

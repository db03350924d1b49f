"""The list and the card of clients: how each fares, what waits, what happened; their forms are in people/clients."""

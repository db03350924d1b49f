"""Status reports to the client, drafted from facts and never changed once sent."""

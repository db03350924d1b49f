"""Time worked, in whole minutes."""

"""The case of the morning, from the client's letter to the first status report; its words stand beside it in TOML."""

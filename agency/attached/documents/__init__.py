"""PDF documents of any record: what was wanted, its state, and the bytes that were drawn."""

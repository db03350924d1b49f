"""Pages that look across the whole flow."""

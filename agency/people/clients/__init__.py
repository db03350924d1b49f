"""Client companies, brands, contacts with their rights, and billing entities."""

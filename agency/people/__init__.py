"""Who: the agency itself, its people, departments and clients. Nothing about the work they do."""

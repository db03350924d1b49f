"""The agency's own legal entities, dated settings, tax tables and working calendars."""

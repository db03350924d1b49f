"""The calendar: what is due on which day, of everything one may see, and when the agency rests."""

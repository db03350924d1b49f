"""How people write hours and minutes, in every language of the house."""

HOURS = frozenset({"h", "hr", "hrs", "hour", "hours", "ч", "час", "часа", "часов", "hod", "hodin", "godz", "g"})
MINUTES = frozenset({"m", "min", "mins", "minute", "minutes", "м", "мин", "минут", "минуты", "minut"})

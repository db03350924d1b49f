"""Pages of the site itself: the components page, health, robots."""

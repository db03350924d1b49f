"""On which days a client is reminded of a payment (handbook section 5), and when our own people hear of it; pure."""

from datetime import date, timedelta

# Letters by themselves: before the day, after it, a week later, and after a named day went by; never more in all.
BEFORE, AFTER, WEEK = timedelta(days=-3), timedelta(days=1), timedelta(days=7)
STEPS = {"before": BEFORE, "after": AFTER, "week": WEEK}
CAP = 3
# Days after which the manager should call, and the owner should know.
CALL, KNOW = timedelta(days=1), timedelta(days=14)
FARTHEST = KNOW


def step(due_on: date, since: date, today: date) -> str:
    """The letter whose day came after the last working day and until today; nothing when there is none."""
    return next((name for name, after in STEPS.items() if since < due_on + after <= today), "")


def late_step(due_on: date, since: date, today: date) -> str:
    """The fact that our own people hear: late, very late, or nothing."""
    if since < due_on + CALL <= today:
        return "payment.late"
    return "payment.very_late" if since < due_on + KNOW <= today else ""

"""Jobs of payments: remind the client by the ladder, and say to our own people what is late."""

from agency.flow.payments import ladder, operations, queries
from agency.kit import clock
from agency.kit.queue import SYSTEM, ask, job
from agency.kit.states import Refused
from agency.people.agency import queries as agencies


@job("quick")
def remind_due() -> None:
    """Ask for a word about each open payment whose step of the ladder has come; a day off asks nothing."""
    calendar, today = agencies.calendar(), clock.today()
    if not calendar.is_working(today):
        return
    since = calendar.add_working_days(today, -1)
    for payment_id in queries.due_between(since - ladder.FARTHEST, today - ladder.BEFORE):
        ask("payments.remind", payment_id, key=f"{payment_id} {today.isoformat()}")
    for payment_id in queries.named_between(since, today - ladder.CALL):
        ask("payments.remind", payment_id, key=f"{payment_id} {today.isoformat()}")


@job("quick")
def remind(payment_id: int) -> None:
    """Take the step of one payment that falls on this day, if it is still wanted."""
    row, today = queries.row(payment_id), clock.today()
    if row is None or row.smeta.state != "approved" or not row.left or row.left < 0:
        return
    since = agencies.calendar().add_working_days(today, -1)
    if row.due_on is not None and (verb := ladder.late_step(row.due_on, since, today)):
        operations.note_late(row, verb, by=SYSTEM)
    step = ladder.step(row.due_on, since, today) if row.due_on is not None else ""
    named = queries.expected_on(row)
    if named is not None and since < named + ladder.CALL <= today:
        step = "named"
    if step and len(queries.reminded(row)) < ladder.CAP:
        try:
            operations.remind(row, step, by=SYSTEM)
        except Refused:
            return  # A day ahead was named, or somebody reminded by hand today.

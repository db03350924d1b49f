"""The board: departments as lanes, four columns, who is full, what waits for a check."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from flask import request, url_for
from markupsafe import Markup

from agency.flow.tasks.days import Due, due
from agency.kit import clock, policy
from agency.kit.web import Room, actor, drawn_once, macro, needs, page, whole
from agency.kit.words import _, lazy
from agency.overview.board import load, queries, weeks
from agency.overview.board.queries import Placed
from agency.people.agency import queries as agencies
from agency.people.agency.calendars import WorkingCalendar
from agency.people.departments.models import CODES, NAMES

room = Room("board", __name__)

# Cards, and weeks of people, that are kept: the boards of some dozens of people.
KEPT = 2_048

COLUMNS = (
    (lazy("Free to take"), ("open",)), (lazy("In work"), ("taken", "in_progress")),
    (lazy("Being checked"), ("in_review",)), (lazy("With the client"), ("client_review",)),
)  # fmt: skip


@dataclass(frozen=True)
class Card:
    """A task with what its card says; `drawn` is the card itself, for a task that is not there to be taken."""

    task: Placed
    due: Due
    drawn: Markup | None
    may_give: bool


@dataclass(frozen=True)
class Lane:
    """One department: its head, its cards in four columns, how many are late."""

    code: str
    head: str | None
    columns: list[list[Card]]
    late: int


@room.get("")
@needs("board.view")
def show() -> Any:
    """The live tasks of the departments the actor sees."""
    codes, mine, today = _codes(), request.args.get("who") == "mine", clock.today()
    calendar = agencies.calendar()
    planned_from = load.planning_day(today, calendar)
    chosen = [code for code in codes if code == request.args.get("department")] or codes
    after, everybody = request.args.get("after", 0, whole), request.args.get("people") == "all"
    tasks = queries.tasks(actor(), chosen, mine, after)
    shown, heads = tasks[: queries.PAGE], queries.heads(chosen)
    cards = [_card(task, today) for task in shown]
    lanes = [_lane(code, heads.get(code), cards, today) for code in chosen]
    loads = [] if mine else _loads(chosen, shown, planned_from, calendar, everybody)
    return page(
        "board/show.html", lanes=[lane for lane in lanes if len(chosen) == 1 or any(lane.columns)], today=today,
        titles=_titles(shown), free=sum(task.is_free for task in shown), total=len(shown), pages=_pages(tasks, after),
        check=[card for card in cards if _waits_for_me(card.task)],
        loads=[_week(one) for one in loads],
        everybody=url_for("board.show", **{**request.args, "people": "all"})
        if len(loads) == queries.FEW and not everybody else "",
        planned=_planned(chosen), choices=_choices(codes, chosen, mine), whose=_whose(chosen, codes, mine),
        monday=load.week_of(planned_from)[0], friday=load.week_of(planned_from)[0] + timedelta(days=4),
    )  # fmt: skip


def _card(task: Placed, today: date) -> Card:
    may_give = task.is_free and policy.may(actor(), "task.assign", task)
    may_take = task.is_free and policy.may(actor(), "task.take", task)
    said = due(task, today)
    drawn = None if may_take else _drawn(task, said, may_give)
    return Card(task, said, drawn, may_give)


@drawn_once(KEPT)
def _drawn(task: Placed, said: Due, may_give: bool) -> Markup:
    """A card without a form: it says the same to everybody, and the nearest tasks are looked at again and again."""
    return macro("tasks/_cards.html", "card")(task, said, may_give=may_give)


@drawn_once(KEPT)
def _week(one: weeks.Load) -> Markup:
    """Somebody's week as the strip shows it: until an hour is logged or a task given it says the same to everybody."""
    return macro("board/_load.html", "week")(one)


def _loads(
    chosen: Collection[str], shown: Collection[Placed], today: date, calendar: WorkingCalendar, everybody: bool,
) -> list[weeks.Load]:
    """The week of those who have the cards in hand, and of some more; of everybody when asked."""
    holders = {task.assignee_id for task in shown if task.assignee_id}
    staff = queries.people(chosen, holders, queries.EVERYBODY if everybody else queries.FEW)
    return weeks.loads(staff, today, calendar)


def _pages(tasks: Collection[Placed], after: int) -> tuple[str, str]:
    """The addresses of the cards before and after these; empty where there are none."""
    def at(place: int) -> str:
        return url_for("board.show", **{**request.args, "after": place or None})

    return (
        at(max(after - queries.PAGE, 0)) if after else "",
        at(after + queries.PAGE) if len(tasks) > queries.PAGE else "",
    )


def _codes() -> list[str]:
    """The departments whose boards the actor may look at."""
    me = actor()
    everywhere = me.has("owner", "admin", "account_manager")
    return [code for code in CODES if everywhere or code in me.departments]


def _lane(code: str, head: str | None, every: Collection[Card], today: date) -> Lane:
    cards = [card for card in every if card.task.department == code]
    columns = [[card for card in cards if card.task.stands_in in states] for _title, states in COLUMNS]
    return Lane(code, head, columns, sum(card.task.is_late(today) for card in cards))


def _waits_for_me(task: Placed) -> bool:
    return task.state == "in_review" and policy.may(actor(), "task.check", task)


def _titles(tasks: Collection[Placed]) -> list[tuple[Any, int]]:
    return [(title, sum(task.stands_in in states for task in tasks)) for title, states in COLUMNS]


def _planned(chosen: Collection[str]) -> Sequence[tuple[int, str, int]]:
    return queries.planned(actor(), chosen) if actor().has("owner", "account_manager", "head") else []


def _choices(codes: list[str], chosen: list[str], mine: bool) -> list[dict[str, Any]]:
    if len(codes) < 2:
        return []
    who = "mine" if mine else None
    every = url_for("board.show", who=who)
    return [{"label": _("All departments"), "url": every, "current": chosen == codes, "code": ""}, *(
        {"label": NAMES[code], "url": url_for("board.show", department=code, who=who), "current": chosen == [code],
         "code": code}
        for code in codes
    )]  # fmt: skip


def _whose(chosen: list[str], codes: list[str], mine: bool) -> list[dict[str, Any]]:
    department = chosen[0] if chosen != codes and chosen else None
    return [
        {"label": _("Mine"), "url": url_for("board.show", department=department, who="mine"), "current": mine},
        {"label": _("Everybody's"), "url": url_for("board.show", department=department), "current": not mine},
    ]

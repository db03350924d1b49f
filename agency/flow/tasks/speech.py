"""The words and marks of a task's states, and the lists that a check goes through."""

from dataclasses import dataclass

from agency.kit.words import Lazy, lazy

# What the sheet of quality checks of each department asks (handbook, section 5).
CHECKS = {
    "creative": (
        ("facts", lazy("Facts, names, prices and telephone numbers are right")),
        ("typography", lazy("Spelling and typography are clean")),
        ("sizes", lazy("Sizes, bleed and colours suit the place")),
        ("licences", lazy("Fonts, pictures and music are licensed")),
    ),
    "media": (
        ("days", lazy("Dates, places and caps are right")),
        ("links", lazy("Links, tags and goals work")),
        ("labels", lazy("The advertising label and number are there")),
        ("exclusions", lazy("Exclusions are set")),
    ),
    "production": (
        ("order", lazy("Sizes and quantities are those of the order")),
        ("sound", lazy("Sound, subtitles and legal lines are in place")),
        ("links", lazy("Links, forms and consents work")),
        ("licences", lazy("Fonts, pictures and music are licensed")),
    ),
    "account": (
        ("figures", lazy("Names, sums and dates are right")),
        ("addressee", lazy("It is for this client, and nothing inner goes out")),
    ),
}


@dataclass(frozen=True)
class State:
    """How a state is shown: words, the tone of its chip, its icon."""

    words: Lazy
    tone: str = ""
    icon: str = ""


STATES = {
    "backlog": State(lazy("Planned"), "", "cal"),
    "open": State(lazy("Free"), "", "flag"),
    "taken": State(lazy("Taken"), "sign", "clock"),
    "in_progress": State(lazy("In work"), "sign", "play"),
    "in_review": State(lazy("Being checked"), "sign", "eye"),
    "client_review": State(lazy("With the client"), "amber", "eye"),
    "done": State(lazy("Done"), "green", "ok"),
    "blocked": State(lazy("Stopped"), "red", "pause"),
    "cancelled": State(lazy("Cancelled"), "", "x"),
}
WAITS_FOR = {
    "client": lazy("waits for the client"),
    "colleague": lazy("waits for a colleague"),
    "supplier": lazy("waits for a supplier"),
}
VERDICTS = {
    "": State(lazy("waits for the check"), "", "clock"),
    "returned": State(lazy("returned after the check"), "amber", "pen"),
    "passed": State(lazy("passed"), "green", "ok"),
    "accepted": State(lazy("accepted by the client"), "green", "ok"),
    "sent_back": State(lazy("changes asked by the client"), "amber", "pen"),
}

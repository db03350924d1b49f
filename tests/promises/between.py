"""What may happen to a document between the client's look and the client's yes: steps, and scripts made of them."""

import random
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from agency.flow.briefs import operations as briefs
from agency.flow.briefs import queries as known_briefs
from agency.flow.briefs import writing
from agency.flow.briefs.models import Brief
from agency.flow.briefs.sealing import hash_of
from agency.flow.smetas import editing
from agency.flow.smetas import operations as smetas
from agency.flow.smetas import queries as known_smetas
from agency.flow.smetas.face import seal
from agency.flow.smetas.models import Smeta
from agency.kit.queue import SYSTEM
from tests.cast import Cast
from tests.flow.briefs import cases
from tests.flow.smetas import factory

Step = Callable[[Any, Cast], Any]
Script = tuple[str, ...]


def _words(brief: Brief, cast: Cast, key: str = "business_goal", value: Any = "Получить 9 000") -> None:
    part = known_briefs.part(brief.id, key)
    assert part is not None
    writing.save(part, value, part.edition, by=cast.actor("vera"))


def _budget(brief: Brief, cast: Cast) -> None:
    _words(brief, cast, "budget", {"amount": 1, "least": None, "currency": "RUB", "vat": "with", "inside": ""})


def _mark(brief: Brief, cast: Cast) -> None:
    writing.add_statement(brief, "Только домашние кухни в кадре", by=cast.actor("vera"), part=brief.parts[0])


BRIEF_STEPS: dict[str, Step] = {
    "withdraw": lambda brief, cast: briefs.withdraw(brief, by=cast.actor("vera")),
    "revise": lambda brief, cast: briefs.revise(brief, by=cast.actor("vera")),
    "return": lambda brief, cast: briefs.give_back(brief, "Не тот город", by=cast.actor("irina")),
    "words": _words,
    "budget": _budget,
    "bullet": lambda brief, cast: writing.turn(brief.parts[0], "media", by=cast.actor("vera")),
    "mark": _mark,
    "send": lambda brief, cast: briefs.send(brief, by=cast.actor("vera")),
}
BRIEF_SCRIPTS: tuple[Script, ...] = (
    (), ("withdraw",), ("withdraw", "revise"), ("withdraw", "revise", "send"),
    ("withdraw", "revise", "words", "send"), ("withdraw", "revise", "budget", "send"),
    ("withdraw", "revise", "bullet", "send"), ("withdraw", "revise", "mark", "send"), ("return",), ("return", "send"),
)  # fmt: skip


def _dearer(smeta: Smeta, cast: Cast) -> None:
    line, vera = smeta.lines[0], cast.actor("vera")
    editing.change_line(line, {"price": line.price + Decimal(1)}, by=vera)
    editing.recount(smeta, by=vera)


SMETA_STEPS: dict[str, Step] = {
    "withdraw": lambda smeta, cast: smetas.withdraw(smeta, by=cast.actor("vera")),
    "expire": lambda smeta, cast: smetas.expire(smeta, by=SYSTEM),
    "draft": lambda smeta, cast: factory.second(smeta, cast.actor("vera")),
    "reject": lambda smeta, cast: smetas.reject(smeta, "дорого", by=cast.actor("irina"), seen=smeta.content_hash),
    "ask": lambda smeta, cast: smetas.ask_changes(smeta, "иначе", by=cast.actor("irina"), seen=smeta.content_hash),
    "dearer": _dearer,
    "send": lambda smeta, cast: smetas.send(smeta, by=cast.actor("vera")),
}
SMETA_SCRIPTS: tuple[Script, ...] = (
    (), ("draft",), ("draft", "send"), ("withdraw",), ("withdraw", "draft", "send"), ("reject",), ("ask",),
    ("reject", "draft", "send"), ("draft", "send", "draft", "send"), ("draft", "dearer", "send"), ("expire",),
)  # fmt: skip


@dataclass(frozen=True)
class Paper:
    """A document that a client approves: how one comes to be sent, where it stands, and what may become of it."""

    place: str
    send: Callable[[Cast], Any]
    newest: Callable[[int], Any]
    get: Callable[[int], Any]
    model: type
    seal: Callable[[Any], str]
    steps: dict[str, Step]
    named: tuple[Script, ...]

    def scripts(self, many: int) -> list[Script]:
        """The named scripts, and others drawn by chance, the same ones in every run."""
        chance = random.Random(self.place)
        drawn = [tuple(chance.choices([*self.steps], k=chance.randint(2, 6))) for _ in range(many - len(self.named))]
        return [*self.named, *drawn]


PAPERS = {
    "brief": Paper(
        "briefs", cases.sent, known_briefs.newest, known_briefs.get, Brief, hash_of, BRIEF_STEPS, BRIEF_SCRIPTS),
    "smeta": Paper(
        "smetas", factory.sent, lambda project_id: max(known_smetas.of_project(project_id), key=lambda row: row.n),
        known_smetas.get_whole, Smeta, seal, SMETA_STEPS, SMETA_SCRIPTS),
}  # fmt: skip

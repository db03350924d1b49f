"""What can be done by typing it, as one line of the palette."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Command:
    """A line that does something: a link, or with `fields` a form that posts; `forgets` drops unsent drafts."""

    icon: str
    label: str
    url: str
    note: str = ""
    keys: str = ""
    posts: bool = False
    forgets: bool = False
    fields: dict[str, str] = field(default_factory=dict)

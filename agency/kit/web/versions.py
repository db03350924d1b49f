"""Stale edits: when a record changed after a form was opened, both versions are shown and nothing is lost."""

from collections.abc import Mapping
from typing import Any

import wtforms

from agency.kit.words import _, lazy

STALE = lazy("Somebody changed this while you were looking at it. Open it again: what you typed is below.")


def changed_meanwhile(
    form: wtforms.Form, record: Any, theirs: Mapping[str, Any], who: str = "",
) -> tuple[str, int] | None:
    """The page with both versions (409) when the form's hidden `version` is not the record's; else None.

    `theirs` gives, by field name, what is saved now, as a person reads it.
    """
    from agency.kit.web.answers import page

    seen = str(form["version"].data or "")
    if seen == str(record.version):
        return None
    parts = [
        {"label": form[name].label.text, "mine": mine, "theirs": str(now or "")}
        for name, now in theirs.items() if (mine := _shown(form[name])) != str(now or "")
    ]
    return page("errors/409.html", 409, sentence=STALE, theirs=parts, who=who)


def _shown(field: wtforms.Field) -> str:
    if isinstance(field, wtforms.BooleanField):
        return _("Yes") if field.data else _("No")
    if isinstance(field, wtforms.SelectField):
        chosen = {str(choice.value): str(choice.label) for choice in field.choices}
        return chosen.get(str(field.data), "")
    value = getattr(field, "_value", lambda: field.data)()
    return str(value or "").replace("\r\n", "\n").strip()

"""Fields of forms written out: the very words of WTForms' own widgets, an eighth of the time.

A page of plans holds a hundred fields, and each of WTForms' attributes is put into a template of its own.
"""

from collections.abc import Mapping
from typing import Any

from markupsafe import Markup
from wtforms.widgets import CheckboxInput, Input, Select, TextArea
from wtforms.widgets.core import clean_key

from agency.kit.web.printing import shown

Said = dict[str, Any]


def attributes(said: Mapping[str, Any]) -> str:
    """`class="input" id="name"`, in the order of their names; True leaves only the name, False nothing at all."""
    parts = []
    for name, value in sorted(said.items()):
        if value is True:
            parts.append(clean_key(name))
        elif value is not False:
            words = str.replace(shown(value), '"', "&quot;")
            parts.append(f'{clean_key(name)}="{words}"')
    return " ".join(parts)


def written(field: Any, said: Said) -> Any:
    """The field with these attributes; None when it is of a kind that we leave to its own widget."""
    widget = field.widget
    if isinstance(widget, Input) and (type(widget).__call__ is Input.__call__ or type(widget) is CheckboxInput):
        return _input(field, widget, said)
    if type(widget) is TextArea:
        words = attributes(_named(field, widget, said))
        return Markup(f"<textarea {words}>\r\n{shown(field._value())}</textarea>")  # noqa: S704 - escaped just now
    if type(widget) is Select and not widget.multiple and not field.has_groups():
        return _select(field, widget, said)
    return None


def _named(field: Any, widget: Any, said: Said) -> Said:
    """The attributes with the field's name and id, and with what its rules say of it."""
    said.setdefault("id", field.id)
    for name, value in vars(field.flags).items():
        if name in widget.validation_attrs:
            said.setdefault(name, value() if callable(value) else value)
    return said | {"name": field.name}


def _input(field: Any, widget: Any, said: Said) -> Any:
    if getattr(field, "_datalist", None) is not None:
        return None
    if type(widget) is CheckboxInput and getattr(field, "checked", field.data):
        said.setdefault("checked", True)
    said.setdefault("type", widget.input_type)
    if "value" not in said:
        said["value"] = field._value()
    return Markup(f"<input {attributes(_named(field, widget, said))}>")  # noqa: S704 - escaped just now


def _select(field: Any, widget: Any, said: Said) -> Markup:
    options = []
    for choice in field._iter_choices_normalized():
        own: Said = {"value": str(choice.value) if isinstance(choice.value, bool) else choice.value}
        own |= choice.render_kw or {}
        if choice.selected:
            own["selected"] = True
        options.append(f"<option {attributes(own)}>{shown(choice.label or choice.value)}</option>")
    named = attributes(_named(field, widget, said))
    return Markup(f"<select {named}>{''.join(options)}</select>")  # noqa: S704 - escaped just now

"""Fields are written out exactly as WTForms' own widgets would write them."""

from typing import Any

import pytest
import wtforms
from flask import Flask
from markupsafe import Markup
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from agency.kit.web import Form, choices
from agency.kit.words import lazy

NAMES = choices([("", lazy("Nobody")), (1, "Вера & Ко"), (2, '"Ёж"'), (True, "да"), (3, Markup("<b>три</b>"))])


class Zoo:
    """One field of each kind, with what rules and the person may say of it."""

    text = wtforms.StringField("Имя", [InputRequired(), Length(min=2, max=40)], default='он сказал "да" & <ушёл>')
    bare = wtforms.StringField("Пусто", [Optional()], render_kw={"class_": "wide", "data_kind": "x"})
    number = wtforms.IntegerField("Число", [NumberRange(min=1, max=9)], default=5)
    day = wtforms.DateField("День")
    sign = wtforms.HiddenField(default="7")
    on = wtforms.BooleanField("Да", default=True)
    off = wtforms.BooleanField("Нет")
    words = wtforms.TextAreaField("Слова", [Length(max=500)], default="</textarea> & \r\n конец")
    one = wtforms.SelectField("Кто", choices=NAMES, default="2", validate_choice=False)
    some = wtforms.SelectMultipleField("Кто", choices=NAMES, coerce=str, default=["1"])
    grouped = wtforms.SelectField("Где", choices=[SelectChoice("1", "раз", optgroup="А"), SelectChoice("2", "два")])
    secret = wtforms.PasswordField("Пароль", default="x")
    file = wtforms.FileField("Файл")
    listed = wtforms.StringField("Город", datalist="towns")


SAID: tuple[dict[str, Any], ...] = (
    {}, {"class_": "input short"}, {"aria_describedby": "a b", "rows": 3}, {"id": "other", "placeholder": Markup('"<')},
    {"data_saves": True, "hidden": False, "disabled": True, "value": 'a"b', "title": "Ёж & <Ко>", "tabindex": -1},
)


@pytest.mark.parametrize("said", SAID, ids=lambda said: ",".join(said) or "nothing")
def test_every_field_reads_as_its_own_widget_writes_it(app: Flask, said: dict[str, Any]) -> None:
    ours, theirs = type("Ours", (Zoo, Form), {}), type("Theirs", (Zoo, wtforms.Form), {})
    with app.test_request_context():
        for mine, plain in zip(ours(), theirs(), strict=True):
            assert mine(**said) == plain(**said)
            assert isinstance(mine(**said), Markup)
            assert str(mine) == str(plain)

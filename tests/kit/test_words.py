"""What is said, in four languages."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from types import SimpleNamespace

import pytest
from jinja2 import Environment
from markupsafe import Markup

from agency.kit import words
from agency.kit.language.catalogues import merged
from agency.kit.language.spelling import spelled
from agency.kit.words import lazy, lazy_plural, ngettext, typo, using

NB = "\u00a0"
HEADER = (
    'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n"Plural-Forms: nplurals=3; plural=(n%10==1 && '
    'n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2);\\n"\n\n'
)


@pytest.fixture
def env():
    environment = Environment(autoescape=True)
    words.install(environment)
    return environment


@pytest.mark.parametrize(
    ("amount", "currency", "locale", "said"),
    [
        (
            266146416,
            "RUB",
            "ru",
            "Два миллиона шестьсот шестьдесят одна тысяча четыреста шестьдесят четыре рубля 16 копеек",
        ),
        (1234567, "PLN", "pl", "dwanaście tysięcy trzysta czterdzieści pięć złotych 67/100"),
        (17123383, "CZK", "cs", "sto sedmdesát jeden tisíc dvě stě třicet tři korun 83 haléřů"),
        (977950, "EUR", "en", "nine thousand seven hundred seventy-nine euros and 50 cents"),
        (0, "RUB", "ru", "Ноль рублей 00 копеек"),
        (100, "RUB", "ru", "Один рубль 00 копеек"),
        (1101, "RUB", "ru", "Одиннадцать рублей 01 копейка"),
        (200011302, "RUB", "ru", "Два миллиона сто тринадцать рублей 02 копейки"),
        (-4050400, "RUB", "ru", "Минус сорок тысяч пятьсот четыре рубля 00 копеек"),
        (2200, "CZK", "ru", "Двадцать две чешские кроны 00 геллеров"),
        (100, "CZK", "cs", "jedna koruna 00 haléřů"),
        (20201, "CZK", "cs", "dvě stě dvě koruny 01 haléř"),
        (210000000, "CZK", "cs", "dva miliony sto tisíc korun 00 haléřů"),
        (100000, "CZK", "cs", "jeden tisíc korun 00 haléřů"),
        (200, "EUR", "cs", "dvě eura 00 centů"),
        (100, "PLN", "pl", "jeden złoty 00/100"),
        (2200, "PLN", "pl", "dwadzieścia dwa złote 00/100"),
        (1200, "PLN", "pl", "dwanaście złotych 00/100"),
        (100000100, "PLN", "pl", "jeden milion jeden złotych 00/100"),
        (101, "USD", "en", "one US dollar and 01 cent"),
        (5, "JPY", "en", "five JPY"),
        (1500, "KWD", "en", "one KWD 500/1000"),
    ],
)
def test_amounts_in_words(amount, currency, locale, said):
    assert words.in_words(amount, currency, locale) == said


@pytest.mark.parametrize("locale", words.LOCALES)
def test_every_number_below_ten_thousand_has_its_own_words(locale):
    assert len({spelled(n, locale) for n in range(10000)}) == 10000


@pytest.mark.parametrize(
    ("locale", "with_kopecks", "without"),
    [("ru", "2 661 464,00 ₽", "2 661 464 ₽"), ("cs", "2 661 464,00 ₽", "2 661 464 ₽")],
)
def test_money_as_it_is_read(locale, with_kopecks, without):
    with using(locale):
        assert words.money(266146400, "RUB") == with_kopecks.replace(" ", NB)
        assert words.money0(266146400, "RUB") == without.replace(" ", NB)
        assert words.money0(266146416, "RUB").replace(NB, " ") == "2 661 464,16 ₽"
        assert words.money(-50, "RUB").replace(NB, " ") == "−0,50 ₽"
        assert words.money(None, "RUB") == ""


def test_money_in_english():
    with using("en"):
        assert words.money(977950, "EUR") == "€9,779.50"
        assert words.money(-266146416, "RUB") == f"−RUB{NB}2,661,464.16"
        assert words.money(1234, "JPY") == f"JPY{NB}1,234"
        assert words.money(1234, "KWD") == f"KWD{NB}1.234"


def test_figures_drop_what_is_not_needed():
    with using("ru"):
        assert words.quantity(Decimal("27.5000")) == "27,5"
        assert words.quantity(Decimal("2800.0000")) == f"2{NB}800"
        assert words.quantity(Decimal("100")) == "100"
        assert words.percent(Decimal("29.4810")) == f"29,48{NB}%"
        assert words.percent(Decimal("10.0000")) == f"10{NB}%"
        assert words.percent(Decimal("-9")) == f"−9{NB}%"
        assert words.percent(Decimal("24.4"), 0) == f"24{NB}%"
        assert words.hours(140).replace(NB, " ") == "2 ч 20 мин"
        assert words.hours(120).replace(NB, " ") == "2 ч"
        assert words.hours(0).replace(NB, " ") == "0 мин"
    with using("en"):
        assert words.hours(140).replace(NB, " ") == "2 h 20 min"


@pytest.mark.parametrize(
    ("locale", "day", "short", "year"),
    [
        ("ru", "23 ноября", "23 ноя", "23 ноября 2026"),
        ("en", "23 November", "23 Nov", "23 November 2026"),
        ("cs", "23. listopadu", "23. 11.", "23. listopadu 2026"),
        ("pl", "23 listopada", "23 lis", "23 listopada 2026"),
    ],
)
def test_days(locale, day, short, year):
    on = date(2026, 11, 23)
    with using(locale):
        said = [words.day(on), words.day_short(on), words.day_year(on)]
    assert [each.replace(NB, " ") for each in said] == [day, short, year]


def test_instants_are_told_by_the_clock_on_the_readers_wall():
    moment = datetime(2026, 11, 23, 21, 42, tzinfo=UTC)
    with using("ru"), words.in_zone("Europe/Moscow"):
        assert words.when(moment).replace(NB, " ") == "24 ноя, 00:42"
        assert words.day(moment).replace(NB, " ") == "24 ноября"
    with words.in_zone("Europe/Prague"):
        assert words.clock(moment) == "22:42"
    with pytest.raises(ValueError, match="zone"):
        words.clock(moment.replace(tzinfo=None))


@pytest.mark.parametrize("name", ["day", "day_short", "day_year", "clock", "when", "hours", "quantity", "percent"])
def test_nothing_is_said_of_nothing(name):
    assert words.FILTERS[name](None) == ""


@pytest.mark.parametrize(("name", "spelled"), [
    ("Щербакова Ольга", "Shcherbakova Olga"), ("Юлия Ёлкина", "Iuliia Elkina"), ("Anna-Мария", "Anna-Mariia"),
    ("Hana Říčná", "Hana Říčná"),
])
def test_a_name_is_spelled_as_in_a_passport(name, spelled):
    assert words.latin(name) == spelled


def test_whoever_does_not_read_cyrillic_meets_latin_names():
    oleg = SimpleNamespace(name="Олег Сомов", latin_name="")
    for locale, said in (("ru", "Олег Сомов"), ("cs", "Oleg Somov"), ("en", "Oleg Somov")):
        with using(locale):
            assert words.called(oleg) == said
            assert words.called({"name": "Олег Сомов"}) == said
            assert words.called(SimpleNamespace(name="Hana Říčná", latin_name="x")) == "Hana Říčná"
    with using("pl"):
        assert words.called(SimpleNamespace(name="Юлия Ли", latin_name="Julia Lee")) == "Julia Lee"


def test_marks_and_names():
    assert (words.mark(4, "ru"), words.mark(4, "en")) == ("Т4", "R4")
    with using("ru"):
        assert words.mark(2, kind="smeta") == "С2"
        assert words.listed(["А", "Б", "В"]) == "А, Б и В"
    with using("en"):
        assert words.mark(1, kind="addition") == "A1"
    assert words.initials("Вера Лапина") == "ВЛ"
    assert words.initials(None) == ""
    assert words.short_name("Вера Лапина") == f"В.{NB}Лапина"
    assert words.short_name("Вера") == "Вера"


@pytest.mark.parametrize(
    ("raw", "set_with_care"),
    [
        ("Смета № 2 на 1 000 000 ₽", "Смета №~2 на~1~000~000~₽"),
        ("и в срок, а не завтра", "и~в~срок, а~не~завтра"),
        ("Идея — это всё", "Идея~— это всё"),
        ("Идея - это всё", "Идея~— это всё"),
        ('Проект "Утро по подписке" готов', "Проект «Утро по~подписке» готов"),
        ("В. Лапина и О. Сомов", "В.~Лапина и~О.~Сомов"),
        ("10 % и 2 ч 20 мин, 5 ноября", "10~% и~2~ч 20~мин, 5~ноября"),
        ("сдвиг -5 дней", "сдвиг −5~дней"),
        ("телефон 8-917-555-01-02", "телефон 8-917-555-01-02"),
        ("10–17 декабря, SEO-тексты", "10–17~декабря, SEO-тексты"),
        ("2026-11-23", "2026-11-23"),
    ],
)
def test_russian_is_set_with_care(raw, set_with_care):
    with using("ru"):
        assert typo(raw).replace(NB, "~") == set_with_care


def test_typography_touches_words_and_no_markup():
    with using("ru"):
        said = typo(Markup('<a title="и в срок">и в срок</a><code>и в</code> &#34;Утро&#34;'))
    assert said == Markup(f'<a title="и в срок">и{NB}в{NB}срок</a><code>и в</code> «Утро»')
    assert isinstance(said, Markup)
    assert not isinstance(typo("<b>"), Markup)
    assert typo(None) == ""


def test_a_catalogue_is_merged_from_the_files_of_all_rooms(tmp_path):
    (tmp_path / "ru").mkdir()
    (tmp_path / "ru" / "a.po").write_text(
        HEADER + 'msgid "%(num)s task"\nmsgid_plural "%(num)s tasks"\n'
        'msgstr[0] "%(num)s задача"\nmsgstr[1] "%(num)s задачи"\nmsgstr[2] "%(num)s задач"\n',
        "utf-8",
    )
    (tmp_path / "ru" / "b.po").write_text(
        HEADER + 'msgctxt "department"\nmsgid "Creative"\nmsgstr "Креатив"\n\n'
        '#, fuzzy\nmsgid "Guess"\nmsgstr "Догадка"\n\nmsgid "Empty"\nmsgstr ""\n',
        "utf-8",
    )
    catalogue = merged("ru", tmp_path)
    said = [catalogue.ngettext("%(num)s task", "%(num)s tasks", n) % {"num": n} for n in (1, 2, 5, 11, 21, 112)]
    assert said == ["1 задача", "2 задачи", "5 задач", "11 задач", "21 задача", "112 задач"]
    assert catalogue.pgettext("department", "Creative") == "Креатив"
    assert (catalogue.gettext("Guess"), catalogue.gettext("Empty")) == ("Guess", "Empty")
    assert merged("cs", tmp_path).gettext("Guess") == "Guess"


def test_a_lazy_sentence_is_said_when_it_is_shown():
    label = lazy("%(hours)s h", hours=3)
    with using("ru"):
        assert str(label) == "3 ч"
        assert f"{label}!" == "3 ч!"
    with using("en"):
        assert label == "3 h"
        assert label + "." == "3 h."
        assert label.upper() == "3 H"
        assert str(lazy_plural("%(num)s stop", "%(num)s stops", 2)) == "2 stops"
    assert lazy("%(who)s sent") % {"who": "V"} == "V sent"
    assert hash(lazy("a")) == hash(lazy("a"))


def test_percent_signs_are_plain_in_a_sentence_without_variables(env):
    with using("en"):
        assert words._("Discount, %") == "Discount, %"
        assert env.from_string('{{ _("Discount, %") }}').render() == "Discount, %"


def test_templates_escape_what_is_put_into_a_sentence(env):
    page = env.from_string('{{ _("%(hours)s h", hours=x) }} {{ ngettext("%(num)s a", "%(num)s <i>b</i>", n) }}')
    with using("ru"):
        assert page.render(x="<b>", n=3) == "&lt;b&gt; ч 3 <i>b</i>"
    block = env.from_string("{% trans n=n %}{{ n }} stop{% pluralize %}{{ n }} stops{% endtrans %}")
    with using("en"):
        assert block.render(n=2) == "2 stops"
        assert ngettext("%(num)s stop", "%(num)s stops", 1) == "1 stop"


def test_filters_speak_the_language_of_the_moment(env):
    page = env.from_string("{{ 266146416|money('RUB') }} {{ 'и в'|typo }} {{ '<b>'|typo }} {{ 4|mark }}")
    with using("ru"):
        assert page.render().replace(NB, " ") == "2 661 464,16 ₽ и в &lt;b&gt; Т4"


def test_an_unknown_language_is_refused():
    with pytest.raises(ValueError, match="unknown language"), using("de"):
        pass


def test_a_request_may_speak_its_own_language():
    before = words.locale()
    words.speak("en", "Europe/Prague")
    assert (words.locale(), words.zone().key) == ("en", "Europe/Prague")
    words.speak(None)
    assert words.locale() == before

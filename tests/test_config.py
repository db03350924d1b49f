"""The environment is heard once, and a wrong setting stops with one sentence."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

import config
from config import SETTINGS, WrongSetting, cautions, load

ROOT = Path(config.__file__).parent
OUTSIDE = {"AGENCY_HOST": "0.0.0.0", "AGENCY_URL": "https://agency.example"}


@pytest.fixture
def bare(tmp_path: Path) -> dict[str, str]:
    """An environment that says nothing but where the data lie."""
    return {"AGENCY_DATA": str(tmp_path)}


def test_without_any_word_everything_lies_in_the_data_folder(bare: dict[str, str], tmp_path: Path) -> None:
    settings = load(bare)
    assert settings.url == "http://127.0.0.1:8090"
    assert settings.database_url == f"sqlite:///{tmp_path}/agency.db"
    assert settings.redis_url == f"unix://{config.queue_socket(tmp_path)}"
    assert settings.storage_url == f"file://{tmp_path}/files"
    assert (settings.smtp_url, settings.demo, settings.testing) == ("", False, False)


def test_an_empty_word_is_no_word(bare: dict[str, str]) -> None:
    assert load(bare) == load({**dict.fromkeys((setting.name for setting in SETTINGS), ""), **bare})


def test_a_folder_with_spaces_and_cyrillic_letters_is_good(tmp_path: Path) -> None:
    folder = tmp_path / "моя папка"
    settings = load({"AGENCY_DATA": str(folder)})
    assert folder.stat().st_mode & 0o777 == 0o700
    assert settings.redis_url.isascii()
    assert " " not in settings.storage_url


def test_a_very_deep_folder_gets_a_short_socket(tmp_path: Path) -> None:
    deep = tmp_path / "/".join(["a-long-name-for-a-folder"] * 8)
    assert len(os.fsencode(config.queue_socket(deep))) <= config.LONGEST_SOCKET_PATH
    assert config.queue_socket(deep) != config.queue_socket(deep / "other")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("AGENCY_PORT", "eighty"),
        ("AGENCY_PORT", "0"),
        ("AGENCY_PORT", "65536"),
        ("AGENCY_PORT", "-1"),
        ("AGENCY_HOST", "http://127.0.0.1"),
        ("AGENCY_HOST", "127.0.0.1:80"),
        ("AGENCY_URL", "agency.example"),
        ("AGENCY_URL", "ftp://agency.example"),
        ("AGENCY_URL", "https://agency.example/office"),
        ("AGENCY_URL", "https://me:pass@agency.example"),
        ("AGENCY_URL", "http://agency.example:http"),
        ("AGENCY_URL", "https://"),
        ("AGENCY_DATA", "var"),
        ("AGENCY_DATA", "/dev/null/var"),
        ("AGENCY_DATA", "/tmp/what?"),
        ("AGENCY_DATABASE_URL", "mysql://localhost/agency"),
        ("AGENCY_DATABASE_URL", "postgres://localhost/agency"),
        ("AGENCY_DATABASE_URL", "postgresql://localhost"),
        ("AGENCY_DATABASE_URL", "sqlite:///agency.db"),
        ("AGENCY_DATABASE_URL", "sqlite://"),
        ("AGENCY_REDIS_URL", "localhost:6379"),
        ("AGENCY_REDIS_URL", "redis://"),
        ("AGENCY_REDIS_URL", "unix://"),
        ("AGENCY_STORAGE_URL", "/srv/files"),
        ("AGENCY_STORAGE_URL", "file://elsewhere/files"),
        ("AGENCY_STORAGE_URL", "s3://bucket"),
        ("AGENCY_SMTP_URL", "mail.example"),
        ("AGENCY_SMTP_URL", "smtp://"),
        ("AGENCY_SMTP_URL", "https://mail.example"),
        ("AGENCY_MAIL_FROM", "nobody"),
        ("AGENCY_MAIL_FROM", "a@b\nBcc: c@d"),
        ("AGENCY_SECRET_KEY", "short"),
        ("AGENCY_SECRET_KEY", "a" * 64),
        ("AGENCY_TIMEZONE", "Moscow"),
        ("AGENCY_TIMEZONE", "../etc/passwd"),
        ("AGENCY_DEMO", "maybe"),
    ],
)
def test_a_wrong_value_is_named_in_one_sentence(bare: dict[str, str], name: str, value: str) -> None:
    with pytest.raises(WrongSetting) as refusal:
        load({**bare, name: value})
    sentence = str(refusal.value)
    assert name in sentence
    assert "\n" not in sentence
    assert sentence.endswith(".")


def test_a_password_in_an_address_is_never_repeated(bare: dict[str, str]) -> None:
    for name in ("AGENCY_DATABASE_URL", "AGENCY_REDIS_URL", "AGENCY_SMTP_URL", "AGENCY_STORAGE_URL"):
        with pytest.raises(WrongSetting) as refusal:
            load({**bare, name: "wrong://me:planted-secret@host"})
        assert "planted-secret" not in str(refusal.value)
    good = {"AGENCY_SMTP_URL": "smtp://me:planted-secret@host", "AGENCY_SECRET_KEY": "planted-secret" * 4}
    assert "planted-secret" not in repr(load({**bare, **good}))


def test_the_secret_is_made_once_and_for_its_owner_alone(bare: dict[str, str], tmp_path: Path) -> None:
    first = load(bare).secret_key
    assert len(first) >= 48
    assert load(bare).secret_key == first
    assert (tmp_path / "secret").stat().st_mode & 0o777 == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["secret"]


def test_a_secret_that_others_can_read_stops_the_start(bare: dict[str, str], tmp_path: Path) -> None:
    load(bare)
    (tmp_path / "secret").chmod(0o644)
    with pytest.raises(WrongSetting, match="chmod 600"):
        load(bare)


def test_beyond_this_machine_the_address_must_be_said(bare: dict[str, str]) -> None:
    with pytest.raises(WrongSetting, match="AGENCY_URL is needed"):
        load({**bare, "AGENCY_HOST": "0.0.0.0"})
    assert load({**bare, **OUTSIDE}).url == "https://agency.example"


@pytest.mark.parametrize("outside", [OUTSIDE, {"AGENCY_URL": "https://agency.example"}])
def test_demo_people_never_sign_in_from_outside(bare: dict[str, str], outside: dict[str, str], tmp_path: Path) -> None:
    with pytest.raises(WrongSetting, match="Demo people"):
        load({**bare, **outside, "AGENCY_DEMO": "1"})
    (tmp_path / "demo-passwords").touch()
    with pytest.raises(WrongSetting, match="Demo people"):
        load({**bare, **outside})


def test_plain_http_beyond_this_machine_is_warned_of(bare: dict[str, str]) -> None:
    assert not cautions(load(bare), bare)
    plain = {**bare, "AGENCY_URL": "http://agency.example"}
    assert "plain http" in cautions(load(plain), plain)[0]


def test_a_misspelt_setting_is_pointed_out(bare: dict[str, str]) -> None:
    environ = {**bare, "AGENCY_TIMEZONES": "Europe/Prague"}
    assert cautions(load(environ), environ) == ["AGENCY_TIMEZONES is not a setting. Is AGENCY_TIMEZONE meant?"]


def test_every_setting_has_its_line_in_the_readme() -> None:
    lines = [line for line in (ROOT / "README.md").read_text().splitlines() if line.startswith("| `AGENCY_")]
    assert lines == [f"| `{setting.name}` | {setting.default} | {setting.means} |" for setting in SETTINGS]


def test_every_setting_that_is_read_is_in_the_table() -> None:
    read = {word.split('"')[0] for word in Path(config.__file__).read_text().split('environ.get("')[1:]}
    assert read == {setting.name for setting in SETTINGS}


def test_the_command_ends_with_two_and_without_a_traceback(bare: dict[str, str]) -> None:
    environ = {**bare, "AGENCY_PORT": "eighty", "PATH": os.environ["PATH"]}
    for words in (["-m", "workers.command", "check"], ["-c", "import wsgi"]):
        done = subprocess.run([sys.executable, *words], cwd=ROOT, env=environ, capture_output=True, text=True)
        assert done.returncode == 2
        assert done.stderr.removeprefix("agency: ") == "AGENCY_PORT must be a number from 1 to 65535.\n"

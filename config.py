"""The environment, heard once: every setting is checked and a wrong one stops with one sentence."""

import os
import re
import secrets
import stat
from collections.abc import Mapping
from contextlib import suppress
from difflib import get_close_matches
from email.utils import parseaddr
from hashlib import sha256
from ipaddress import ip_address
from pathlib import Path
from tempfile import gettempdir
from urllib.parse import SplitResult, parse_qsl, quote, unquote, urlsplit
from zoneinfo import ZoneInfo

from agency.kit.bucket import bucket
from agency.kit.settings import SETTINGS, Settings

ROOT = Path(__file__).resolve().parent
PORT = 8090
# A unix socket's path has room for 107 bytes on Linux and 103 elsewhere.
LONGEST_SOCKET_PATH = 103
PREFIX = re.compile(r"[A-Za-z0-9_-]{1,40}")
ON, OFF = {"1", "true", "yes", "on"}, {"0", "false", "no", "off", ""}


class WrongSetting(ValueError):
    """A setting that cannot be used; its text is the sentence for the person who starts us."""


def load(environ: Mapping[str, str] = os.environ) -> Settings:
    """Read and check the environment; raises WrongSetting with a sentence for a person."""
    host = _host(environ.get("AGENCY_HOST") or "127.0.0.1")
    port = _port(environ.get("AGENCY_PORT") or str(PORT))
    url = _url(environ.get("AGENCY_URL") or "", host, port)
    demo = _switch("AGENCY_DEMO", environ.get("AGENCY_DEMO") or "")
    data = _data(environ.get("AGENCY_DATA") or str(ROOT / "var"))
    if demo or (data / "demo-passwords").exists():
        _refuse_strangers(host, url)
    return Settings(
        url=url,
        host=host,
        port=port,
        data=data,
        database_url=_database(environ.get("AGENCY_DATABASE_URL") or f"sqlite:///{data / 'agency.db'}"),
        redis_url=_redis(environ.get("AGENCY_REDIS_URL") or "unix://" + quote(str(queue_socket(data)))),
        storage_url=_storage(environ.get("AGENCY_STORAGE_URL") or (data / "files").as_uri(), environ),
        smtp_url=_smtp(environ.get("AGENCY_SMTP_URL") or ""),
        mail_from=_sender(environ.get("AGENCY_MAIL_FROM") or "Agency <agency@localhost>"),
        secret_key=_secret(environ.get("AGENCY_SECRET_KEY") or "", data),
        timezone=_timezone(environ.get("AGENCY_TIMEZONE") or "Europe/Moscow"),
        demo=demo,
    )


def cautions(settings: Settings, environ: Mapping[str, str] = os.environ) -> list[str]:
    """Sentences about settings that work but deserve a second look."""
    said = []
    if settings.url.startswith("http:") and not is_loopback(_host_of(settings.url)):
        said.append(f"{settings.url} is plain http: passwords travel readable. Put https in front of it.")
    if "endpoint=http%3A" in settings.storage_url or "endpoint=http:" in settings.storage_url:
        endpoint = bucket(settings.storage_url).endpoint
        if not is_loopback(_host_of(endpoint)):
            said.append(f"{endpoint} is plain http: files travel readable to the store.")
    known = [setting.name for setting in SETTINGS]
    for name in environ:
        close = get_close_matches(name, known, 1, 0.8) if name.startswith("AGENCY_") and name not in known else []
        if close:
            said.append(f"{name} is not a setting. Is {close[0]} meant?")
    return said


def is_loopback(host: str) -> bool:
    """Whether a host can be reached from this machine alone."""
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def queue_socket(data: Path) -> Path:
    """The embedded queue server's socket: in the data folder, or near the root where that path is too long."""
    socket = data / "queue.sock"
    if len(os.fsencode(socket)) <= LONGEST_SOCKET_PATH:
        return socket
    return Path(gettempdir()) / f"agency-{os.getuid()}-{sha256(os.fsencode(data)).hexdigest()[:12]}" / "queue.sock"


def _split(name: str, value: str, schemes: set[str], example: str) -> SplitResult:
    """An address of one of the schemes; the value is not repeated, it may hold a password."""
    try:
        parts = urlsplit(value)
        parts.port  # noqa: B018 - a port that is no number is found only by asking for it
    except ValueError:
        raise WrongSetting(f"{name} is not an address; write it like {example}.") from None
    if parts.scheme not in schemes:
        raise WrongSetting(f"{name} must begin with one of {', '.join(sorted(schemes))}; write it like {example}.")
    return parts


def _refuse_strangers(host: str, url: str) -> None:
    if not (is_loopback(host) and is_loopback(_host_of(url))):
        raise WrongSetting(
            "Demo people may sign in on this machine only: keep AGENCY_HOST and AGENCY_URL loopback, "
            "or set AGENCY_DEMO=0 and an AGENCY_DATA folder without the demo agency."
        )


def _host_of(url: str) -> str:
    return urlsplit(url).hostname or ""


def _host(value: str) -> str:
    if any(sign in value for sign in "/ @[]") or value.count(":") == 1:
        raise WrongSetting("AGENCY_HOST must be one name or IP address without port, like 127.0.0.1.")
    return value


def _port(value: str) -> int:
    if not (value.isascii() and value.isdigit() and 0 < int(value) < 65536):
        raise WrongSetting("AGENCY_PORT must be a number from 1 to 65535.")
    return int(value)


def _url(value: str, host: str, port: int) -> str:
    if not value:
        if not is_loopback(host):
            raise WrongSetting("AGENCY_URL is needed when AGENCY_HOST is not loopback: links in mails begin with it.")
        return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
    parts = _split("AGENCY_URL", value, {"http", "https"}, "https://agency.example")
    if not parts.hostname or parts.username or parts.path.strip("/") or parts.query or parts.fragment:
        raise WrongSetting("AGENCY_URL must be a scheme and a host only, like https://agency.example.")
    return f"{parts.scheme}://{parts.netloc}"


def _switch(name: str, value: str) -> bool:
    if value.lower() not in ON | OFF:
        raise WrongSetting(f"{name} must be 1 or 0.")
    return value.lower() in ON


def _data(value: str) -> Path:
    folder = Path(value).expanduser()
    if any(sign in value for sign in "?#%") or not folder.is_absolute():
        raise WrongSetting("AGENCY_DATA must be a full path, like /srv/agency, without the signs ? # %.")
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as trouble:
        raise WrongSetting(f"AGENCY_DATA: the folder {folder} cannot be made ({trouble.strerror}).") from None
    if not os.access(folder, os.R_OK | os.W_OK | os.X_OK):
        raise WrongSetting(f"AGENCY_DATA: this user may not write in {folder}.")
    return folder


def _database(value: str) -> str:
    example = "postgresql://agency@localhost/agency or sqlite:////srv/agency/agency.db"
    parts = _split("AGENCY_DATABASE_URL", value, {"sqlite", "postgresql", "postgresql+psycopg"}, example)
    if parts.scheme == "sqlite" and not value.startswith("sqlite:////"):
        raise WrongSetting(
            "AGENCY_DATABASE_URL: SQLite wants four slashes and a full path, like sqlite:////srv/agency/agency.db."
        )
    if parts.scheme != "sqlite" and not parts.path.strip("/"):
        raise WrongSetting(
            "AGENCY_DATABASE_URL has no database name; write it like postgresql://agency@localhost/agency."
        )
    return value


def _redis(value: str) -> str:
    parts = _split("AGENCY_REDIS_URL", value, {"redis", "rediss", "unix"}, "redis://localhost:6379/0")
    if not (parts.path if parts.scheme == "unix" else parts.hostname):
        raise WrongSetting("AGENCY_REDIS_URL names no server; write it like redis://localhost:6379/0.")
    if not PREFIX.fullmatch(dict(parse_qsl(parts.query, keep_blank_values=True)).get("prefix", "-")):
        raise WrongSetting("The prefix in AGENCY_REDIS_URL may have letters, digits, _ and - only, like ?prefix=north.")
    return value


def _storage(value: str, environ: Mapping[str, str]) -> str:
    parts = _split("AGENCY_STORAGE_URL", value, {"file", "s3"}, "file:///srv/agency/files")
    if parts.scheme == "s3":
        return _bucket(value, environ)
    if parts.netloc or not unquote(parts.path).startswith("/"):
        raise WrongSetting("AGENCY_STORAGE_URL must be a full path on this machine, like file:///srv/agency/files.")
    return value


def _bucket(value: str, environ: Mapping[str, str]) -> str:
    try:
        bucket(value)
    except ValueError as wrong:
        raise WrongSetting(str(wrong)) from None
    missing = [name for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY") if not environ.get(name)]
    if missing:
        raise WrongSetting(f"AGENCY_STORAGE_URL names a bucket, so {' and '.join(missing)} must be set too.")
    return value


def _smtp(value: str) -> str:
    if value and not _split("AGENCY_SMTP_URL", value, {"smtp", "smtp+starttls", "smtps"}, "smtp://mail.example:587").hostname:
        raise WrongSetting("AGENCY_SMTP_URL names no server; write it like smtp://mail.example:587.")
    return value


def _sender(value: str) -> str:
    address = parseaddr(value)[1]
    if address.count("@") != 1 or address.startswith("@") or address.endswith("@") or not value.isprintable():
        raise WrongSetting("AGENCY_MAIL_FROM must be an address like Agency <post@agency.example>.")
    return value


def _secret(value: str, data: Path) -> str:
    if not value:
        value = secret_file(data / "secret")
    if len(value) < 32 or len(set(value)) < 8:
        raise WrongSetting("AGENCY_SECRET_KEY (or the file var/secret) must be 32 random characters or more.")
    return value


def secret_file(path: Path) -> str:
    """The installation's own secret, made whole at 0600 the first time; the first of two starters wins."""
    if not path.exists():
        draft = path.with_name(f".secret-{os.getpid()}")
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(48))
        with suppress(FileExistsError):
            os.link(draft, path)
        draft.unlink()
    if stat.S_IMODE(path.stat().st_mode) & 0o077:
        raise WrongSetting(f"Others can read {path}: run chmod 600 on it, and renew it if they may have.")
    return path.read_text().strip()


def _timezone(value: str) -> str:
    try:
        return ZoneInfo(value).key
    except (ValueError, OSError, LookupError):
        raise WrongSetting("AGENCY_TIMEZONE must be a name like Europe/Moscow or Europe/Prague.") from None

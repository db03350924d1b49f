"""What one installation was told by its environment, read once at the start."""

from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True)
class Settings:
    """Everything a deployment decides; all other settings are rows of the database.

    Addresses that may carry a password are kept out of ``repr``.
    """

    url: str
    host: str
    port: int
    data: Path
    database_url: str = field(repr=False)
    redis_url: str = field(repr=False)
    storage_url: str = field(repr=False)
    smtp_url: str = field(repr=False)
    mail_from: str
    secret_key: str = field(repr=False)
    timezone: str
    demo: bool = False
    testing: bool = False


@dataclass(frozen=True)
class Setting:
    """One line of the settings table: a name, its default in words, and what it decides."""

    name: str
    default: str
    means: str


SETTINGS = (
    Setting("AGENCY_URL", "`http://` + host and port", "the address people see, the beginning of every mailed link"),
    Setting("AGENCY_HOST", "`127.0.0.1`", "the network address to listen on"),
    Setting("AGENCY_PORT", "`8090`, or the next free one", "the port to listen on"),
    Setting("AGENCY_DATA", "`var` in the project", "the folder of the database, the files and the mail"),
    Setting("AGENCY_DATABASE_URL", "SQLite in the data folder", "or `postgresql://user@host/name`"),
    Setting(
        "AGENCY_REDIS_URL", "an embedded Valkey",
        "`redis://`, `rediss://` or `unix://` of your own queue server; `?prefix=name` where it is shared",
    ),
    Setting(
        "AGENCY_STORAGE_URL", "`files` in the data folder",
        "`file:///path` or `s3://bucket/prefix?endpoint=…&region=…` for documents and uploads",
    ),
    Setting("AGENCY_SMTP_URL", "a folder of .eml files", "`smtp://user:password@host:587` or `smtps://host:465`"),
    Setting("AGENCY_MAIL_FROM", "`Agency <agency@localhost>`", "the sender of every mail"),
    Setting("AGENCY_SECRET_KEY", "made once in `var/secret`", "signs forms and cookies; 32 characters or more"),
    Setting("AGENCY_TIMEZONE", "`Europe/Moscow`", "the agency's clock, by its IANA name"),
    Setting("AGENCY_DEMO", "`0`; `./run` sets `1` here", "load the demo agency into an empty database"),
)

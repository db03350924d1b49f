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

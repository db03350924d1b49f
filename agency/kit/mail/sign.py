"""How letters are signed: the sender's name and the lines under them, told by whoever put the app together."""

from collections.abc import Callable
from email.utils import parseaddr

from flask import Flask, current_app

from agency.kit.mail.addresses import plain

KEY = "agency.mail.sender"
Said = Callable[[], str]


def setup(app: Flask, *, sender_name: Said, signature: Said) -> None:
    """Sign the letters of this app; templates of letters ask `signature()`."""
    app.extensions[KEY] = sender_name
    app.jinja_env.globals["signature"] = signature


def usual_name() -> str:
    """The sender's name that the installation was given with its address."""
    return parseaddr(current_app.config["SETTINGS"].mail_from)[0]


def sender() -> str:
    """The From of a letter: the installation's address, under the name that was set or came with it."""
    usual: str = current_app.config["SETTINGS"].mail_from
    said = current_app.extensions.get(KEY)
    name = plain(said() if said else "", 80).replace('"', "").replace("\\", "")
    return f'"{name}" <{parseaddr(usual)[1]}>' if name else usual

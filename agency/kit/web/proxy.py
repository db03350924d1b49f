"""Who asks, when a server in front of us passes it on: believed from our own machine alone."""

from ipaddress import ip_address
from typing import Any

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix


def setup(app: Flask, settings: Any) -> None:
    """Take the reader's address from the proxy when only one on this machine can reach us.

    That is so when people come by https while we listen, without it, on the loopback: then everybody
    would seem to be one reader, and one guesser would shut out all. Anybody else's word is not believed.
    """
    if settings.url.startswith("https://") and _is_loopback(settings.host):
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=1, x_proto=0, x_host=0)  # type: ignore[method-assign]


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"

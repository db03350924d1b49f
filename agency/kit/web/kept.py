"""What a browser keeps for its next page (a sentence to be said there) in Flask's signed cookie; mostly nothing."""

from flask import Flask, Request, Response
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface, SessionMixin


class Kept(SecureCookieSessionInterface):
    """Flask's own, which reads and writes only where there is something to read or write."""

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        """What the cookie holds, else an empty one, without making ready to check a seal."""
        if self.get_cookie_name(app) not in request.cookies:
            return self.session_class()
        return super().open_session(app, request)

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        """Write what was looked into or changed."""
        if session or session.accessed or session.modified:
            super().save_session(app, session, response)

"""The headers of every answer: a strict content policy, no framing, no sniffing, no referrer."""

from flask import Flask, Response, g, request

CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
FOREVER = "public, max-age=31536000, immutable"


def setup(app: Flask, secure: bool) -> None:
    """Set the headers after every request; HSTS only when the site is served by https."""

    @app.after_request
    def _set(response: Response) -> Response:
        headers = response.headers
        headers.setdefault("Content-Security-Policy", CSP + ("; frame-src 'self'" if g.get("shows_pdf") else ""))
        headers.setdefault("X-Content-Type-Options", "nosniff")
        headers.setdefault("Referrer-Policy", "no-referrer")
        headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
        headers.setdefault("Permissions-Policy", "camera=(), microphone=(), geolocation=()")
        if request.endpoint == "static":
            headers["Cache-Control"] = FOREVER if request.args.get("v") else "no-cache"
        else:
            headers.setdefault("Cache-Control", "no-store")
        if secure:
            headers.setdefault("Strict-Transport-Security", "max-age=31536000")
        return response

"""The headers of every answer: a strict content policy, no framing, no sniffing, no referrer."""

from flask import Flask, Response, g, request

from agency.kit.web.assets import version

CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
FOREVER = "public, max-age=31536000, immutable"


# Of every answer that does not say otherwise itself.
USUAL = {
    "X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer", "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}
SECURE = {"Strict-Transport-Security": "max-age=31536000"}


def setup(app: Flask, secure: bool) -> None:
    """Set the headers after every request; HSTS only when the site is served by https."""
    always = tuple((USUAL | (SECURE if secure else {})).items())

    @app.after_request
    def _set(response: Response) -> Response:
        headers = response.headers
        said = {name.lower() for name, _value in headers}
        policy = CSP + ("; frame-src 'self'" if g.get("shows_pdf") else "")
        for name, value in (("Content-Security-Policy", policy), *always):
            if name.lower() not in said:
                headers.add(name, value)
        if request.endpoint == "static":
            # A page from before an upgrade may still ask for what it knew: it gets what there is, and does not keep it.
            headers["Cache-Control"] = FOREVER if (request.view_args or {}).get("version") == version() else "no-cache"
        elif "cache-control" not in said:
            headers.add("Cache-Control", "no-store")
        return response

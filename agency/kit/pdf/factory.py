"""The one place that builds WeasyPrint objects, each with the fetcher that denies the network.

Imported only inside the process that draws: the import costs two seconds and needs Pango.
"""

import mimetypes
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import unquote, urlsplit

from weasyprint import HTML
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from agency.kit.pdf import pictures
from agency.kit.pdf.failures import RenderFailed
from agency.kit.pdf.limits import Limits

FONT_MARKS = (b"wOF2", b"wOFF", b"OTTO", b"\x00\x01\x00\x00", b"true")


class Denied(FatalURLFetchingError):
    """A reference that stops the drawing, with the failure a person will read."""

    def __init__(self, failure: RenderFailed) -> None:
        super().__init__(str(failure))
        self.failure = failure


class AssetFetcher(URLFetcher):
    """Fetches data: and files inside the given folders; all else stops the drawing."""

    def __init__(self, roots: Sequence[Path], limits: Limits) -> None:
        super().__init__(allowed_protocols=("data", "file"), allow_redirects=False, fail_on_errors=True, timeout=1)
        self.roots = [root.resolve() for root in roots]
        self.limits = limits

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
        """Return what stands at `url`, or stop the drawing by raising Denied."""
        try:
            return self._fetch(url)
        except RenderFailed as failure:
            raise Denied(failure) from None

    def _fetch(self, url: str) -> URLFetcherResponse:
        scheme = url.split(":", 1)[0].lower()
        if scheme == "data":
            try:
                answer = super().fetch(url)
                kind, data = answer.headers.get_content_type(), answer.read(self.limits.asset_bytes + 1)
            except (OSError, ValueError):
                raise RenderFailed("picture_unreadable") from None
        elif scheme == "file":
            kind, data = self._read(url)
        else:
            raise RenderFailed("outside_asset", url[:120])
        self._inspect(data)
        return URLFetcherResponse(url, data, {"Content-Type": kind})

    def _read(self, url: str) -> tuple[str, bytes]:
        parts = urlsplit(url)
        path = Path(unquote(parts.path)).resolve()
        if parts.netloc or not any(path.is_relative_to(root) for root in self.roots):
            raise RenderFailed("outside_asset", path.name[:120])
        if not path.is_file():
            raise RenderFailed("missing_asset", path.name[:120])
        with path.open("rb") as file:
            data = file.read(self.limits.asset_bytes + 1)
        return mimetypes.guess_type(path.name)[0] or "application/octet-stream", data

    def _inspect(self, data: bytes) -> None:
        if len(data) > self.limits.asset_bytes:
            raise RenderFailed("too_big")
        if pictures.looks_like_picture(data):
            pictures.check(data, self.limits.picture_pixels)
        elif not data.startswith(FONT_MARKS):
            try:
                text = data.decode("utf-8")
            except UnicodeDecodeError:
                raise RenderFailed("picture_unreadable") from None
            if text.lstrip().startswith("%!"):  # PostScript would start another program
                raise RenderFailed("picture_unreadable")


def document(source: str, roots: Sequence[Path], limits: Limits) -> HTML:
    """Parse `source`; relative addresses stand for files in the first of `roots`."""
    return HTML(string=source, base_url=roots[0].resolve().as_uri() + "/", url_fetcher=AssetFetcher(roots, limits))

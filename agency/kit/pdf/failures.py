"""Why a document could not be drawn, in words a person can act upon."""

from agency.kit.words import lazy

REASONS = {
    "too_slow": lazy("The document took too long to draw. Make it shorter or split it in two, then draw it again."),
    "too_big": lazy(
        "The document needs too much memory. Take out large pictures or split it in two, then draw it again."
    ),
    "too_long": lazy("The document is longer than %(detail)s pages. Split it in two, then draw it again."),
    "too_much_text": lazy("The document holds too much text. Split it in two, then draw it again."),
    "too_many_rows": lazy(
        "The tables of the document have more than %(detail)s rows. Split it in two, then draw it again."
    ),
    "too_deep": lazy(
        "The text of the document is nested too deeply. Paste it again as plain text, then draw it again."
    ),
    "bad_table": lazy(
        "A table of the document asks for more than %(detail)s merged cells. Simplify the table, then draw it again."
    ),
    "outside_asset": lazy("The document refers to something outside it, and that is not allowed: %(detail)s"),
    "missing_asset": lazy("A picture or a style of the document is missing: %(detail)s"),
    "picture_too_big": lazy(
        "A picture in the document has %(detail)s megapixels. Replace it by a smaller one, then draw it again."
    ),
    "picture_unreadable": lazy(
        "A picture in the document cannot be read. Replace it by a PNG or JPEG file, then draw it again."
    ),
    "untitled": lazy("The document has no title or no language. Tell the administrator: its template is at fault."),
    "broken": lazy(
        "The document could not be drawn: %(detail)s. If drawing it again does not help, tell the administrator."
    ),
    "missing_library": lazy(
        "The server lacks a library for drawing PDFs. The administrator should install the packages "
        "libpango-1.0-0, libpangoft2-1.0-0 and libharfbuzz-subset0 and restart the server."
    ),
    "missing_fonts": lazy(
        "The server lacks the fonts for drawing PDFs: the folder static/fonts/pdf is empty. "
        "The administrator should restore it and restart the server."
    ),
}


def sentence(reason: str, detail: str = "") -> str:
    """Say in the reader's language why a drawing failed; an unknown reason reads as a broken one."""
    return str(REASONS.get(reason, REASONS["broken"])) % {"detail": detail or reason}


class RenderFailed(Exception):
    """A document could not be drawn: a named reason, its detail and a person's sentence."""

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(reason, detail)
        self.reason = reason
        self.detail = detail

    @property
    def sentence(self) -> str:
        """The reason in the reader's language."""
        return sentence(self.reason, self.detail)

    def __str__(self) -> str:
        """The reason code and its detail, for the log."""
        return f"{self.reason}: {self.detail}" if self.detail else self.reason

"""Drawing PDFs from HTML in a confined child process; knows no page, no record and no database."""

from agency.kit.pdf.failures import RenderFailed, sentence
from agency.kit.pdf.limits import Limits
from agency.kit.pdf.press import Rendered, preload, render

__all__ = ["Limits", "RenderFailed", "Rendered", "preload", "render", "sentence"]

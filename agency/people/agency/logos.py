"""What may be a logo: a PNG or JPEG of a sound size, told by its contents."""

from typing import BinaryIO

from agency.kit.pdf import pictures
from agency.kit.pdf.failures import RenderFailed
from agency.kit.states import Refused
from agency.kit.words import lazy

LARGEST = 2 << 20
PIXELS = 16_000_000
KINDS = {b"\x89PNG\r\n\x1a\n": "image/png", b"\xff\xd8\xff": "image/jpeg"}
WRONG = lazy("A logo is a PNG or JPEG picture.")


def mime(head: bytes) -> str:
    """The media type by the first bytes; "" for what is no logo."""
    return next((kind for mark, kind in KINDS.items() if head.startswith(mark)), "")


def redrawn(file: BinaryIO, size: int) -> bytes:
    """The picture alone, drawn anew; raises Refused (field "logo") for another kind, a damaged or too large one."""
    if not mime(file.read(16)):
        raise Refused(WRONG, "logo")
    if size > LARGEST:
        raise Refused(lazy("The picture is larger than 2 MB: save it smaller."), "logo")
    file.seek(0)
    try:
        pictures.check(file, PIXELS)
        file.seek(0)
        return pictures.redrawn(file)
    except RenderFailed:
        raise Refused(lazy("The picture is damaged or too large in pixels: save it anew."), "logo") from None

"""The look at a picture before anything decodes it: format and number of pixels."""

import io
from typing import BinaryIO

from PIL import Image, ImageOps, UnidentifiedImageError

from agency.kit.pdf.failures import RenderFailed

FORMATS = ("PNG", "JPEG", "GIF", "WEBP")


def looks_like_picture(data: bytes) -> bool:
    """Tell by the first bytes whether this is one of the picture formats we draw."""
    return data.startswith((b"\x89PNG", b"\xff\xd8\xff", b"GIF8")) or (data[:4] == b"RIFF" and data[8:12] == b"WEBP")


def check(data: bytes | BinaryIO, pixels: int) -> tuple[int, int]:
    """Return (width, height) of bytes or of an open file, read from the header alone.

    Raises RenderFailed: picture_unreadable, or picture_too_big with its megapixels.
    """
    source = io.BytesIO(data) if isinstance(data, bytes) else data
    try:
        with Image.open(source, formats=FORMATS) as picture:
            width, height = picture.size
    except Image.DecompressionBombError:
        raise RenderFailed("picture_too_big", str(pixels // 1_000_000) + "+") from None
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError):
        raise RenderFailed("picture_unreadable") from None
    if width * height > pixels:
        raise RenderFailed("picture_too_big", str(round(width * height / 1_000_000)))
    return width, height


def redrawn(source: BinaryIO) -> bytes:
    """A checked PNG or JPEG drawn anew, so that nothing but the picture is left of the file.

    Raises RenderFailed (picture_unreadable) when its pixels cannot be read.
    """
    target = io.BytesIO()
    try:
        with Image.open(source, formats=("PNG", "JPEG")) as picture:
            kind = picture.format or "PNG"
            # The turn that a camera wrote beside the picture goes into it.
            upright = ImageOps.exif_transpose(picture)
            plain = upright.convert("RGB" if kind == "JPEG" else "RGBA")
            Image.frombytes(plain.mode, plain.size, plain.tobytes()).save(target, kind, quality=92)
    except (Image.DecompressionBombError, UnidentifiedImageError, OSError, ValueError, SyntaxError):
        raise RenderFailed("picture_unreadable") from None
    return target.getvalue()

"""What kinds of files are taken, told by their contents and never by their names."""

import re
import zipfile
from dataclasses import dataclass
from io import SEEK_END
from typing import BinaryIO

from agency.kit.pdf import pictures
from agency.kit.pdf.failures import RenderFailed
from agency.kit.states import Refused
from agency.kit.words import lazy

HEAD = 4096
PIXELS = 40_000_000
ENTRIES = 2_000
# The list of an archive's entries is read whole, so its length is looked at first.
DIRECTORY = ENTRIES * 500
LAST = (1 << 16) + 22
END = b"PK\x05\x06"
UNPACKED = 200 << 20
RATIO = 100


@dataclass(frozen=True)
class Kind:
    """A kind of file: its media type and the endings its names may have."""

    mime: str
    endings: tuple[str, ...]


PDF = Kind("application/pdf", (".pdf", ".ai"))
ZIP = Kind("application/zip", (".zip", ".sketch", ".fig", ".idml", ".key", ".pages", ".numbers"))
TEXT = Kind("text/plain", (".txt", ".csv", ".md", ".srt", ".vtt", ".tsv", ".json", ".ics"))
SVG = Kind("image/svg+xml", (".svg",))
MARKS: tuple[tuple[re.Pattern[bytes], Kind], ...] = tuple(
    (re.compile(mark, re.DOTALL), kind)
    for mark, kind in (
        (rb"%PDF-", PDF),
        (rb"\x89PNG\r\n\x1a\n", Kind("image/png", (".png",))),
        (rb"\xff\xd8\xff", Kind("image/jpeg", (".jpg", ".jpeg", ".jpe"))),
        (rb"GIF8[79]a", Kind("image/gif", (".gif",))),
        (rb"RIFF....WEBP", Kind("image/webp", (".webp",))),
        (rb"(II\*\x00|MM\x00\*)", Kind("image/tiff", (".tif", ".tiff"))),
        (rb"8BPS", Kind("image/vnd.adobe.photoshop", (".psd", ".psb"))),
        (rb"\x06\x06\xed\xf5\xd8\x1d\x46\xe5", Kind("application/x-indesign", (".indd",))),
        (rb"(%!PS-Adobe|\xc5\xd0\xd3\xc6)", Kind("application/postscript", (".eps", ".ps", ".ai"))),
        (rb"....ftyp(heic|heix|mif1|msf1|avif)", Kind("image/heic", (".heic", ".heif", ".avif"))),
        (rb"....ftyp", Kind("video/mp4", (".mp4", ".mov", ".m4v", ".m4a", ".3gp"))),
        (rb"....(moov|mdat|wide|free)", Kind("video/quicktime", (".mov", ".qt"))),
        (rb"\x1a\x45\xdf\xa3", Kind("video/webm", (".webm", ".mkv"))),
        (rb"RIFF....AVI ", Kind("video/x-msvideo", (".avi",))),
        (rb"RIFF....WAVE", Kind("audio/wav", (".wav",))),
        (rb"(ID3|\xff[\xfb\xf3\xf2])", Kind("audio/mpeg", (".mp3",))),
        (rb"OggS", Kind("audio/ogg", (".ogg", ".oga", ".opus"))),
        (rb"fLaC", Kind("audio/flac", (".flac",))),
        (rb"(wOF2|wOFF|OTTO|\x00\x01\x00\x00\x00)", Kind("font/otf", (".otf", ".ttf", ".woff", ".woff2"))),
        (rb"\{\\rtf", Kind("application/rtf", (".rtf",))),
        (
            rb"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
            Kind("application/x-ole-storage", (".doc", ".xls", ".ppt", ".msg", ".vsd")),
        ),
    )
)
OFFICE = "application/vnd.openxmlformats-officedocument"
PACKED = {
    "word/document.xml": Kind(f"{OFFICE}.wordprocessingml.document", (".docx",)),
    "xl/workbook.xml": Kind(f"{OFFICE}.spreadsheetml.sheet", (".xlsx",)),
    "ppt/presentation.xml": Kind(f"{OFFICE}.presentationml.presentation", (".pptx",)),
}
OPEN = {
    b"application/vnd.oasis.opendocument.text": (".odt",),
    b"application/vnd.oasis.opendocument.spreadsheet": (".ods",),
    b"application/vnd.oasis.opendocument.presentation": (".odp",),
}
NOT_TAKEN = lazy(
    "This kind of file is not taken. Send a document, table, presentation, picture, video, sound or font, "
    "or put the file into a ZIP archive."
)
EMPTY = lazy("The file is empty. Choose it again.")
PAGE = lazy("Web pages and programs are not taken. Put the file into a ZIP archive and send it again.")
BOMB = lazy("The archive is unusually large inside, so it is not taken. Unpack it and send the files you need.")
BROKEN = lazy("The archive or document is damaged and cannot be opened. Make it again and send it once more.")
PICTURE = lazy("The picture is damaged or has more than %(limit)s megapixels. Save it smaller and send it again.")
OUTSIDE = lazy("The archive would unpack files outside its own folder, so it is not taken. Pack it anew.")
LEADS_OUT = re.compile(r"^[/\\]|^[A-Za-z]:|(^|[/\\])\.\.([/\\]|$)")
PROGRAM = re.compile(rb"(MZ|\x7fELF|#!|\xca\xfe\xba\xbe|\xcf\xfa\xed\xfe|<\?php|@echo off)", re.IGNORECASE)
PAGE_BEGINS = re.compile(rb"<(!doctype|html|head|body|iframe|object|embed|form|meta|a\s|img\s)", re.IGNORECASE)
PAGE_INSIDE = re.compile(rb"<(script|!doctype html|html)[\s>]", re.IGNORECASE)


def recognise(file: BinaryIO) -> Kind:
    """The kind of an upload, read from its contents; raises Refused for what is not taken."""
    head = file.read(HEAD)
    if not head:
        raise Refused(EMPTY)
    if PROGRAM.match(head):
        raise Refused(PAGE)
    if head.startswith(b"PK"):
        return _packed(file)
    found = next((kind for mark, kind in MARKS if mark.match(head)), None)
    if found is None:
        return _text(head)
    if pictures.looks_like_picture(head):
        _check_picture(file)
    return found


def _text(head: bytes) -> Kind:
    """Text of an ordinary sort; SVG is kept apart, and pages that a browser would run are refused."""
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if re.search(rb"<svg[\s>]", head, re.IGNORECASE) and start[:1] == b"<":
        return SVG
    if PAGE_BEGINS.match(_past_comments(start)) or PAGE_INSIDE.search(start):
        raise Refused(PAGE)
    try:
        # The head may end in the middle of a letter.
        head[: len(head) - 3 if len(head) == HEAD else None].decode("utf-8")
    except UnicodeDecodeError:
        if not _is_windows_text(head):
            raise Refused(NOT_TAKEN) from None
    if b"\0" in head:
        raise Refused(NOT_TAKEN)
    return TEXT


def _past_comments(start: bytes) -> bytes:
    """What stands after the comments at the beginning; step by step, for no pattern may choose among them."""
    while start.startswith(b"<!--") and (end := start.find(b"-->")) >= 0:
        start = start[end + 3 :].lstrip()
    return start


def _is_windows_text(head: bytes) -> bool:
    """Whether bytes read as Cyrillic or Central European text of old programs: no control signs."""
    return not re.search(rb"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]", head)


def _check_picture(file: BinaryIO) -> None:
    file.seek(0)
    try:
        pictures.check(file, PIXELS)
    except RenderFailed:
        raise Refused(PICTURE % {"limit": PIXELS // 1_000_000}) from None


def _packed(file: BinaryIO) -> Kind:
    """An archive, or an office document, which is one: looked into without unpacking."""
    if _directory(file) > DIRECTORY:
        raise Refused(BOMB)
    file.seek(0)
    try:
        with zipfile.ZipFile(file) as archive:
            entries = archive.infolist()
            unpacked = sum(entry.file_size for entry in entries)
            packed = sum(entry.compress_size for entry in entries)
            if len(entries) > ENTRIES or unpacked > UNPACKED or unpacked > RATIO * max(packed, 1 << 14):
                raise Refused(BOMB)
            if any(LEADS_OUT.search(entry.filename) for entry in entries):
                raise Refused(OUTSIDE)
            names = {entry.filename: entry.compress_type for entry in entries}
            label = archive.open("mimetype").read(200) if names.get("mimetype") == zipfile.ZIP_STORED else b""
    except (zipfile.BadZipFile, RuntimeError, OSError, ValueError):
        raise Refused(BROKEN) from None
    if label.strip() in OPEN:
        return Kind(label.strip().decode(), OPEN[label.strip()])
    return next((kind for name, kind in PACKED.items() if name in names), ZIP)


def _directory(file: BinaryIO) -> int:
    """How many bytes an archive says its list of entries has, found where the library will look for it."""
    file.seek(max(0, file.seek(0, SEEK_END) - LAST))
    tail = file.read()
    plain = tail[-22:-18] == END and tail[-2:] == b"\0\0"
    at = len(tail) - 22 if plain else tail.rfind(END)
    # The long way of saying it is meant for archives larger than any upload.
    if at >= 20 and tail[at - 20 : at - 16] == b"PK\x06\x07":
        return DIRECTORY + 1
    return int.from_bytes(tail[at + 12 : at + 16], "little") if at >= 0 else 0

"""Names of uploaded files made safe: no path, no hidden direction, an ending that tells the truth."""

import re
import unicodedata

LONGEST = 120  # letters; four bytes each still fit into a file system's 255 with a version
FORBIDDEN = re.compile(r'[\x00-\x1f\x7f-\x9f<>:"|?*\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]')
# Windows takes these for devices, whatever ending they have.
DEVICE = re.compile(r"(con|prn|aux|nul|(com|lpt)[0-9\u00b9\u00b2\u00b3])(\..*)?", re.IGNORECASE)


def clean(name: str) -> str:
    """The last part of a name without signs that hide or lead elsewhere; "file" when nothing is left."""
    name = unicodedata.normalize("NFC", name.encode("utf-8", "replace").decode())
    name = FORBIDDEN.sub("", name.replace("\\", "/").rpartition("/")[2])
    name = re.sub(r"\s+", " ", name).strip(" .")
    stem, ending = split(name)
    if DEVICE.fullmatch(stem):
        stem = f"_{stem}"
    room = LONGEST - len(ending)
    return (stem[:room].rstrip(" .") or "file") + ending


def split(name: str) -> tuple[str, str]:
    """The stem and the ending with its dot, lower case; the ending is empty when there is none."""
    stem, dot, ending = name.rpartition(".")
    if not dot or not stem or not re.fullmatch(r"[A-Za-z0-9]{1,8}", ending):
        return name, ""
    return stem, "." + ending.lower()


def fitting(name: str, endings: tuple[str, ...]) -> str:
    """The clean name, with the right ending put behind a wrong one ("brief.exe" of a PDF is "brief.exe.pdf")."""
    name = clean(name)
    if split(name)[1] in endings:
        return name
    stem = name[: LONGEST - len(endings[0])].rstrip(" .")
    return stem + endings[0]

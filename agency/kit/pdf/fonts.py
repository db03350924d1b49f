"""The private font set of PDFs: only the bundled files, so that every machine draws alike."""

import os
import tempfile
from pathlib import Path
from xml.sax.saxutils import escape

from agency.kit.pdf.failures import RenderFailed

STATIC = Path(__file__).resolve().parents[3] / "static"
FONTS = STATIC / "fonts" / "pdf"

TEMPLATE = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig>
  <dir>{fonts}</dir>
  <cachedir>{cache}</cachedir>
  <alias binding="same"><family>serif</family>
    <prefer><family>Brygada 1918</family><family>DejaVu Sans</family></prefer></alias>
  <alias binding="same"><family>sans-serif</family>
    <prefer><family>Golos Text</family><family>DejaVu Sans</family></prefer></alias>
  <config><rescan><int>0</int></rescan></config>
</fontconfig>
"""


def install(cache: Path, fonts: Path = FONTS) -> Path:
    """Write the private font configuration into `cache` and point this process at it.

    Raises RenderFailed("missing_fonts"): Pango without any font ends the whole process.
    """
    if not any(fonts.glob("*.ttf")):
        raise RenderFailed("missing_fonts")
    cache.mkdir(parents=True, exist_ok=True)
    wanted = TEMPLATE.format(fonts=escape(str(fonts)), cache=escape(str(cache / "fontconfig")))
    path = cache / "fonts.conf"
    if not path.exists() or path.read_text(encoding="utf-8") != wanted:
        handle, name = tempfile.mkstemp(dir=cache, prefix="fonts-")
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(wanted)
        Path(name).replace(path)
    os.environ["FONTCONFIG_FILE"] = str(path)
    return path

"""What one document may cost: the child's resource limits and the caps on its contents."""

from dataclasses import dataclass

MEBIBYTE = 1 << 20


@dataclass(frozen=True)
class Limits:
    """Limits of one rendering; the defaults are what a real document may take."""

    cpu_seconds: int = 20
    wall_seconds: float = 60.0
    # On top of what the drawing process inherits, so that it stays within a gibibyte.
    memory_bytes: int = 800 * MEBIBYTE
    output_bytes: int = 50 * MEBIBYTE
    open_files: int = 64
    source_bytes: int = 24 * MEBIBYTE
    text_characters: int = 300_000
    asset_bytes: int = 20 * MEBIBYTE
    picture_pixels: int = 40_000_000
    rows: int = 1200
    depth: int = 100
    span: int = 100
    pages: int = 60

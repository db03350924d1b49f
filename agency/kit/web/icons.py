"""Icons come from one cached sprite; the drawing is decoration unless a label is given."""

from functools import lru_cache

from markupsafe import Markup

from agency.kit.web.assets import asset

LOGO = Markup(
    '<svg viewBox="0 0 22 22" aria-hidden="true">'
    '<path d="M1 3h5v16H1zM8.5 3h5v16h-5z" fill="none" stroke="currentColor" stroke-width="1.5"/>'
    '<path d="M15.3 2.3h6.4v17.4h-6.4z" fill="currentColor"/></svg>',
)


def icon(name: str, label: str = "") -> Markup:
    """An icon of the sprite."""
    if not label:
        return _unspoken(name)
    spoken = Markup('<svg class="i" role="img" aria-label="{}"><use href="{}#i-{}"/></svg>')
    return spoken.format(label, asset("icons.svg"), name)


@lru_cache(maxsize=512)
def _unspoken(name: str) -> Markup:
    return Markup('<svg class="i" aria-hidden="true"><use href="{}#i-{}"/></svg>').format(asset("icons.svg"), name)


def logo() -> Markup:
    """The sign of the house."""
    return LOGO

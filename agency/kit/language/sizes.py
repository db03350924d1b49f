"""Sizes of files in a person's words."""

from decimal import Decimal

from agency.kit.language.figures import number
from agency.kit.language.sentences import gettext as _


def file_size(count: int) -> str:
    """Bytes as "84 KB" or "1.2 MB", thousands of thousands as disks are sold."""
    if count < 1_000_000:
        return _("%(size)s KB", size=number(max(1, round(count / 1000))))
    return _("%(size)s MB", size=number(Decimal(count) / 1_000_000, places=1))

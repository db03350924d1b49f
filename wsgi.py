"""The application for any WSGI server: `wsgi:app`."""

import sys

from agency.app import create_app
from config import WrongSetting, load

try:
    app = create_app(load())
except WrongSetting as wrong:
    print(wrong, file=sys.stderr)
    raise SystemExit(2) from None

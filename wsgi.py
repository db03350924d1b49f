"""The application for any WSGI server: `wsgi:app`."""

import sys

from agency.app import create_app
from config import WrongSetting, load
from workers.loading import load_jobs

try:
    app = create_app(load())
    # Web requests then know which queue a job waits in, and ring its worker at once.
    load_jobs()
except WrongSetting as wrong:
    print(wrong, file=sys.stderr)
    raise SystemExit(2) from None

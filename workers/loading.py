"""Knowing every job: all modules of this package are read, so that each `@job` is registered."""

from importlib import import_module
from pkgutil import iter_modules

import workers

NOT_JOBS = frozenset({"command", "main"})


def load_jobs() -> None:
    """Import every module of jobs; safe to call again."""
    for module in iter_modules(workers.__path__):
        if module.name not in NOT_JOBS:
            import_module(f"workers.{module.name}")

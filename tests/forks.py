"""Processes for tests that need several: each is forked from one that has imported everything, so none is slow to come.

They share nothing with the test but what is handed over: each opens the database by itself, as the product does.
"""

import multiprocessing
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from typing import Any

CONTEXT = multiprocessing.get_context("forkserver")
CONTEXT.set_forkserver_preload([
    "tests.loaded", "workers.main", "workers.mails", "tests.faults.deeds", "tests.promises.house",
    "tests.promises.numbering", "tests.promises.taking",
])


def at_once(deed: Callable[..., Any], each: Sequence[tuple[Any, ...]]) -> list[Any]:
    """What a deed came to in as many processes as there are sets of arguments."""
    with ProcessPoolExecutor(len(each), mp_context=CONTEXT) as pool:
        return [asked.result() for asked in [pool.submit(deed, *arguments) for arguments in each]]

"""A small house to supervise: `python household.py FOLDER [DEEDS…]`; each child writes its process id into FOLDER."""

import sys
from pathlib import Path

from agency.entrypoints.cli.children import Child
from agency.entrypoints.cli.places import NoPlace, locked
from agency.entrypoints.cli.supervisor import Supervisor, say

CALM = "import os,pathlib,sys,time; pathlib.Path(sys.argv[1]).write_text(str(os.getpid())); time.sleep(600)"
DEAF = "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN);" + CALM
# Leaves a process behind in a group of its own when it is killed, as a worker leaves its horse.
PARENT = (
    "import subprocess,sys; subprocess.Popen([sys.executable,'-c',sys.argv[2],sys.argv[1]+'-horse'],process_group=0);"
    + CALM
)
BODIES = {"calm": [CALM], "deaf": [DEAF], "parent": [PARENT, CALM]}


def main() -> int:
    """Supervise the named children until told to stop."""
    folder, names = Path(sys.argv[1]), sys.argv[2:]
    try:
        with locked(folder, say) as lock, Supervisor(patience=1.0) as supervisor:
            for name in names:
                body, *more = BODIES[name]
                argv = [sys.executable, "-c", body, str(folder / name), *more]
                supervisor.add(Child(name, argv, keeps_open=(lock,)))
            supervisor.wait(lambda: False)
    except NoPlace as sentence:
        say(str(sentence))
        return 2
    return 0


if __name__ == "__main__":
    raise SystemExit(main())

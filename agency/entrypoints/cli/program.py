"""The `agency` command: which words it knows, and which module answers each."""

from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Sequence
from importlib import import_module

from agency.entrypoints.cli.outfit import Outfit

QUEUES = ("pdf", "mail", "quick")
ROOMS = {"demo": "demo.command", "check": "check"}
Answer = Callable[[Outfit, Namespace], int]


def parser() -> ArgumentParser:
    """The words of the command and their options."""
    top = ArgumentParser(prog="agency", description="The work server of an advertising agency.")
    words = top.add_subparsers(dest="word", required=True, metavar="command")
    words.add_parser("run", help="start everything under one supervisor; Ctrl C stops it")
    words.add_parser("serve", help="the web server alone").add_argument(
        "--migrate", action="store_true", help="bring the database to the newest schema first"
    )
    words.add_parser("worker", help="one worker of one queue").add_argument("queue", choices=QUEUES)
    words.add_parser("schedule", help="the relay, the sweeper and the calendar of jobs")
    words.add_parser("migrate", help="bring the database to the newest schema")
    user = words.add_parser("user", help="people of this installation").add_subparsers(dest="deed", required=True)
    invite = user.add_parser("invite", help="print a one-time link by which a person chooses a password")
    invite.add_argument("name")
    invite.add_argument("email")
    invite.add_argument("--role", default="owner", help="owner, admin, account_manager, finance, head:creative …")
    user.add_parser("welcome", help="while nobody can sign in, print a link for the owner")
    words.add_parser("routes", help="every address, its methods and who may use it")
    words.add_parser("moves", help="every state and the moves between them")
    for word, says in (("demo", "load the demo agency"), ("check", "check every invariant of the data")):
        words.add_parser(word, help=says, add_help=False)
    return top


def main(outfit: Outfit, argv: Sequence[str]) -> int:
    """Answer one command line; the exit code says whether all went well."""
    options, rest = parser().parse_known_args(argv)
    if options.word in ROOMS:
        # Rooms of their own: `main(app, args)` parses what follows the word.
        return int(import_module(f"agency.entrypoints.cli.{ROOMS[options.word]}").main(outfit.app(), rest) or 0)
    if rest:
        parser().error(f"unrecognized arguments: {' '.join(rest)}")
    return ANSWERS[options.word](outfit, options)


def _run(outfit: Outfit, _options: Namespace) -> int:
    from agency.entrypoints.cli.run import run

    return run(outfit)


def _serve(outfit: Outfit, options: Namespace) -> int:
    from agency.entrypoints.cli.serve import serve

    return serve(outfit, migrate_first=options.migrate)


def _worker(outfit: Outfit, options: Namespace) -> int:
    outfit.start_worker(outfit.settings, options.queue)
    return 0


def _schedule(outfit: Outfit, _options: Namespace) -> int:
    outfit.start_schedule(outfit.settings)
    return 0


def _migrate(outfit: Outfit, _options: Namespace) -> int:
    from agency.kit.db import upgrade

    upgrade(outfit.app())
    return 0


def _user(outfit: Outfit, options: Namespace) -> int:
    from agency.entrypoints.cli.user import invite, welcome

    if options.deed == "welcome":
        return welcome(outfit.app())
    return invite(outfit.app(), options.name, options.email, options.role)


def _routes(outfit: Outfit, _options: Namespace) -> int:
    from agency.entrypoints.cli.listing import routes

    print("\n".join(routes(outfit.app())))
    return 0


def _moves(outfit: Outfit, _options: Namespace) -> int:
    from agency.entrypoints.cli.listing import moves

    outfit.app()
    print("\n".join(moves()))
    return 0


ANSWERS: dict[str, Answer] = {
    "run": _run,
    "serve": _serve,
    "worker": _worker,
    "schedule": _schedule,
    "migrate": _migrate,
    "user": _user,
    "routes": _routes,
    "moves": _moves,
}

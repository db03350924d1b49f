"""The house in plain lines: every route with its rule, every state with its moves (kept as golden files)."""

from collections.abc import Iterator

from flask import Flask

from agency.kit.states import REGISTRY


def routes(app: Flask) -> Iterator[str]:
    """One line a route: methods, address, endpoint, and the right it needs or why it is public."""
    for rule in sorted(app.url_map.iter_rules(), key=lambda rule: (rule.rule, sorted(rule.methods or ()))):
        view = app.view_functions[rule.endpoint]
        methods = ",".join(sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}))
        why = getattr(view, "needs", None) or f"public: {getattr(view, 'public', 'files of the house')}"
        yield f"{methods:<7} {rule.rule:<52} {rule.endpoint:<36} {why}"


def moves() -> Iterator[str]:
    """One line a move: record, from, verb, to, policy key, fact."""
    for kind in sorted(REGISTRY):
        for move in REGISTRY[kind].all:
            sources, ends = ", ".join(move.sources), " | ".join(move.ends())
            yield f"{kind:<14} {sources} -{move.verb}-> {ends}  [{move.policy}, {move.fact}]"

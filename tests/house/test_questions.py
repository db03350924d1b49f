"""A prepared question is put together once in the life of the process, so it knows nothing of the moment."""

import ast
from collections.abc import Iterator
from pathlib import Path

TOP = Path(__file__).parents[2]
OF_THE_MOMENT = {"clock", "actor", "request", "g", "words", "gettext", "_", ".session"}


def prepared() -> Iterator[tuple[str, ast.FunctionDef]]:
    for path in sorted((TOP / "agency").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.FunctionDef) and "prepared" in map(ast.unparse, node.decorator_list):
                yield f"{path.relative_to(TOP)}:{node.lineno} {node.name}", node


def names(node: ast.AST) -> set[str]:
    plain = {part.id for part in ast.walk(node) if isinstance(part, ast.Name)}
    return plain | {f".{part.attr}" for part in ast.walk(node) if isinstance(part, ast.Attribute)}


def test_no_prepared_question_looks_at_the_moment_it_was_put_together() -> None:
    wrong = {where: found for where, node in prepared() if (found := names(node) & OF_THE_MOMENT)}
    assert not wrong


def test_what_tells_the_shapes_of_a_question_apart_is_plain() -> None:
    # Anybody is a set of roles.
    plain = {"bool", "str", "tuple[str, ...]", "Anybody"}
    wrong = [
        f"{where}: {argument.arg}" for where, node in prepared()
        for argument in (*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs)
        if argument.annotation is None or ast.unparse(argument.annotation) not in plain
    ]
    assert not wrong

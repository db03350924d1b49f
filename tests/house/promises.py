"""What we promise, read off the tests that prove it: `python -m tests.house.promises` writes docs/promises.md."""

import ast
import re
from collections import defaultdict
from pathlib import Path

TOP = Path(__file__).parents[2]
PAGE = TOP / "docs" / "promises.md"
HEAD = """# Promises

Written by `python -m tests.house.promises` from the tests: a promise stands here because a test proves it, and each
sentence below is the name of one. Whatever touches rows is proved on SQLite and on PostgreSQL. Figures are those of the
quick run, `./run test`; where there are two, the second is that of `./run soak`.
"""


def found() -> dict[str, list[tuple[str, str, list[str]]]]:
    """Promise -> (file, its sentence, the names of its tests as sentences)."""
    promises: dict[str, list[tuple[str, str, list[str]]]] = defaultdict(list)
    for path in sorted((TOP / "tests" / "promises").glob("test_p[0-9][0-9]_*.py")):
        tree = ast.parse(path.read_text())
        number = path.name[5:8].upper()
        says = (ast.get_docstring(tree) or "").splitlines()[0]
        names = [
            node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
        ]
        promises[number].append((path.name, says, [_sentence(name) for name in names]))
    return promises


def figures(file: str) -> str:
    """The figures of a file: "KILLS 100 / 1500"."""
    tree = ast.parse((TOP / "tests" / "promises" / file).read_text())
    told = [
        f"{node.targets[0].id.lower()} "
        + " / ".join(f"{one.value:,}" for one in call.args if isinstance(one, ast.Constant))
        for node in tree.body if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name)
        for call in ast.walk(node.value) if isinstance(call, ast.Call) and getattr(call.func, "id", "") == "figure"
    ]
    return f"Figures: {'; '.join(told)}. " if told else ""


def _sentence(name: str) -> str:
    words = re.sub(r"^test_(p\d\d_)?", "", name).replace("_", " ")
    return words[:1].upper() + words[1:] + "."


def page() -> str:
    """The page as it should stand."""
    parts = [HEAD]
    for number, files in sorted(found().items()):
        for file, says, sentences in files:
            told = re.sub(rf"^{number}[:,]?\s*", "", says)
            parts.append(f"## {number}: {told[:1].lower()}{told[1:]}\n")
            parts.append("\n".join(f"- {sentence}" for sentence in sentences))
            parts.append(f"\n{figures(file)}`tests/promises/{file}`\n")
    return "\n".join(parts)


if __name__ == "__main__":
    PAGE.write_text(page())

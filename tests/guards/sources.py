"""The project's own sources, parsed once, and small questions about them."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
PRODUCT = ("api", "geofence", "verification")


def files(*folders: str) -> list[Path]:
    """Every Python file under the folders, or of the product when none is named."""
    wanted = folders or PRODUCT
    return sorted(file for folder in wanted for file in (ROOT / folder).rglob("*.py"))


@cache
def tree(file: Path) -> ast.Module:
    """The parsed file."""
    return ast.parse(file.read_text(), str(file))


def place(file: Path, node: ast.AST) -> str:
    """Where a node stands, for the failure's text."""
    name = file.relative_to(ROOT) if file.is_relative_to(ROOT) else file.name
    return f"{name}:{getattr(node, 'lineno', 0)}"


def functions(module: ast.Module) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Every function and method."""
    for node in ast.walk(module):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def imported(module: ast.Module) -> Iterator[tuple[ast.AST, str]]:
    """Every imported module, with `from a import b` as `a.b` too."""
    for node in ast.walk(module):
        if isinstance(node, ast.Import):
            for name in node.names:
                yield node, name.name
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node, node.module
            for name in node.names:
                yield node, f"{node.module}.{name.name}"

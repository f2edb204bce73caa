"""The house's rules about source text: each takes a parsed file and names what breaks it."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from api.kit.logging import ALLOWED
from tests.guards.document import models
from tests.guards.sources import functions, imported

LONGEST_FUNCTION, LONGEST_FILE = 50, 400
VAGUE = {"utils", "util", "common", "helper", "helpers", "manager", "managers", "misc"}
NAIVE = {"utcnow", "utcfromtimestamp", "fromtimestamp", "today"}
MONEY = re.compile(r"(^|_)(fen|yuan|amount|money|wage|wages|price|pay)($|_)")
SQL = {"execute_query", "execute_query_dict", "execute_script", "execute_many"}
MODELS = {model.__name__ for model in models()}
Found = Iterator[tuple[ast.AST, str]]


def local_imports(module: ast.Module, file: Path) -> Found:
    """An import inside a function hides a dependency."""
    for function in functions(module):
        for node in ast.walk(function):
            if isinstance(node, ast.Import | ast.ImportFrom):
                yield node, "import inside a function"


def long_functions(module: ast.Module, file: Path) -> Found:
    """A function stays under fifty lines."""
    for function in functions(module):
        length = (function.end_lineno or 0) - function.lineno + 1
        if length >= LONGEST_FUNCTION:
            yield function, f"{function.name} has {length} lines"


def long_files(module: ast.Module, file: Path) -> Found:
    """A file stays under four hundred lines."""
    length = max((getattr(node, "end_lineno", 0) or 0 for node in module.body), default=0)
    if length >= LONGEST_FILE:
        yield module, f"{length} lines"


def vague_names(module: ast.Module, file: Path) -> Found:
    """A module's name is a word of the trade."""
    if VAGUE & {file.stem, file.parent.name}:
        yield module, "a vague name"


def undocumented(module: ast.Module, file: Path) -> Found:
    """A module says first what it is."""
    if not ast.get_docstring(module) and module.body:
        yield module, "no docstring"


def naive_datetimes(module: ast.Module, file: Path) -> Found:
    """Time is read in one place alone."""
    if file.as_posix().endswith("api/kit/clock.py"):
        return
    for node in ast.walk(module):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name | ast.Attribute):
            owner = node.value.id if isinstance(node.value, ast.Name) else node.value.attr
            if owner in {"datetime", "date"} and node.attr in NAIVE | {"now"}:
                yield node, f"{owner}.{node.attr}"
            if owner == "time" and node.attr in {"localtime", "gmtime"}:
                yield node, f"{owner}.{node.attr}"


def float_money(module: ast.Module, file: Path) -> Found:
    """Money is integer fen: no float is named, annotated or computed as money."""
    for node in ast.walk(module):
        if isinstance(node, ast.AnnAssign | ast.arg) and node.annotation is not None:
            name = _name(node.target if isinstance(node, ast.AnnAssign) else node)
            if MONEY.search(name) and _mentions_float(node.annotation):
                yield node, f"{name} is a float"
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            returns = node.returns or ast.Constant(None)
            if MONEY.search(node.name) and _mentions_float(returns):
                yield node, f"{node.name} returns a float"
        if isinstance(node, ast.Assign):
            names = [_name(target) for target in node.targets]
            if any(MONEY.search(name) for name in names) and _computes_float(node.value):
                yield node, f"{names[0]} becomes a float"
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Div):
            parts = {_name(node.left), _name(node.right)}
            if any(name.endswith("_fen") for name in parts):
                yield node, "fen divided into a float"


def _name(node: ast.AST) -> str:
    if isinstance(node, ast.arg):
        return node.arg
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


def _mentions_float(annotation: ast.AST) -> bool:
    words = {_name(node) for node in ast.walk(annotation)}
    return bool(words & {"float", "FloatField"})


def _computes_float(value: ast.AST) -> bool:
    for node in ast.walk(value):
        if isinstance(node, ast.Constant) and isinstance(node.value, float):
            return True
        if isinstance(node, ast.Call) and _name(node.func) in {"float", "FloatField"}:
            return True
    return False


def opened_outside_audit(module: ast.Module, file: Path) -> Found:
    """Personal data is opened by the audit's `reveal` alone."""
    path = file.as_posix()
    if path.endswith(("api/kit/personal.py", "api/audit/service.py")):
        return
    for node in ast.walk(module):
        if isinstance(node, ast.Attribute) and node.attr == "open_for_audit":
            yield node, node.attr


def environment_read(module: ast.Module, file: Path) -> Found:
    """Settings alone read the environment (and the migration command's one line)."""
    path = file.as_posix()
    if path.endswith(("api/settings.py", "api/database.py")):
        return
    for node in ast.walk(module):
        if isinstance(node, ast.Attribute) and node.attr in {"environ", "getenv", "environb"}:
            yield node, f"os.{node.attr}"


def foreign_models(module: ast.Module, file: Path) -> Found:
    """A feature calls another's service; it may name another's row, never ask for or make one."""
    feature, theirs = file.parent.name, set()
    for node, name in imported(module):
        match = re.fullmatch(r"api\.([a-z_]+)\.models(?:\.([A-Z]\w+))?", name)
        if not match or match[1] in {feature, "kit"}:
            continue
        theirs.add(match[2])
        if match[2] is None and (isinstance(node, ast.Import) or _takes(node, "models")):
            yield node, f"{feature} imports {name}"
    for node in ast.walk(module):
        used = node.value if isinstance(node, ast.Attribute) else None
        used = node.func if isinstance(node, ast.Call) else used
        if isinstance(used, ast.Name) and used.id in theirs & MODELS:
            yield node, f"{feature} uses the model {used.id}"


def _takes(node: ast.AST, name: str) -> bool:
    return isinstance(node, ast.ImportFrom) and any(each.name == name for each in node.names)


def orm_in_routes(module: ast.Module, file: Path) -> Found:
    """A handler holds no ORM: no models, no Tortoise."""
    if not file.stem.endswith("routes"):
        return
    for node, name in imported(module):
        if name.startswith("tortoise") or name.rpartition(".")[2] in MODELS:
            yield node, f"a route imports {name}"


def string_sql(module: ast.Module, file: Path) -> Found:
    """No SQL is put together from strings."""
    for node in ast.walk(module):
        if not isinstance(node, ast.Call) or _name(node.func) not in SQL:
            continue
        if any(isinstance(part, ast.JoinedStr | ast.BinOp) for part in node.args):
            yield node, _name(node.func)


def logged_values(module: ast.Module, file: Path) -> Found:
    """A log line's event is a constant, and its fields are on the list."""
    for node in ast.walk(module):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
            continue
        if _name(node.func.value) != "log" or node.func.attr == "log":
            continue
        if not (node.args and isinstance(node.args[0], ast.Constant)):
            yield node, "an event that is no constant"
        for word in node.keywords:
            if word.arg not in ALLOWED:
                yield node, f"the field {word.arg}"

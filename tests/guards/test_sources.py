"""The rules about source text hold for the product, and each of them can fail."""

import ast
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.guards import rules
from tests.guards.rules import Found
from tests.guards.sources import files, place, tree

Rule = Callable[[ast.Module, Path], Found]
LONG = "def f():\n" + "    x = 1\n" * 60
LONG_METHOD = "class A:\n    async def f():\n" + "        x = 1\n" * 60

# Each rule with text that breaks it and, where it matters, the file the text stands in.
RULES: list[tuple[Rule, list[tuple[str, str]]]] = [
    (rules.local_imports, [
        ("def f():\n    import os", "x.py"), ("def f():\n    from a import b", "x.py"),
    ]),
    (rules.long_functions, [(LONG, "x.py"), (LONG_METHOD, "x.py")]),
    (rules.long_files, [("x = 1\n" * 400, "x.py")]),
    (rules.vague_names, [("", "api/kit/utils.py"), ("", "api/helpers/x.py")]),
    (rules.undocumented, [("x = 1", "x.py")]),
    (rules.naive_datetimes, [
        ("datetime.now()", "x.py"), ("datetime.now(UTC)", "x.py"), ("datetime.utcnow()", "x.py"),
        ("dt.datetime.now()", "x.py"), ("date.today()", "x.py"), ("datetime.fromtimestamp(1)", "x"),
    ]),
    (rules.float_money, [
        ("amount: float = 1", "x.py"), ("def f(wage_fen: float): ...", "x.py"), ("a_fen / 2", "x"),
        ("def pay() -> float: ...", "x.py"), ("price = 1.5", "x.py"),
        ("self.amount_fen = float(x)", "x.py"), ("amount_fen = fields.FloatField()", "x.py"),
        ("def f(pay: list[float | None]): ...", "x.py"),
    ]),
    (rules.opened_outside_audit, [("value.open_for_audit()", "api/workers/service.py")]),
    (rules.environment_read, [
        ("os.environ['X']", "api/app.py"), ("os.getenv('X')", "api/kit/x.py"),
    ]),
    (rules.foreign_models, [
        ("from api.accounts.models import Account\nAccount.all()", "api/workers/service.py"),
        ("from api.accounts.models import Account\nAccount()", "api/workers/service.py"),
        ("import api.accounts.models", "api/workers/service.py"),
        ("from api.accounts import models", "api/workers/queries.py"),
    ]),
    (rules.orm_in_routes, [
        ("from tortoise import fields", "api/x/routes.py"),
        ("from api.accounts.models import Account", "api/accounts/staff_routes.py"),
    ]),
    (rules.string_sql, [
        ("c.execute_query(f'SELECT {x}')", "x.py"), ("c.execute_query('a' + b)", "x.py"),
    ]),
    (rules.logged_values, [
        ("log.info(f'x {y}')", "x.py"), ("log.info('x', phone=y)", "x.py"),
        ("log.info('x', **y)", "x.py"),
    ]),
]  # fmt: skip


@pytest.mark.parametrize("rule", [pytest.param(rule, id=rule.__name__) for rule, _ in RULES])
def test_the_product_keeps_the_rule(rule: Rule) -> None:
    broken = [f"{place(f, node)}: {what}" for f in files() for node, what in rule(tree(f), f)]
    assert not broken, "\n".join(broken)


@pytest.mark.parametrize(
    ("rule", "text", "file"),
    [
        pytest.param(rule, text, file, id=f"{rule.__name__}-{number}")
        for rule, seeded in RULES
        for number, (text, file) in enumerate(seeded)
    ],
)
def test_the_rule_sees_a_seeded_fault(rule: Rule, text: str, file: str) -> None:
    assert list(rule(ast.parse(text), Path(file)))


def test_the_tests_keep_the_rules_of_size_too() -> None:
    sized: list[Rule] = [rules.long_functions, rules.long_files, rules.local_imports]
    broken = [
        f"{place(f, node)}: {what}"
        for rule in sized
        for f in files("tests", "bench")
        for node, what in rule(tree(f), f)
    ]
    assert not broken, "\n".join(broken)


def test_the_product_is_looked_at() -> None:
    assert len(files()) > 80

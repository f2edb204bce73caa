"""Every example in the docstrings runs, and every public function has one."""

import doctest
import importlib
import inspect
import pkgutil
from collections.abc import Iterator
from types import FunctionType, ModuleType

import pytest

import geofence

MODULES = [
    importlib.import_module(f"geofence.{module.name}")
    for module in pkgutil.iter_modules(geofence.__path__)
]


def public_functions() -> Iterator[tuple[str, FunctionType]]:
    for module in MODULES:
        for name, function in inspect.getmembers(module, inspect.isfunction):
            if function.__module__ == module.__name__ and not name.startswith("_"):
                yield f"{module.__name__}.{name}", function


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.__name__)
def test_examples_run(module: ModuleType) -> None:
    assert doctest.testmod(module).failed == 0


@pytest.mark.parametrize(("name", "function"), list(public_functions()))
def test_every_public_function_shows_an_example(name: str, function: FunctionType) -> None:
    assert ">>> " in (function.__doc__ or ""), name

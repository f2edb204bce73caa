"""What `make run` starts needs nothing that is installed for development alone."""

import re
import subprocess
import sys
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

from tests.guards.sources import ROOT

STARTED = (
    "api.cli", "api.server", "api.worker", "tests.demo.__main__", "tests.emulators.__main__",
    "tests.specimens.__main__",
)  # fmt: skip
PROBE = """
import sys
from importlib import import_module
away = set(sys.argv[1].split(","))
class Away:
    @staticmethod
    def find_spec(name, path=None, target=None):
        if name.partition(".")[0] in away:
            raise ModuleNotFoundError(name)
sys.meta_path.insert(0, Away)
for each in sys.argv[2:]:
    import_module(each)
"""


def named(lock: str) -> set[str]:
    """The distributions that a lock pins."""
    text = (ROOT / lock).read_text()
    return {each.replace("_", "-") for each in re.findall(r"(?m)^([a-z0-9][\w.-]*)", text)}


def away() -> set[str]:
    """The modules that a runtime environment lacks."""
    lacking = named("requirements-dev.lock") - named("requirements.lock")
    return {
        module
        for module, held in packages_distributions().items()
        if {re.sub(r"[-_.]+", "-", each).lower() for each in held} <= lacking
    }


def started(*modules: str, folder: Path = ROOT) -> subprocess.CompletedProcess[str]:
    """Import the modules where nothing else of development can be."""
    command = [sys.executable, "-c", PROBE, ",".join(sorted(away())), *modules]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True)


def test_development_has_packages_of_its_own() -> None:
    assert {"pytest", "httpx", "hypothesis"} <= away()
    assert not {"sanic", "tortoise", "requests"} & away()


@pytest.mark.parametrize("module", STARTED)
def test_it_starts_without_them(module: str) -> None:
    done = started(module)
    assert done.returncode == 0, done.stderr


def test_one_that_needs_them_is_seen(tmp_path: Path) -> None:
    (tmp_path / "needy.py").write_text("import httpx\n")
    assert "ModuleNotFoundError: httpx" in started("needy", folder=tmp_path).stderr

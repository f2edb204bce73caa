"""Who may import whom: the contracts of pyproject.toml hold, and can fail."""

import subprocess
import sys
from pathlib import Path

from tests.guards.sources import ROOT

LINT = [
    sys.executable,
    "-c",
    "from importlinter.cli import lint_imports_command; lint_imports_command()",
]


def lint(*arguments: str, folder: Path = ROOT) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*LINT, *arguments, "--no-cache"], cwd=folder, capture_output=True, text=True
    )


def test_the_contracts_are_kept() -> None:
    done = lint()
    assert done.returncode == 0, done.stdout


def test_an_import_upward_breaks_them(tmp_path: Path) -> None:
    (tmp_path / "api" / "accounts").mkdir(parents=True)
    (tmp_path / "api" / "workers").mkdir()
    for package in ("api", "api/accounts", "api/workers", "geofence", "h5", "verification"):
        (tmp_path / package).mkdir(exist_ok=True)
        (tmp_path / package / "__init__.py").write_text("")
    (tmp_path / "api" / "workers" / "service.py").write_text("")
    (tmp_path / "api" / "workers" / "models.py").write_text("")
    (tmp_path / "pyproject.toml").write_text((ROOT / "pyproject.toml").read_text())
    assert lint(folder=tmp_path).returncode == 0
    (tmp_path / "api" / "accounts" / "service.py").write_text("from api.workers import service\n")
    upward = lint(folder=tmp_path)
    assert upward.returncode == 1
    assert "api.accounts.service -> api.workers.service" in upward.stdout
    (tmp_path / "api" / "accounts" / "service.py").write_text("")
    (tmp_path / "verification" / "rules.py").write_text("from api import accounts\n")
    assert lint(folder=tmp_path).returncode == 1
    (tmp_path / "verification" / "rules.py").write_text("")
    (tmp_path / "h5" / "views.py").write_text("from api.workers import models\n")
    assert "h5.views -> api.workers.models" in lint(folder=tmp_path).stdout

"""What is checked in names no machine and no download address."""

import json
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.guards.sources import ROOT

LOCKS = sorted(ROOT.glob("requirements*.lock"))
LEAST = {"requirements-dev.lock": 30, "requirements-node.lock": 2, "requirements.lock": 30}
NODE_LOCKS = [ROOT / "package-lock.json", ROOT / "tests/drills/_lighthouse/package-lock.json"]
ADDRESS = re.compile(r"https?://|--(extra-)?index-url|--find-links|--trusted-host|git\+|@ file:")
MACHINE = re.compile(r"(?<![\w.])/(work|root|home|Users|mnt|tmp)/\w")
TEXT = {
    ".py",
    ".md",
    ".toml",
    ".lock",
    ".yml",
    ".yaml",
    ".json",
    ".sh",
    ".txt",
    ".cfg",
    ".css",
    ".js",
    "",
}


def tracked() -> list[Path]:
    """Every file of the repository, of the working tree when there is no git."""
    done = subprocess.run(["git", "ls-files", "-co", "--exclude-standard"], cwd=ROOT,
                          capture_output=True, text=True)  # fmt: skip
    if done.returncode == 0:
        found = [ROOT / line for line in done.stdout.splitlines()]
    else:
        found = [f for f in ROOT.rglob("*") if not {".venv", "var"} & set(f.parts)]
    return [file for file in found if file.is_file() and file.suffix in TEXT]


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_a_lock_pins_by_hash_and_names_no_address(lock: Path) -> None:
    text = lock.read_text()
    assert not ADDRESS.search(text)
    blocks = re.split(r"\n(?=[a-z0-9])", text)
    pinned = [block for block in blocks if re.match(r"[a-z0-9][\w.\[\]-]*==", block)]
    assert len(pinned) >= LEAST[lock.name]
    assert all("--hash=sha256:" in block for block in pinned)


def test_there_are_locks() -> None:
    assert [lock.name for lock in LOCKS] == sorted(LEAST)


def node_faults(lock: dict[str, Any]) -> list[str]:
    """What stands in a lock of Node packages with an address, or without a hash."""
    packages = {name: each for name, each in lock["packages"].items() if name}
    return [
        name
        for name, each in packages.items()
        if "resolved" in each or not str(each.get("integrity", "")).startswith("sha512-")
    ]


@pytest.mark.parametrize("lock", NODE_LOCKS, ids=lambda lock: lock.parent.name)
def test_a_node_lock_pins_by_hash_and_names_no_address(lock: Path) -> None:
    held = json.loads(lock.read_text())
    assert len(held["packages"]) > 20
    assert not node_faults(held)
    # The setting that keeps it so stands beside it: npm reads it in the folder of the package.
    assert "omit-lockfile-registry-resolved=true" in (lock.parent / ".npmrc").read_text()


@pytest.mark.parametrize("entry", [{}, {"resolved": "x", "integrity": "sha512-x"}])
def test_a_node_package_without_hash_or_with_address_is_seen(entry: dict[str, str]) -> None:
    assert node_faults({"packages": {"": {}, "node_modules/x": entry}})


@pytest.mark.parametrize(
    "text", ["--index-url x", "a @ https://x/y", "git+ssh://x", "--find-links x"]
)
def test_an_address_is_seen(text: str) -> None:
    assert ADDRESS.search(text)


def test_nothing_names_a_machine() -> None:
    own = {Path(__file__)}
    found = [
        f"{file.relative_to(ROOT)}:{number}"
        for file in tracked()
        if file not in own
        for number, line in enumerate(file.read_text(errors="replace").splitlines(), 1)
        if MACHINE.search(line)
    ]
    assert not found, found


@pytest.mark.parametrize("text", ["root/x", "work/x", "home/wang/x", "mnt/x"])
def test_a_machine_path_is_seen(text: str) -> None:
    assert MACHINE.search(f'open("/{text}")')


def test_the_repository_is_looked_at() -> None:
    assert len(tracked()) > 150

"""The built files: the same bytes everywhere, named by content, packed, light, none left over."""

import gzip
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from h5.rendering import STATIC, manifest
from tests.journeys.walk import ROOT

MOST_CSS = 14_000
MOST_SCRIPT = 20_000
HASHED = re.compile(r"-[A-Za-z0-9]{8}\.\w+$")
FIXED = {"sw.js", "manifest.json"}
AT_A_DESK = ("office", "map")


def build(folder: Path) -> dict[str, bytes]:
    """What the build writes into a folder."""
    own = Path(sys.executable).parent
    path = f"{own}{os.pathsep}{os.environ['PATH']}"
    subprocess.run(
        ["node", "h5/assets/build.mjs", folder],
        cwd=ROOT, env={**os.environ, "PATH": path}, check=True, capture_output=True,
    )  # fmt: skip
    return {file.name: file.read_bytes() for file in folder.iterdir()}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    return build(tmp_path_factory.mktemp("static"))


def test_the_same_sources_give_the_same_bytes(built: dict[str, bytes], tmp_path: Path) -> None:
    assert build(tmp_path) == built


def test_what_left_the_build_stays_an_hour(built: dict[str, bytes], tmp_path: Path) -> None:
    # A running server, or a page that was delivered before, may still ask for it.
    old, late = tmp_path / "old-12345678.js", tmp_path / "late-12345678.js"
    for file, age_s in ((old, 3700), (late, 3500)):
        file.write_text("1")
        then = file.stat().st_mtime - age_s
        os.utime(file, (then, then))
    assert build(tmp_path).keys() == built.keys() | {late.name}


def test_a_name_changes_with_the_contents(built: dict[str, bytes]) -> None:
    for name in built:
        assert HASHED.search(name.removesuffix(".gz")) or name.removesuffix(".gz") in FIXED, name


def test_every_text_has_a_packed_form(built: dict[str, bytes]) -> None:
    packed = {name: gzip.decompress(built[name]) for name in built if name.endswith(".gz")}
    texts = {name for name in built if Path(name).suffix in {".js", ".css", ".svg"}}
    assert texts
    assert packed == {f"{name}.gz": built[name] for name in texts}


def test_the_manifest_names_what_is_there(built: dict[str, bytes]) -> None:
    named = json.loads(built["manifest.json"])
    assert {"app.css", "office.css", "map.css", "sw.js"} <= set(named)
    assert set(named.values()) <= set(built)


def test_sheets_and_scripts_keep_their_budget(built: dict[str, bytes]) -> None:
    named: dict[str, str] = json.loads(built["manifest.json"])
    for name, file in named.items():
        if name == file:  # loads when it is wanted
            continue
        most = MOST_CSS if name.endswith(".css") else MOST_SCRIPT
        assert len(built.get(f"{file}.gz", built[file])) <= most, name


def test_a_worker_s_phone_keeps_what_it_needs_alone(built: dict[str, bytes]) -> None:
    kept = set(re.findall(r"[\w-]+-\w{8}\.\w+", built["sw.js"].decode()))
    named: dict[str, str] = json.loads(built["manifest.json"])
    assert kept == {
        file
        for name, file in named.items()
        if name != file and not name.startswith(AT_A_DESK)
    }  # fmt: skip


def test_what_loads_later_is_named_too(built: dict[str, bytes]) -> None:
    named: dict[str, str] = json.loads(built["manifest.json"])
    loose = {name.removesuffix(".gz") for name in built} - set(named.values()) - FIXED
    assert not loose
    assert any(name == file and "map" in name for name, file in named.items())


def test_no_old_browser_meets_new_syntax(built: dict[str, bytes]) -> None:
    for name, text in built.items():
        if name.endswith(".js"):
            assert not re.search(rb"\?\?|\?\.[a-zA-Z_$(\[]|\{\.\.\.", text), name


def test_weui_is_cut_to_what_is_used(built: dict[str, bytes]) -> None:
    sheets = b"".join(text for name, text in built.items() if name.endswith(".css"))
    assert b".weui-btn" in sheets
    for unused in (b"weui-picker", b"prefers-color-scheme", b"wx-root", b"@font-face"):
        assert unused not in sheets


def test_the_pages_use_the_built_files() -> None:
    assert all((STATIC / file).exists() for file in manifest().values())

"""The key file: readable by its owner alone, and refused when something is missing."""

import json
import stat
from pathlib import Path

import pytest

from api.kit.crypto import Secrets


def test_it_reads_what_it_wrote(tmp_path: Path) -> None:
    secret = Secrets.fresh().with_new_kek()
    secret.write(tmp_path / "keys.json")
    assert Secrets.read(tmp_path / "keys.json") == secret


def test_only_the_owner_may_read(tmp_path: Path) -> None:
    file = tmp_path / "deep" / "keys.json"
    Secrets.fresh().write(file)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [each.name for each in file.parent.iterdir()] == ["keys.json"]


def test_a_new_kek_keeps_the_older_ones() -> None:
    first = Secrets.fresh()
    second = first.with_new_kek()
    assert second.kek_id != first.kek_id
    assert second.keks[first.kek_id] == first.keks[first.kek_id]
    assert (second.index, second.audit, second.signing) == (first.index, first.audit, first.signing)


@pytest.mark.parametrize("name", ["index", "audit", "signing"])
def test_a_short_secret_is_refused(tmp_path: Path, name: str) -> None:
    file = tmp_path / "keys.json"
    Secrets.fresh().write(file)
    raw = json.loads(file.read_text())
    file.write_text(json.dumps({**raw, name: "c2hvcnQ"}))
    with pytest.raises(ValueError, match="32 bytes"):
        Secrets.read(file)


def test_a_missing_current_kek_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "keys.json"
    Secrets.fresh().write(file)
    raw = json.loads(file.read_text())
    file.write_text(json.dumps({**raw, "kek_id": "k9"}))
    with pytest.raises(ValueError, match="current KEK"):
        Secrets.read(file)

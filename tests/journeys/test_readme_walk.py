"""The README's walk, pasted block after block into a shell against a fresh server."""

import json
import re
import subprocess

import pytest

from tests.journeys.serving import Server
from tests.journeys.walk import ROOT, blocks

pytestmark = pytest.mark.timeout(300)
LINK = re.compile(r"\]\(([^)#]+)")


def test_a_newcomer_sees_one_verified_one_reviewed_and_one_refused(city: Server) -> None:
    environment = city.environment | {"PYTHON": "python3"}
    walk = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", "\n".join(blocks("README.md"))],
        cwd=ROOT, env=environment, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert walk.returncode == 0, walk.stdout + walk.stderr
    first, second, third = (
        json.loads((city.folder / "specimens" / f"{name}-answer.json").read_text())
        for name in ("verified", "review", "refused")
    )
    assert first["status"] == "verified"
    assert first["verification_code"].startswith("W51-")
    assert second["status"] == "needs_review"
    assert third["status"] == "refused"
    assert third["reasons"][0]["code"] == "identity.other_person"
    decided = [line for line in walk.stdout.splitlines() if line.startswith('{"status":"verified"')]
    assert decided[-1].count("W51-") == 1, walk.stdout


def test_both_languages_walk_the_same_way() -> None:
    assert blocks("README.md") == blocks("README.zh-CN.md")


@pytest.mark.parametrize("name", ["README.md", "README.zh-CN.md"])
def test_every_link_leads_somewhere(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    gone = [to for to in LINK.findall(text) if "://" not in to and not (ROOT / to).exists()]
    assert not gone

"""The README's walk, pasted block after block into a shell against a fresh server."""

import json
import re
import subprocess
from typing import Any

import pytest

from tests.journeys.serving import Server
from tests.journeys.walk import ROOT, blocks

pytestmark = pytest.mark.timeout(300)
LINK = re.compile(r"\]\(([^)#]+)")


@pytest.fixture(scope="module")
def printed(city: Server) -> str:
    """What the whole walk prints."""
    environment = city.environment | {"PYTHON": "python3"}
    walk = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", "\n".join(blocks("README.md"))],
        cwd=ROOT, env=environment, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert walk.returncode == 0, walk.stdout + walk.stderr
    return walk.stdout


def answer(city: Server, name: str) -> Any:
    """An answer that the walk kept."""
    return json.loads((city.folder / "specimens" / f"{name}-answer.json").read_text())


def test_a_newcomer_sees_one_verified_one_reviewed_and_one_refused(
    city: Server, printed: str
) -> None:
    first, second, third = (answer(city, name) for name in ("verified", "review", "refused"))
    assert first["status"] == "verified"
    assert first["verification_code"].startswith("W51-")
    assert second["status"] == "needs_review"
    assert third["status"] == "refused"
    assert third["reasons"][0]["code"] == "identity.other_person"
    decided = [line for line in printed.splitlines() if line.startswith('{"status":"verified"')]
    assert decided[-1].count("W51-") == 1, printed


def test_he_punches_inside_outside_and_without_a_signal(city: Server, printed: str) -> None:
    assert (answer(city, "inside")["verdict"], answer(city, "inside")["signals"]) == ("inside", [])
    assert answer(city, "outside")["verdict"] == "outside"
    queue = answer(city, "batch")["items"]
    assert [each["status"] for each in queue] == ["created"] * 4
    assert {each["punch"]["verdict"] for each in queue} == {"inside"}
    assert "\nduplicate\n" in printed


def test_the_disputed_day_is_seen_by_the_county_alone(city: Server, printed: str) -> None:
    disputed, seen = answer(city, "disputed"), answer(city, "county")
    acts = [step["act"] for step in disputed["steps"]]
    assert (disputed["state"], acts[-2:]) == ("disputed", ["reject", "dispute"])
    assert '"status":"confirmed"' in printed
    assert (seen["id"], seen["state"]) == (disputed["id"], "disputed")
    assert answer(city, "neighbour")["status"] == 404


def test_both_languages_walk_the_same_way() -> None:
    assert blocks("README.md") == blocks("README.zh-CN.md")


@pytest.mark.parametrize("name", ["README.md", "README.zh-CN.md"])
def test_every_link_leads_somewhere(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    gone = [to for to in LINK.findall(text) if "://" not in to and not (ROOT / to).exists()]
    assert not gone

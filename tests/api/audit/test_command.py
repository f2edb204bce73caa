"""`verify-audit`: exit status 0 for a whole audit, 1 and the place for a broken one."""

from collections.abc import Awaitable, Callable
from pathlib import Path
from uuid import UUID

import pytest
from tortoise import connections

from api import cli
from api.audit import service as audit
from api.audit.tags import Tag
from api.kit.actor import Actor
from api.kit.transaction import transaction
from api.settings import Settings
from tests.api.kit.processes import opened


async def three_acts() -> None:
    for _ in range(3):
        async with transaction():
            audit.record(Actor(account_id=UUID(int=3)), Tag.GRANT_GIVEN, ("account", None))


def tamper(sqlite: bool) -> Callable[[], Awaitable[None]]:
    async def act() -> None:
        client = connections.get("default")
        place = "" if sqlite else " ON audit_line"
        await client.execute_query(f"DROP TRIGGER audit_line_no_update{place}")
        await client.execute_query("UPDATE audit_line SET tag = 'grant.taken' WHERE seq = 2")

    return act


def test_it_says_whether_the_audit_is_whole(
    settings: Settings, store_name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    opened(settings, three_acts)
    opened(settings, lambda: audit.anchor(settings.var / "audit-anchors"))
    assert cli.verify_audit(settings) == 0
    assert capsys.readouterr().out == "audit is whole\n"
    opened(settings, tamper(store_name == "sqlite"))
    assert cli.verify_audit(settings) == 1
    assert "line 2: changed" in capsys.readouterr().out


def test_a_forged_anchor_fails_it(
    settings: Settings, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    opened(settings, three_acts)
    file = opened(settings, lambda: audit.anchor(settings.var / "audit-anchors"))
    file.write_text(file.read_text().replace("[3, ", "[2, "))
    assert cli.verify_audit(settings) == 1
    assert "anchor forged" in capsys.readouterr().out

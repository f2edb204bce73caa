"""Workers' records made directly, where the way to them is not what is tested."""

import secrets
from typing import Any

from api.kit.actor import SYSTEM
from api.kit.personal import Kind, Personal
from api.workers import service
from api.workers.models import CodeState, Worker, WorkerState
from tests.cast import FIRM_A
from tests.specimens import Person
from verification.code import CodeKind, new_code


async def collected(someone: Person, region: str = "510107") -> Worker:
    """A worker whom an enterprise collected."""
    row, _ = await service.register_collected(
        SYSTEM,
        tenant_id=FIRM_A,
        id_kind="01",
        number=Personal.of(Kind.ID_NUMBER, someone.number),
        name=Personal.of(Kind.NAME, someone.name),
        region=region,
        sex="male" if someone.sex == "男" else "female",
        nation=someone.nation,
        phone=Personal.of(Kind.PHONE, someone.phone),
        address=Personal.of(Kind.ADDRESS, someone.address),
        birth=Personal.of(Kind.TEXT, f"{someone.birth:%Y-%m-%d}"),
    )
    return row


async def known(someone: Person, region: str = "510107", **changed: Any) -> Worker:
    """A verified worker with a code."""
    row = await collected(someone, region)
    row.code = new_code(CodeKind.WORKER, "51", secrets.token_bytes).compact
    row.code_state, row.state = CodeState.ACTIVE, WorkerState.VERIFIED
    await row.update_from_dict(changed).save()
    return row

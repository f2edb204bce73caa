"""Zhang's and Li's payslips of October, as far on their way as a test asks."""

import io
from datetime import date
from typing import Any
from uuid import UUID

import httpx
from PIL import Image, ImageDraw

from api.kit.ids import new_id
from api.kit.transaction import transaction
from api.wages.models import WageLine, WageSheet
from api.wages.paying import mark
from api.wages.rules import PayState
from tests.api.wages import paid
from tests.api.wages.paid import Paid, days, fine
from tests.cast import Client

OWN = "/api/v1/me/payslips"
ME = "/api/v1/me"


def strokes() -> tuple[str, bytes, str]:
    """A drawn signature as the pad sends it."""
    sheet = Image.new("RGB", (600, 300), "white")
    ImageDraw.Draw(sheet).line([(40, 200), (200, 60), (300, 240), (520, 90)], "black", 8)
    content = io.BytesIO()
    sheet.save(content, "PNG")
    return ("s.png", content.getvalue(), "image/png")


async def opened(client: Client) -> Paid:
    """Both worked twenty days of October at 300 and 280 yuan; nothing is drawn yet."""
    world = await paid.opened(client)
    await world.terms()
    await world.terms(world.li, rate_fen=28000)
    for worker_id in (world.zhang, world.li):
        await world.work(worker_id, days("2026-10-09", 20))
    return world


async def one(world: Paid, who: str = "zhang") -> dict[str, Any]:
    """The newest payslip of one of them, whole."""
    [row, *_] = fine(await world.client.get(OWN, as_=who))["items"]
    whole = await shown(world, row["id"], who)
    # The list is read by a statement of its own: it must not say anything else.
    assert row == {name: whole[name] for name in row}
    return whole


async def shown(world: Paid, payslip_id: str, who: str = "zhang") -> dict[str, Any]:
    """A payslip."""
    return fine(await world.client.get(f"{OWN}/{payslip_id}", as_=who))


async def sign(
    world: Paid, slip: dict[str, Any], who: str = "zhang", **said: str
) -> httpx.Response:
    """What is answered to a drawn signature of what was read."""
    form = {"digest": slip["digest"], **said}
    path = f"{OWN}/{slip['id']}/signature"
    return await world.client.post(path, as_=who, data=form, files={"strokes": strokes()})


async def object_to(
    world: Paid, slip: dict[str, Any], who: str = "zhang", **said: Any
) -> httpx.Response:
    """What is answered to an objection."""
    body = {"words": "10 月 9 号我干了一天半。", **said}
    # A form without a file would not be sent in parts.
    parts = {
        name: value if isinstance(value, tuple) else (None, value) for name, value in body.items()
    }
    return await world.client.post(f"{OWN}/{slip['id']}/objections", as_=who, files=parts)


async def released(world: Paid) -> dict[str, Any]:
    """The sheet of October, signed and released."""
    await world.ready()
    return await world.to("released")


async def banked(
    sheet: dict[str, Any], then: PayState = PayState.SUCCEEDED, on: str = "2026-11-18"
) -> None:
    """Every line went to the bank, and that is what became of it."""
    for line in await WageLine.filter(sheet_id=sheet["id"]):
        async with transaction():
            await mark(line.id, PayState.SENT)
            if then is not PayState.SENT:
                await mark(line.id, then, on=date.fromisoformat(on))


async def copied(sheet: dict[str, Any], month: str) -> UUID:
    """The same sheet of another month; its id."""
    row = await WageSheet.get(id=sheet["id"])
    fields = {name: getattr(row, name) for name in row._meta.db_fields}
    changed = {"id": new_id(), "month": month, "number": f"{row.number[:7]}{month[2:]}"}
    return (await WageSheet.create(**fields | changed)).id

"""Everything held about a person, gathered for his copy: JSON for machines, PDF for him.

The copy holds plain values, so opening them stands in the audit: one line for each table and kind.
"""

import asyncio
import io
import json
import zipfile
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from api.audit import service as audit
from api.audit.tags import Purpose, Tag
from api.files import service as files
from api.files.errors import NoSuchFile
from api.kit import clock
from api.kit.actor import SYSTEM
from api.kit.holdings import Holding, Person
from api.kit.personal import Personal
from api.kit.transaction import transaction
from api.privacy import export_print, reading, rendering
from api.privacy.register import HELD

FORMAT = "gongyou.person/1"
MOST_FILE_BYTES = 30 * 1024 * 1024
"""Photos and recordings that go along at most; the rest is listed and can be asked for."""
README = (
    "这是工友平台上关于您的全部资料。\r\n"
    "资料.pdf 给您看；资料.json 给别的系统读；文件夹里是您交过的照片和录音。\r\n"
    "里面有您的身份证号、手机号和银行卡号，请不要发给别人。\r\n"
)


@dataclass(frozen=True, slots=True)
class Part:
    """The rows of one kind in plain, and the names behind ids."""

    holding: Holding
    rows: list[dict[str, Any]]
    names: dict[str, str]


async def copy_of(who: Person) -> tuple[bytes, int]:
    """A ZIP file with everything held about the person, and how many rows it has."""
    async with transaction():
        parts = [await _part(holding, who) for holding in HELD]
        audit.record(
            SYSTEM, Tag.DATA_EXPORTED, ("account", who.account_ids[0]),
            rows=sum(len(part.rows) for part in parts),
        )  # fmt: skip
    looks = [look.model_dump(mode="json") for look in await reading.looks_at(who)]
    attached = await _files(parts)
    packed = await asyncio.to_thread(_pack, parts, looks, attached)
    return packed, sum(len(part.rows) for part in parts)


async def _part(holding: Holding, who: Person) -> Part:
    rows = await holding.rows(who)
    values = [
        value
        for row in rows
        for name in holding.shown
        if isinstance(value := getattr(row, name), Personal)
    ]
    subject = ("account", who.account_ids[0])
    texts = iter(audit.reveal_all(SYSTEM, values, Purpose.EXPORT, subject))
    # Values are opened in the order in which the rows are gone through again.
    plain = [rendering.row_of(holding, row, lambda _: next(texts)) for row in rows]
    return Part(holding, plain, await rendering.names_in(holding, rows))


async def _files(parts: list[Part]) -> dict[str, bytes]:
    """The person's stored photos and recordings by name, the newest first, as far as they fit."""
    found: dict[str, bytes] = {}
    left = MOST_FILE_BYTES
    stored = next(part for part in parts if part.holding.table == "stored_file")
    for row in reversed(stored.rows):
        fits = row["deleted_at"] is None and row["purpose"] != "export" and row["size"] <= left
        if not fits:
            continue
        try:
            content = await files.read(UUID(row["id"]))
        except NoSuchFile:
            continue
        left -= len(content)
        ending = "jpg" if content[:2] == b"\xff\xd8" else "bin"
        found[f"照片和录音/{row['id']}.{ending}"] = content
    return found


def _pack(parts: list[Part], looks: list[dict[str, Any]], attached: dict[str, bytes]) -> bytes:
    whole = {
        "format": FORMAT,
        "made_at": clock.now().isoformat(timespec="seconds"),
        "held": [_machine(part) for part in parts],
        "looks": looks,
    }
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("说明.txt", README.encode("utf-8-sig"))
        archive.writestr("资料.json", json.dumps(whole, ensure_ascii=False, indent=1))
        archive.writestr("资料.pdf", export_print.pdf([_readable(part) for part in parts], looks))
        for name, content in attached.items():
            archive.writestr(name, content, zipfile.ZIP_STORED)
    return packed.getvalue()


def _machine(part: Part) -> dict[str, Any]:
    holding = part.holding
    return {
        **reading.held_out(holding).model_dump(),
        "columns": dict(holding.shown),
        "words": {column: dict(words) for column, words in holding.words.items()},
        "names": part.names,
        "rows": part.rows,
    }


def _readable(part: Part) -> export_print.Chapter:
    holding = part.holding
    about = reading.held_out(holding)
    return export_print.Chapter(
        title=holding.called,
        about=(
            f"用途：{about.purpose}。依据：{about.ground}。保存：{about.kept}。"
            f"谁能看：{about.seen_by}。注销后：{about.on_erasure}。"
        ),
        head=tuple(holding.shown.values()),
        rows=[
            tuple(
                rendering.said(holding, column, row[column], part.names) for column in holding.shown
            )
            for row in part.rows
        ],
    )

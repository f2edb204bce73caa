"""Everything held about a person, gathered for his copy: JSON for machines, PDF for him.

The copy holds plain values, so opening them stands in the audit: one line for each table and kind.
"""

import asyncio
import io
import json
import zipfile
from collections.abc import Collection, Sequence
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
    parts = await gathered(HELD, who)
    looks = [look.model_dump(mode="json") for look in await reading.looks_at(who)]
    attached = await stored(parts, "照片和录音", None)
    packed = await asyncio.to_thread(_pack, parts, looks, attached)
    return packed, rows_in(parts)


async def gathered(holdings: Sequence[Holding], who: Person) -> list[Part]:
    """The person's rows of these kinds in plain, which stands in the audit."""
    async with transaction():
        parts = [await _part(holding, who) for holding in holdings]
        subject = ("account", who.account_ids[0])
        audit.record(SYSTEM, Tag.DATA_EXPORTED, subject, rows=rows_in(parts))
    return parts


def rows_in(parts: Sequence[Part]) -> int:
    """How many rows there are."""
    return sum(len(part.rows) for part in parts)


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


async def stored(
    parts: list[Part], folder: str, purposes: Collection[str] | None
) -> dict[str, bytes]:
    """The person's stored photos and recordings by name, the newest first, as far as they fit.

    purposes: only those for these, None: all but copies of before.
    """
    found: dict[str, bytes] = {}
    left = MOST_FILE_BYTES
    listed = next(part for part in parts if part.holding.table == "stored_file")
    for row in reversed(listed.rows):
        wanted = row["purpose"] != "export" if purposes is None else row["purpose"] in purposes
        if not wanted or row["deleted_at"] is not None or row["size"] > left:
            continue
        try:
            content = await files.read(UUID(row["id"]))
        except NoSuchFile:
            continue
        left -= len(content)
        ending = "jpg" if content[:2] == b"\xff\xd8" else "bin"
        found[f"{folder}/{row['id']}.{ending}"] = content
    return found


def _pack(parts: list[Part], looks: list[dict[str, Any]], attached: dict[str, bytes]) -> bytes:
    whole = {
        "format": FORMAT,
        "made_at": clock.now().isoformat(timespec="seconds"),
        "held": [machine(part) for part in parts],
        "looks": looks,
    }
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("说明.txt", README.encode("utf-8-sig"))
        archive.writestr("资料.json", json.dumps(whole, ensure_ascii=False, indent=1))
        archive.writestr(
            "资料.pdf",
            export_print.pdf(export_print.WHOLE, [chapter(part) for part in parts], looks),
        )
        for name, content in attached.items():
            archive.writestr(name, content, zipfile.ZIP_STORED)
    return packed.getvalue()


def machine(part: Part) -> dict[str, Any]:
    """A kind of data for machines."""
    holding = part.holding
    return {
        **reading.held_out(holding).model_dump(),
        "columns": dict(holding.shown),
        "words": {column: dict(words) for column, words in holding.words.items()},
        "names": part.names,
        "rows": part.rows,
    }


def chapter(part: Part) -> export_print.Chapter:
    """A kind of data for people."""
    holding = part.holding
    about = reading.held_out(holding)
    return export_print.Chapter(
        title=holding.called,
        about=(
            f"用途：{about.purpose}。依据：{about.ground}。保存：{about.kept}。"
            f"谁能看：{about.seen_by}。注销后：{about.on_erasure}。"
        ),
        head=tuple(rendering.called(each) for each in holding.shown.values()),
        rows=[
            tuple(
                rendering.said(holding, column, row[column], part.names) for column in holding.shown
            )
            for row in part.rows
        ],
    )

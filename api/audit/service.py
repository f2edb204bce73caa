"""Records acts in the transaction that does them, opens personal data, verifies the chain."""

import asyncio
import json
from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from tortoise.expressions import Q

from api.audit import rules
from api.audit.models import AuditHead, AuditLine
from api.audit.tags import Purpose, Tag
from api.kit import clock
from api.kit.actor import Actor
from api.kit.crypto import keyring
from api.kit.ids import new_id
from api.kit.metrics import REVEALS
from api.kit.personal import Personal
from api.kit.rows import add_all
from api.kit.transaction import unit

Fact = str | int | bool | None
Subject = tuple[str, UUID | None]
LOOKS = frozenset({
    Tag.COMPLAINT_SEEN, Tag.CONSISTENCY_CHECKED, Tag.KEPT_IDENTITY_OPENED, Tag.PERSONAL_REVEALED,
    Tag.RESTRICTION_CHECKED, Tag.VERIFICATION_OPENED,
})  # fmt: skip
"""Lines that say that somebody looked at a person's data."""


def record(
    actor: Actor, tag: Tag, subject: Subject, *, tenant_id: UUID | None = None, **facts: Fact
) -> None:
    """Add a line to the running transaction. `facts` are ids, codes and counts, never personal.

    TypeError for a fact of another type.
    """
    for value in facts.values():
        if not isinstance(value, str | int | bool | None):
            raise TypeError("an audit fact is an id, a code or a count")
    unit().gather(
        _append,
        AuditLine(
            at=clock.now(),
            tag=tag,
            account_id=actor.account_id,
            session_id=actor.session_id,
            request_id=actor.origin.request_id,
            subject=subject[0],
            subject_id=subject[1],
            tenant_id=tenant_id,
            facts=facts,
        ),
    )


def reveal(actor: Actor, value: Personal, purpose: Purpose, subject: Subject) -> str:
    """The plain text of a person's data, with a line that says who opened it and why."""
    record(actor, Tag.PERSONAL_REVEALED, subject, kind=value.kind, purpose=purpose)
    REVEALS.labels(value.kind, purpose).inc()
    return value.open_for_audit()


def reveal_all(
    actor: Actor, values: Iterable[Personal], purpose: Purpose, subject: Subject
) -> list[str]:
    """The plain texts of many values at once, in their order, with one line for each kind."""
    opened = list(values)
    for kind, many in Counter(value.kind for value in opened).items():
        record(actor, Tag.PERSONAL_REVEALED, subject, kind=kind, purpose=purpose, values=many)
        REVEALS.labels(kind, purpose).inc(many)
    return [value.open_for_audit() for value in opened]


async def looks_at(subjects: Iterable[Subject], own: Iterable[UUID], many: int) -> list[AuditLine]:
    """The newest `many` lines of others who opened these subjects' data; `own` accounts are none.

    Jobs open data too, for the person himself: only accounts are told of.
    """
    by_name: dict[str, list[UUID]] = defaultdict(list)
    for name, row_id in subjects:
        if row_id is not None:
            by_name[name].append(row_id)
    told = Q(*(Q(subject=n, subject_id__in=ids) for n, ids in by_name.items()), join_type=Q.OR)
    if not by_name:
        return []
    lines = AuditLine.filter(told, tag__in=list(LOOKS), account_id__isnull=False)
    return await lines.exclude(account_id__in=list(own)).order_by("-id").limit(many)


async def has_recorded(actor: Actor, tag: Tag, subject: Subject) -> bool:
    """Whether the actor's account has a line of this kind on the subject, now or from before."""
    wanted = (actor.account_id, tag, *subject)
    lines: list[AuditLine] = unit().gathered.get(_append, [])
    if any((o.account_id, o.tag, o.subject, o.subject_id) == wanted for o in lines):
        return True
    return await AuditLine.filter(
        subject=subject[0], subject_id=subject[1], account_id=actor.account_id, tag=tag
    ).exists()


async def _append(lines: list[AuditLine]) -> None:
    chains: dict[str, list[AuditLine]] = defaultdict(list)
    for line in lines:
        chains[rules.chain_of(clock.day_of(line.at), line.account_id)].append(line)
    key = keyring().secret.audit
    for chain in sorted(chains):
        head = await _locked_head(chain)
        for line in chains[chain]:
            head.seq += 1
            line.id, line.chain, line.seq = new_id(), chain, head.seq
            line.hash = head.hash = rules.line_hash(key, head.hash, line)
        await head.save(update_fields=["seq", "hash"])
    await add_all(lines)


async def _locked_head(chain: str) -> AuditHead:
    head = await AuditHead.filter(chain=chain).select_for_update().first()
    if head is None:
        await AuditHead.bulk_create([AuditHead(chain=chain)], ignore_conflicts=True)
        head = await AuditHead.filter(chain=chain).select_for_update().get()
    return head


async def verify() -> list[rules.Break]:
    """The first break of every chain that has one; empty when the audit is whole."""
    breaks = []
    heads = {head.chain: (head.seq, head.hash) for head in await AuditHead.all()}
    chains = await AuditLine.all().distinct().values_list("chain", flat=True)
    for chain in sorted({*heads, *map(str, chains)}):
        lines = await AuditLine.filter(chain=chain).order_by("seq")
        key = keyring().secret.audit
        found = rules.first_break(key, chain, lines, heads.get(chain, (0, "")))
        if found:
            breaks.append(found)
    return breaks


async def verify_anchors(folder: Path) -> list[rules.Break]:
    """Chains whose anchored end is gone or different: a tail cut off together with its head."""
    breaks = []
    for name, heads in await asyncio.to_thread(_anchors, folder):
        if heads is None:
            breaks.append(rules.Break(name, 0, "anchor forged"))
            continue
        for chain, (seq, line_hash) in heads.items():
            if not await AuditLine.filter(chain=chain, seq=seq, hash=line_hash).exists():
                breaks.append(rules.Break(chain, seq, "truncated"))
    return breaks


async def anchor(folder: Path) -> Path:
    """Write the signed ends of the last two days' chains to a file outside the database."""
    since = f"{clock.today() - timedelta(days=1):%Y%m%d}"
    rows = await AuditHead.filter(chain__gte=since, seq__gt=0)
    heads = {head.chain: [head.seq, head.hash] for head in rows}
    text = json.dumps(heads, sort_keys=True)
    file = folder / f"{clock.now():%Y%m%dT%H%M%SZ}.json"
    anchored = {"heads": heads, "signature": keyring().sign("audit-anchor", text)}
    await asyncio.to_thread(_write_anchor, file, json.dumps(anchored))
    return file


def _anchors(folder: Path) -> list[tuple[str, dict[str, Any] | None]]:
    return [(file.stem, _heads(file.read_bytes())) for file in sorted(folder.glob("*.json"))]


def _heads(raw: bytes) -> dict[str, Any] | None:
    """The anchored ends of chains; None when `anchor` did not write them so."""
    try:
        anchored = json.loads(raw)
        heads, signature = anchored["heads"], str(anchored["signature"])
    except (ValueError, LookupError, TypeError):
        return None
    text = json.dumps(heads, sort_keys=True)
    return heads if keyring().signed("audit-anchor", text, signature) else None


def _write_anchor(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text)

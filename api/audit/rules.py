"""The hash chain: which chain a line joins and what its hash covers."""

import hmac
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any, Protocol
from uuid import UUID

import orjson

SHARDS = 16


class Line(Protocol):
    """What a line's hash covers."""

    id: UUID
    chain: str
    seq: int
    at: Any
    tag: str
    account_id: UUID | None
    session_id: UUID | None
    request_id: str
    subject: str
    subject_id: UUID | None
    tenant_id: UUID | None
    facts: dict[str, Any]
    hash: str


@dataclass(frozen=True, slots=True)
class Break:
    """The first bad line of a chain, and what is wrong with it."""

    chain: str
    seq: int
    what: str


def chain_of(day: date, account_id: UUID | None) -> str:
    """The chain of a day and one of sixteen shards, so that few acts wait for one another."""
    shard = account_id.int % SHARDS if account_id else 0
    return f"{day:%Y%m%d}/{shard:02d}"


def line_hash(key: bytes, before: str, line: Line) -> str:
    """HMAC-SHA256 over the hash before and the line in canonical JSON, as 64 hex digits."""
    content = [
        str(line.id), line.chain, line.seq, line.at.isoformat(), line.tag, _text(line.account_id),
        _text(line.session_id), line.request_id, line.subject, _text(line.subject_id),
        _text(line.tenant_id), line.facts,
    ]  # fmt: skip
    canonical = orjson.dumps(content, option=orjson.OPT_SORT_KEYS)
    return hmac.new(key, before.encode() + canonical, sha256).hexdigest()


def first_break(
    key: bytes, chain: str, lines: Iterable[Line], head: tuple[int, str]
) -> Break | None:
    """The first line of a chain, in order of `seq`, that does not follow; None when all do."""
    seq, before = 0, ""
    for line in lines:
        seq += 1
        if line.seq != seq:
            return Break(chain, seq, "missing")
        follows = hmac.compare_digest(line.hash, line_hash(key, before, line))
        if line.chain != chain or not follows:
            return Break(chain, seq, "changed")
        before = line.hash
    return None if (seq, before) == head else Break(chain, seq + 1, "truncated")


def _text(value: UUID | None) -> str | None:
    return str(value) if value else None

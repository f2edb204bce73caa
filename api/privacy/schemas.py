"""What goes in and out of the room of one's own data."""

import datetime as dt
from typing import Any
from uuid import UUID

from pydantic import Field

from api.kit.schemas import Body, Line, Out
from api.privacy.models import ErasureState, ExportKind, ExportState


class HeldOut(Out):
    """One kind of data: what for, on what ground, how long, who sees it, what erasing does."""

    table: str
    called: str
    purpose: str
    ground: str
    kept: str
    seen_by: str
    on_erasure: str


class HeldListOut(Out):
    """Everything that may be held about a person, by kind."""

    items: list[HeldOut]


class HeldRowsOut(Out):
    """One page of the rows of a kind, masked: columns with their names, rows, words of values."""

    held: HeldOut
    columns: dict[str, str]
    words: dict[str, dict[str, str]]
    names: dict[str, str]
    items: list[dict[str, Any]]
    next_cursor: str | None


class LookOut(Out):
    """Somebody looked: when, at what, who by his office, why."""

    at: dt.datetime
    what: str
    who: str
    why: str


class LooksOut(Out):
    """Who looked at one's data, the newest first, at most two hundred."""

    items: list[LookOut]


class ExportOut(Out):
    """A copy of everything or of what proves work and wages, and whether it can be fetched."""

    id: UUID
    kind: ExportKind
    state: ExportState
    rows: int
    size: int
    created_at: dt.datetime
    ready_at: dt.datetime | None
    fetchable: bool


class EvidenceKeyOut(Out):
    """The public key of evidence packs; fingerprint: SHA-256 of its DER form."""

    algorithm: str
    public_key_pem: str
    fingerprint: str


class ErasureOut(Out):
    """Where erasing stands: what has to be done first, and when it is due."""

    state: ErasureState | None
    due_at: dt.datetime | None
    hindrances: list[str]
    days: int


class KeptOpeningIn(Body):
    """An authority's document and why it needs to know who an erased worker was."""

    document: Line = Field(max_length=100)
    reason: Line = Field(max_length=200)


class KeptIdentityOut(Out):
    """Who an erased worker was."""

    worker_id: UUID
    id_kind: str
    name: str
    number: str
    erased_at: dt.datetime

"""Frozen evidence: his days, work-log lines and payslips as they stand at the filing; a hash."""

import json
from datetime import timedelta
from decimal import Decimal
from hashlib import sha256
from typing import Any
from uuid import UUID

from api.attendance import service as attendance
from api.attendance.service import Workday
from api.complaints.models import ComplaintEvidence
from api.complaints.rules import EVIDENCE_DAYS
from api.kit import clock
from api.payslips import service as payslips
from api.worklog import service as worklog
from api.worklog.service import LogLine

Frozen = dict[str, Any]


async def taken(worker_id: UUID, project_id: UUID) -> Frozen:
    """What the platform holds of his work on the project up to now."""
    last = clock.today()
    first = last - timedelta(days=EVIDENCE_DAYS)
    days = await attendance.days_between(worker_id, project_id, first, last)
    lines = await worklog.lines_between(worker_id, project_id, first, last)
    return {
        "taken_at": clock.now().isoformat(),
        "project_id": str(project_id),
        "from": first.isoformat(),
        "to": last.isoformat(),
        "days": [_day(row) for row in days],
        "lines": [_line(row) for row in lines],
        "slips": await payslips.frozen(worker_id, project_id, first, last),
    }


def digest_of(frozen: Frozen) -> str:
    """SHA-256 of the evidence in its canonical form: sorted names, no blanks, UTF-8."""
    text = json.dumps(frozen, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return sha256(text.encode()).hexdigest()


async def keep(complaint_id: UUID, frozen: Frozen, digest: str) -> None:
    """The evidence is kept with its hash, within the running transaction."""
    await ComplaintEvidence.create(complaint_id=complaint_id, frozen=frozen, digest=digest)


async def of(complaint_id: UUID) -> ComplaintEvidence:
    """The evidence of a complaint."""
    return await ComplaintEvidence.get(complaint_id=complaint_id)


def _day(row: Workday) -> Frozen:
    return {
        "day": row.day.isoformat(),
        "state": row.state.value,
        "units": _plain(row.units),
        "found_units": _plain(row.found_units),
        "hours": _plain(row.hours),
        "first_at": row.first_at.isoformat() if row.first_at else None,
        "last_at": row.last_at.isoformat() if row.last_at else None,
        "punches": row.evidence,
    }


def _line(row: LogLine) -> Frozen:
    books = {}
    for book in ("worker", "leader"):
        if getattr(row, f"{book}_entries"):
            books[book] = {
                "units": _plain(getattr(row, f"{book}_units")),
                "hours": _plain(getattr(row, f"{book}_hours")),
                "overtime_hours": _plain(getattr(row, f"{book}_overtime")),
                "quantity": _plain(getattr(row, f"{book}_quantity")),
                "amount_fen": getattr(row, f"{book}_amount_fen"),
            }
    return {
        "day": row.day.isoformat(),
        "kind": row.kind.value,
        "unit": row.unit,
        "difference": row.difference,
        **books,
    }


def _plain(number: Decimal) -> str:
    return f"{Decimal(number).normalize():f}"

"""给家人看: a link by which somebody the worker trusts reads one payslip for some days (BY-21)."""

import re
import secrets
from datetime import timedelta
from uuid import UUID

from api.audit import service as audit
from api.audit.tags import Tag
from api.enterprises import service as enterprises
from api.kit import clock
from api.kit.actor import Actor
from api.kit.crypto import keyring
from api.kit.rate_limit import Limit
from api.kit.transaction import transaction
from api.payslips.errors import NoSuchShare
from api.payslips.models import PayslipShare
from api.payslips.schemas import SharedPayslipOut, ShareIn, ShareOut
from api.projects import service as projects
from api.settings import settings
from api.wages import service as wages
from api.wages.reckoning import plain
from api.workers import service as workers

SHOWN = 20
LOOKS = Limit("payslip_share", 60, 60, by="ip")
_SHAPE = re.compile(r"[A-Za-z0-9_-]{22}")


async def share(actor: Actor, line_id: UUID, given: ShareIn) -> ShareOut:
    """A new link; its address is told now and never again. NoSuchLine."""
    line = await wages.own_line(actor, line_id)
    token = secrets.token_urlsafe(16)
    async with transaction():
        row = await PayslipShare.create(
            line_id=line.id,
            worker_id=line.worker_id,
            project_id=line.project_id,
            account_id=actor.id,
            key=key_of(token),
            expires_at=clock.now() + timedelta(days=given.days),
        )
        audit.record(actor, Tag.PAYSLIP_SHARED, ("payslip_share", row.id), days=given.days)
    return _out(row, f"{settings().public_url.rstrip('/')}/payslips/{token}")


async def own(actor: Actor) -> list[ShareOut]:
    """The actor's newest links, without their addresses."""
    rows = await PayslipShare.filter(account_id=actor.id).order_by("-id").limit(SHOWN)
    return [_out(row) for row in rows]


async def revoke(actor: Actor, share_id: UUID) -> ShareOut:
    """The link leads nowhere from now on; the same again changes nothing. NoSuchShare."""
    async with transaction():
        rows = PayslipShare.filter(id=share_id, account_id=actor.id)
        row = await rows.select_for_update().first()
        if row is None:
            raise NoSuchShare
        if row.revoked_at is None:
            row.revoked_at = clock.now()
            await row.save(update_fields=["revoked_at"])
            audit.record(actor, Tag.PAYSLIP_SHARE_REVOKED, ("payslip_share", row.id))
    return _out(row)


async def shared(token: str) -> SharedPayslipOut:
    """What the link shows. NoSuchShare, whatever is wrong with it."""
    known = PayslipShare.filter(key=key_of(token)) if _SHAPE.fullmatch(token) else None
    row = await known.first() if known else None
    if row is None or not _good(row):
        raise NoSuchShare
    line = await wages.shown_line(row.line_id)
    if line is None:
        raise NoSuchShare
    names = await workers.masked_names({line.worker_id})
    sites = await projects.names({line.project_id})
    firms = await enterprises.names_of({line.enterprise_id})
    return SharedPayslipOut(
        name=names.get(line.worker_id, ""),
        month=line.month,
        project=sites.get(line.project_id, ""),
        enterprise=firms.get(line.enterprise_id, ""),
        units=plain(line.units),
        items=[wages.item(each) for each in (await wages.items_of([line.id]))[line.id]],
        gross_fen=line.gross_fen,
        deducted_fen=line.deducted_fen,
        net_fen=line.net_fen,
        pay_state=line.pay_state,
        paid_on=line.paid_on,
        expires_at=row.expires_at,
    )


def _good(row: PayslipShare) -> bool:
    return row.revoked_at is None and row.expires_at > clock.now()


def key_of(token: str) -> str:
    """What is kept of a link: a keyed digest, from which it does not follow."""
    return keyring().digest(f"payslip_share:{token}".encode())


def _out(row: PayslipShare, url: str | None = None) -> ShareOut:
    return ShareOut(
        id=row.id,
        payslip_id=row.line_id,
        created_at=row.created_at,
        expires_at=row.expires_at,
        revoked_at=row.revoked_at,
        over=not _good(row),
        url=url,
    )

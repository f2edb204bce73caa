"""Steps of a sheet, each kept for good, and what the audit says of lines.

Everything here runs within the transaction of the service that calls it.
"""

from uuid import UUID

from api.audit import service as audit
from api.audit.tags import Tag
from api.kit.actor import Actor
from api.wages.models import WageLine, WageSheet, WageStep
from api.wages.rules import Act

TAGS = {
    Act.MADE: Tag.WAGE_SHEET_MADE,
    Act.SUBMITTED: Tag.WAGE_SHEET_SUBMITTED,
    Act.AUDITED: Tag.WAGE_SHEET_AUDITED,
    Act.RECHECKED: Tag.WAGE_SHEET_RECHECKED,
    Act.RELEASED: Tag.WAGE_SHEET_RELEASED,
    Act.RETURNED: Tag.WAGE_SHEET_RETURNED,
    Act.VOIDED: Tag.WAGE_SHEET_VOIDED,
    Act.ARCHIVED: Tag.WAGE_SHEET_ARCHIVED,
    Act.CORRECTED: Tag.WAGE_SHEET_CORRECTED,
    Act.PAYING: Tag.WAGE_SHEET_PAID,
    Act.PARTLY_PAID: Tag.WAGE_SHEET_PAID,
    Act.PAID: Tag.WAGE_SHEET_PAID,
}


async def step(
    actor: Actor, row: WageSheet, act: Act, *, reason: str = "", line_id: UUID | None = None
) -> None:
    """Keep the step that led the sheet to where it is, for good. In a running transaction."""
    await WageStep.create(
        sheet_id=row.id,
        act=act,
        state=row.state,
        version=row.version,
        total_fen=row.total_fen,
        line_id=line_id,
        reason=reason,
        account_id=row.made_by if act is Act.MADE else actor.account_id,
    )
    audit.record(
        actor, TAGS[act], ("wage_sheet", row.id), tenant_id=row.enterprise_id,
        state=row.state.value, version=row.version, total_fen=row.total_fen,
    )  # fmt: skip


def record_line(actor: Actor, tag: Tag, line: WageLine) -> None:
    """The audit says what was done with a line. In a running transaction."""
    audit.record(
        actor, tag, ("wage_line", line.id), tenant_id=line.enterprise_id,
        sheet=str(line.sheet_id), version=line.version, state=line.state.value,
    )  # fmt: skip

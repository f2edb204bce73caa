"""打击报复: his engagement ended by the enterprise soon after a complaint is for the authority."""

from datetime import date, timedelta
from uuid import UUID

from api.audit import service as audit
from api.audit.tags import Tag
from api.complaints import steps
from api.complaints.models import Complaint
from api.complaints.rules import RETALIATION_DAYS
from api.engagements import service as engagements
from api.kit.actor import SYSTEM
from api.kit.transaction import transaction
from api.workers import service as workers


async def look(engagement_id: UUID, on: date) -> int:
    """Flag the complaints of the 30 days before `on`, when the exit was recorded; how many.

    The day of recording counts, not the day that was recorded: that one could be put back. Neither
    the enterprise nor the complainant sees the flag.
    """
    period = await engagements.find(engagement_id)
    if period is None:
        return 0
    concerned = [period.enterprise_id, period.contractor_id]
    rows = Complaint.filter(
        worker_id__in=await workers.ids_of(period.worker_id),
        enterprise_id__in=concerned,
        filed_on__gte=on - timedelta(days=RETALIATION_DAYS),
        filed_on__lte=on,
        flagged_on=None,
    )
    async with transaction():
        found = await rows.order_by("id").select_for_update()
        for row in found:
            row.flagged_on, row.flagged_engagement_id = on, engagement_id
            await row.save(update_fields=["flagged_on", "flagged_engagement_id"])
            await steps.tell_region(SYSTEM, row, "complaint.flagged_region")
            audit.record(
                SYSTEM, Tag.COMPLAINT_FLAGGED, ("complaint", row.id), engagement=str(engagement_id)
            )
    return len(found)

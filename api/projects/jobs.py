"""What happens to projects by itself."""

from datetime import timedelta

from api.enterprises import service as enterprises
from api.kit.actor import SYSTEM
from api.kit.jobs import regular
from api.kit.transaction import transaction
from api.projects import units
from api.projects.models import Participation


@regular("projects.link_units", every=timedelta(minutes=10))
async def link_units() -> None:
    """Units that were entered before they registered here see their projects once verified."""
    unknown = await Participation.filter(enterprise_id=None)
    firms = await enterprises.by_credit_codes({row.credit_code for row in unknown})
    for row in unknown:
        firm = firms.get(row.credit_code)
        if firm is None:
            continue
        async with transaction():
            mine = Participation.filter(id=row.id, enterprise_id=None)
            if await mine.update(enterprise_id=firm.id, name=firm.name):
                row.enterprise_id = firm.id
                await units.tell(SYSTEM, row)

"""Regular acts of the audit."""

from datetime import timedelta

from api.audit import service
from api.kit.jobs import regular
from api.settings import settings


@regular("audit.anchor", every=timedelta(hours=1))
async def anchor() -> None:
    """Write the signed ends of the chains outside the database."""
    await service.anchor(settings().var / "audit-anchors")

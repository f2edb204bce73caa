"""What other features ask of payments."""

from uuid import UUID

from api.payroll.models import BatchLine
from api.payroll.rules import PaymentState

__all__ = ["BatchLine", "PaymentState", "payments_of"]


async def payments_of(line_id: UUID) -> list[BatchLine]:
    """The payments of a wage line, oldest first; payee and card stay sealed."""
    return await BatchLine.filter(line_id=line_id).order_by("id")

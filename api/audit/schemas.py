"""Audit lines as an auditor reads them."""

from datetime import datetime
from typing import Any
from uuid import UUID

from api.audit.models import AuditLine
from api.kit.pagination import PageQuery
from api.kit.schemas import Out


class AuditQuery(PageQuery):
    """Lines of one account, one subject, or all."""

    account_id: UUID | None = None
    subject_id: UUID | None = None


class AuditLineOut(Out):
    """One act: when, who, what, on what; the facts hold ids and codes only."""

    id: UUID
    at: datetime
    tag: str
    account_id: UUID | None
    subject: str
    subject_id: UUID | None
    tenant_id: UUID | None
    facts: dict[str, Any]
    chain: str
    seq: int

    @classmethod
    def of(cls, line: AuditLine) -> "AuditLineOut":
        """The line as shown."""
        return cls.model_validate(line, from_attributes=True)

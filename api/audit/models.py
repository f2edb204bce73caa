"""Audit tables. Triggers refuse updates and deletes of lines; see the migrations."""

from typing import Any

from tortoise import fields

from api.kit.fields import InstantField, Record


class AuditLine(Record):
    """One act. `hash` covers the line and the `hash` before it in its chain."""

    chain = fields.CharField(max_length=16)
    seq = fields.BigIntField()
    at = InstantField()
    tag = fields.CharField(max_length=48)
    account_id = fields.UUIDField(null=True)
    session_id = fields.UUIDField(null=True)
    request_id = fields.CharField(max_length=64)
    subject = fields.CharField(max_length=32)
    subject_id = fields.UUIDField(null=True)
    tenant_id = fields.UUIDField(null=True)
    facts: fields.Field[dict[str, Any]] = fields.JSONField()
    hash = fields.CharField(max_length=64)

    class Meta:
        table = "audit_line"
        unique_together = (("chain", "seq"),)
        indexes = (("subject", "subject_id"), ("account_id", "id"), ("tenant_id", "id"))


class AuditHead(Record):
    """The end of a chain: its last number and hash, locked while lines are added."""

    chain = fields.CharField(max_length=16, unique=True)
    seq = fields.BigIntField(default=0)
    hash = fields.CharField(max_length=64, default="")

    class Meta:
        table = "audit_head"

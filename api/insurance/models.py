"""Policies, and whom they insure."""

from tortoise import fields

from api.insurance.rules import Kind
from api.kit.fields import EnumField, Record


class InsurancePolicy(Record):
    """A policy for a project: for everybody on it (按项目参保), or for those named to it.

    enterprise_id: who took it out. contractor_id: the project's general contractor, who sees it
    too. Days are inclusive.
    """

    project_id = fields.UUIDField()
    enterprise_id = fields.UUIDField()
    contractor_id = fields.UUIDField()
    region = fields.CharField(max_length=6)
    kind = EnumField(Kind, max_length=16)
    insurer = fields.CharField(max_length=100)
    number = fields.CharField(max_length=50)
    whole_project = fields.BooleanField()
    starts_on = fields.DateField()
    ends_on = fields.DateField()
    recorded_by = fields.UUIDField(null=True)

    class Meta:
        table = "insurance_policy"
        unique_together = (("enterprise_id", "project_id", "number"),)
        indexes = (
            ("enterprise_id", "id"),
            ("contractor_id", "id"),
        )


class Cover(Record):
    """Whom a policy insures: a worker's period on a project, or everybody on the project.

    engagement_id, worker_id: None for everybody. The days are the policy's.
    """

    policy_id = fields.UUIDField()
    project_id = fields.UUIDField()
    engagement_id = fields.UUIDField(null=True)
    worker_id = fields.UUIDField(null=True)
    enterprise_id = fields.UUIDField()
    contractor_id = fields.UUIDField()
    region = fields.CharField(max_length=6)
    starts_on = fields.DateField()
    ends_on = fields.DateField()

    class Meta:
        table = "insurance_cover"
        unique_together = (("policy_id", "engagement_id"),)
        indexes = (
            ("engagement_id", "ends_on"),
            ("project_id", "engagement_id", "ends_on"),
            ("worker_id", "id"),
            ("enterprise_id", "ends_on"),
            ("contractor_id", "ends_on"),
            ("region", "ends_on"),
        )

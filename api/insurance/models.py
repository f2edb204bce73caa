"""Policies, and the workers who are named to them."""

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
            ("project_id", "whole_project", "ends_on"),
            ("enterprise_id", "id"),
            ("contractor_id", "id"),
            ("whole_project", "region", "ends_on"),
        )


class InsuredPeriod(Record):
    """A worker's period on a project that is named to a policy. The days are the policy's."""

    policy_id = fields.UUIDField()
    engagement_id = fields.UUIDField()
    worker_id = fields.UUIDField()
    enterprise_id = fields.UUIDField()
    contractor_id = fields.UUIDField()
    region = fields.CharField(max_length=6)
    starts_on = fields.DateField()
    ends_on = fields.DateField()

    class Meta:
        table = "insured_period"
        unique_together = (("policy_id", "engagement_id"),)
        indexes = (
            ("engagement_id", "ends_on"),
            ("worker_id", "id"),
            ("enterprise_id", "ends_on"),
            ("contractor_id", "ends_on"),
            ("region", "ends_on"),
        )

from tortoise import migrations
from tortoise.migrations import operations as ops
from api.kit.clock import now
from api.kit.fields import InstantField, PersonalField
from api.kit.ids import new_id
from api.kit.personal import Kind
from orjson import loads
from tortoise.fields.data import JSON_DUMPS
from tortoise import fields
from tortoise.indexes import Index
from migrations import AddFilled


class Migration(migrations.Migration):
    dependencies = [("models", "0020_constraints_conduct")]

    initial = False

    operations = [
        ops.CreateModel(
            name="Accident",
            fields=[
                (
                    "id",
                    fields.UUIDField(primary_key=True, default=new_id, unique=True, db_index=True),
                ),
                ("created_at", InstantField(default=now, auto_now=False, auto_now_add=False)),
                ("worker_id", fields.UUIDField()),
                ("account_id", fields.UUIDField()),
                ("side", fields.CharField(max_length=12)),
                ("engagement_id", fields.UUIDField()),
                ("project_id", fields.UUIDField()),
                ("enterprise_id", fields.UUIDField()),
                ("contractor_id", fields.UUIDField()),
                ("region", fields.CharField(max_length=6)),
                ("happened_on", fields.DateField()),
                ("happened_at", fields.CharField(default="", max_length=5)),
                ("harm", fields.CharField(max_length=12)),
                ("spot", PersonalField(kind=Kind.TEXT)),
                ("text", PersonalField(kind=Kind.TEXT)),
                ("photo_ids", fields.JSONField(encoder=JSON_DUMPS, decoder=loads)),
                ("told", fields.JSONField(encoder=JSON_DUMPS, decoder=loads)),
                ("state", fields.CharField(default="reported", max_length=12)),
                ("insurer_told_on", fields.DateField(null=True)),
                ("claimed_on", fields.DateField(null=True)),
                ("claimed_by", fields.CharField(default="", max_length=12)),
                ("claim_number", fields.CharField(default="", max_length=50)),
                ("employer_due_on", fields.DateField()),
                ("worker_due_on", fields.DateField()),
                ("next_on", fields.DateField(null=True, db_index=True)),
            ],
            options={
                "table": "accident",
                "app": "models",
                "indexes": [
                    Index(fields=["worker_id", "id"]),
                    Index(fields=["enterprise_id", "id"]),
                    Index(fields=["contractor_id", "id"]),
                    Index(fields=["region", "id"]),
                ],
                "pk_attr": "id",
                "table_description": "What happened to a worker on a project, and how far its handling is.",
            },
            bases=["Record"],
        ),
        ops.CreateModel(
            name="AccidentStep",
            fields=[
                (
                    "id",
                    fields.UUIDField(primary_key=True, default=new_id, unique=True, db_index=True),
                ),
                ("created_at", InstantField(default=now, auto_now=False, auto_now_add=False)),
                ("accident_id", fields.UUIDField()),
                ("act", fields.CharField(max_length=16)),
                ("side", fields.CharField(max_length=12)),
                ("note", PersonalField(null=True, kind=Kind.TEXT)),
                ("account_id", fields.UUIDField(null=True)),
            ],
            options={
                "table": "accident_step",
                "app": "models",
                "indexes": [Index(fields=["accident_id", "id"])],
                "pk_attr": "id",
                "table_description": "One step of an accident: what was done, by which side. Append-only. note: sealed.",
            },
            bases=["Record"],
        ),
        ops.CreateModel(
            name="EmergencyContact",
            fields=[
                (
                    "id",
                    fields.UUIDField(primary_key=True, default=new_id, unique=True, db_index=True),
                ),
                ("created_at", InstantField(default=now, auto_now=False, auto_now_add=False)),
                ("worker_id", fields.UUIDField()),
                ("place", fields.SmallIntField()),
                ("name", PersonalField(kind=Kind.NAME)),
                ("phone", PersonalField(kind=Kind.PHONE)),
                ("relation", fields.CharField(max_length=12)),
            ],
            options={
                "table": "emergency_contact",
                "app": "models",
                "unique_together": (("worker_id", "place"),),
                "pk_attr": "id",
                "table_description": "Whom to call when something happened to a worker: two at most, by their place.",
            },
            bases=["Record"],
        ),
        ops.CreateModel(
            name="InsurancePolicy",
            fields=[
                (
                    "id",
                    fields.UUIDField(primary_key=True, default=new_id, unique=True, db_index=True),
                ),
                ("created_at", InstantField(default=now, auto_now=False, auto_now_add=False)),
                ("project_id", fields.UUIDField()),
                ("enterprise_id", fields.UUIDField()),
                ("contractor_id", fields.UUIDField()),
                ("region", fields.CharField(max_length=6)),
                ("kind", fields.CharField(max_length=16)),
                ("insurer", fields.CharField(max_length=100)),
                ("number", fields.CharField(max_length=50)),
                ("whole_project", fields.BooleanField()),
                ("starts_on", fields.DateField()),
                ("ends_on", fields.DateField()),
                ("recorded_by", fields.UUIDField(null=True)),
            ],
            options={
                "table": "insurance_policy",
                "app": "models",
                "unique_together": (("enterprise_id", "project_id", "number"),),
                "indexes": [
                    Index(fields=["enterprise_id", "id"]),
                    Index(fields=["contractor_id", "id"]),
                ],
                "pk_attr": "id",
                "table_description": "A policy for a project: for everybody on it (按项目参保), or for those named to it.",
            },
            bases=["Record"],
        ),
        ops.CreateModel(
            name="Cover",
            fields=[
                (
                    "id",
                    fields.UUIDField(primary_key=True, default=new_id, unique=True, db_index=True),
                ),
                ("created_at", InstantField(default=now, auto_now=False, auto_now_add=False)),
                ("policy_id", fields.UUIDField()),
                ("project_id", fields.UUIDField()),
                ("engagement_id", fields.UUIDField(null=True)),
                ("worker_id", fields.UUIDField(null=True)),
                ("enterprise_id", fields.UUIDField()),
                ("contractor_id", fields.UUIDField()),
                ("region", fields.CharField(max_length=6)),
                ("starts_on", fields.DateField()),
                ("ends_on", fields.DateField()),
            ],
            options={
                "table": "insurance_cover",
                "app": "models",
                "unique_together": (("policy_id", "engagement_id"),),
                "indexes": [
                    Index(fields=["engagement_id", "ends_on"]),
                    Index(fields=["project_id", "engagement_id", "ends_on"]),
                    Index(fields=["worker_id", "id"]),
                    Index(fields=["enterprise_id", "ends_on"]),
                    Index(fields=["contractor_id", "ends_on"]),
                    Index(fields=["region", "ends_on"]),
                ],
                "pk_attr": "id",
                "table_description": "Whom a policy insures: a worker's period on a project, or everybody on the project.",
            },
            bases=["Record"],
        ),
        ops.CreateModel(
            name="ProfileCorrection",
            fields=[
                (
                    "id",
                    fields.UUIDField(primary_key=True, default=new_id, unique=True, db_index=True),
                ),
                ("created_at", InstantField(default=now, auto_now=False, auto_now_add=False)),
                ("worker_id", fields.UUIDField()),
                ("account_id", fields.UUIDField()),
                ("region", fields.CharField(max_length=6)),
                ("field", fields.CharField(max_length=16)),
                ("certificate_id", fields.UUIDField(null=True)),
                ("old", PersonalField(kind=Kind.TEXT)),
                ("wanted", PersonalField(kind=Kind.TEXT)),
                ("photo_id", fields.UUIDField()),
                ("state", fields.CharField(default="pending", max_length=12)),
                ("reason", fields.CharField(default="", max_length=500)),
                ("decided_by", fields.UUIDField(null=True)),
                ("decided_at", InstantField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "profile_correction",
                "app": "models",
                "indexes": [
                    Index(fields=["worker_id", "id"]),
                    Index(fields=["region", "state", "id"]),
                    Index(fields=["region", "id"]),
                ],
                "pk_attr": "id",
                "table_description": "What a worker wants corrected, with a photo that proves it, one open for each field.",
            },
            bases=["Record"],
        ),
        ops.CreateModel(
            name="Resume",
            fields=[
                (
                    "id",
                    fields.UUIDField(primary_key=True, default=new_id, unique=True, db_index=True),
                ),
                ("created_at", InstantField(default=now, auto_now=False, auto_now_add=False)),
                ("worker_id", fields.UUIDField(unique=True)),
                ("code", fields.CharField(null=True, unique=True, max_length=32)),
                ("parts", fields.JSONField(encoder=JSON_DUMPS, decoder=loads)),
                ("shown_at", InstantField(auto_now=False, auto_now_add=False)),
                ("expires_at", InstantField(auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "resume",
                "app": "models",
                "pk_attr": "id",
                "table_description": "The code under which a worker lets others read his career, and what of it.",
            },
            bases=["Record"],
        ),
        ops.CreateModel(
            name="WorkerCard",
            fields=[
                (
                    "id",
                    fields.UUIDField(primary_key=True, default=new_id, unique=True, db_index=True),
                ),
                ("created_at", InstantField(default=now, auto_now=False, auto_now_add=False)),
                ("worker_id", fields.UUIDField()),
                ("enterprise_id", fields.UUIDField()),
                ("region", fields.CharField(max_length=6)),
                ("number", PersonalField(kind=Kind.BANK_CARD)),
                ("number_index", fields.CharField(unique=True, max_length=32)),
                ("bank_name", fields.CharField(max_length=100)),
                ("issued_on", fields.DateField()),
                ("state", fields.CharField(default="active", max_length=12)),
                ("replaces_id", fields.UUIDField(null=True)),
                ("closed_on", fields.DateField(null=True)),
            ],
            options={
                "table": "worker_card",
                "app": "models",
                "indexes": [
                    Index(fields=["worker_id", "id"]),
                    Index(fields=["enterprise_id", "id"]),
                ],
                "pk_attr": "id",
                "table_description": "A card 安康卡 of a worker. One active card for each worker, one row for each number.",
            },
            bases=["Record"],
        ),
        ops.CreateModel(
            name="WorkerCardStep",
            fields=[
                (
                    "id",
                    fields.UUIDField(primary_key=True, default=new_id, unique=True, db_index=True),
                ),
                ("created_at", InstantField(default=now, auto_now=False, auto_now_add=False)),
                ("card_id", fields.UUIDField()),
                ("act", fields.CharField(max_length=12)),
                ("reason", fields.CharField(default="", max_length=500)),
                ("account_id", fields.UUIDField(null=True)),
            ],
            options={
                "table": "worker_card_step",
                "app": "models",
                "indexes": [Index(fields=["card_id", "id"])],
                "pk_attr": "id",
                "table_description": "What happened to a card, who did it, and why. Append-only.",
            },
            bases=["Record"],
        ),
        AddFilled(
            model_name="Worker",
            name="education",
            field=fields.CharField(default="", max_length=2),
        ),
        AddFilled(
            model_name="Worker",
            name="skill",
            field=fields.CharField(default="", max_length=20),
        ),
    ]

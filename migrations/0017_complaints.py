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


class Migration(migrations.Migration):
    dependencies = [("models", "0016_constraints_worklog")]

    initial = False

    operations = [
        ops.CreateModel(
            name="Complaint",
            fields=[
                (
                    "id",
                    fields.UUIDField(primary_key=True, default=new_id, unique=True, db_index=True),
                ),
                ("created_at", InstantField(default=now, auto_now=False, auto_now_add=False)),
                ("number", fields.CharField(unique=True, max_length=20)),
                ("kind", fields.CharField(max_length=12)),
                ("topic", fields.CharField(max_length=12)),
                ("account_id", fields.UUIDField()),
                ("worker_id", fields.UUIDField()),
                ("project_id", fields.UUIDField()),
                ("enterprise_id", fields.UUIDField()),
                ("region", fields.CharField(max_length=6)),
                ("office", fields.CharField(default="", max_length=100)),
                ("addressee", fields.CharField(max_length=12)),
                ("holder", fields.CharField(max_length=12)),
                ("anonymous", fields.BooleanField()),
                ("state", fields.CharField(default="received", max_length=12)),
                ("outcome", fields.CharField(default="", max_length=12)),
                ("office_state", fields.CharField(default="hidden", max_length=12)),
                ("office_lags", fields.BooleanField(default=False, db_index=True)),
                ("text", PersonalField(null=True, kind=Kind.TEXT)),
                ("shown_text", PersonalField(null=True, kind=Kind.TEXT)),
                ("content", fields.CharField(default="waiting", max_length=12)),
                ("photo_ids", fields.JSONField(encoder=JSON_DUMPS, decoder=loads)),
                ("voice_id", fields.UUIDField(null=True)),
                ("voice_seconds", fields.IntField(default=0)),
                ("filed_on", fields.DateField()),
                ("accept_by", fields.DateField()),
                ("answer_by", fields.DateField(null=True)),
                ("due_on", fields.DateField(null=True, db_index=True)),
                ("extended", fields.BooleanField(default=False)),
                ("overdue", fields.BooleanField(default=False)),
                ("digest", fields.CharField(max_length=64)),
                ("read_on", fields.DateField(null=True)),
                ("seen_by", fields.CharField(default="", max_length=24)),
                ("flagged_on", fields.DateField(null=True)),
                ("flagged_engagement_id", fields.UUIDField(null=True)),
            ],
            options={
                "table": "complaint",
                "app": "models",
                "indexes": [
                    Index(fields=["worker_id", "id"]),
                    Index(fields=["enterprise_id", "office_state", "id"]),
                    Index(fields=["region", "holder", "state", "id"]),
                    Index(fields=["region", "id"]),
                ],
                "pk_attr": "id",
                "table_description": "A complaint or suggestion, and where it stands.",
            },
            bases=["Record"],
        ),
        ops.CreateModel(
            name="ComplaintEvidence",
            fields=[
                (
                    "id",
                    fields.UUIDField(primary_key=True, default=new_id, unique=True, db_index=True),
                ),
                ("created_at", InstantField(default=now, auto_now=False, auto_now_add=False)),
                ("complaint_id", fields.UUIDField(unique=True)),
                ("frozen", fields.JSONField(encoder=JSON_DUMPS, decoder=loads)),
                ("digest", fields.CharField(max_length=64)),
            ],
            options={
                "table": "complaint_evidence",
                "app": "models",
                "pk_attr": "id",
                "table_description": "His work days and lines of the work log as they stood at the filing. Append-only.",
            },
            bases=["Record"],
        ),
        ops.CreateModel(
            name="ComplaintStep",
            fields=[
                (
                    "id",
                    fields.UUIDField(primary_key=True, default=new_id, unique=True, db_index=True),
                ),
                ("created_at", InstantField(default=now, auto_now=False, auto_now_add=False)),
                ("complaint_id", fields.UUIDField()),
                ("act", fields.CharField(max_length=12)),
                ("side", fields.CharField(max_length=12)),
                ("note", PersonalField(null=True, kind=Kind.TEXT)),
                ("region", fields.CharField(default="", max_length=6)),
                ("office", fields.CharField(default="", max_length=100)),
                ("due_on", fields.DateField(null=True)),
                ("by_itself", fields.BooleanField(default=False)),
                ("account_id", fields.UUIDField(null=True)),
            ],
            options={
                "table": "complaint_step",
                "app": "models",
                "indexes": [Index(fields=["complaint_id", "id"])],
                "pk_attr": "id",
                "table_description": "One step of a complaint: what was done, by which side. Append-only.",
            },
            bases=["Record"],
        ),
    ]

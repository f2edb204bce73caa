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
    dependencies = [("models", "0018_constraints_complaints")]

    initial = False

    operations = [
        ops.CreateModel(
            name="ConductRecord",
            fields=[
                (
                    "id",
                    fields.UUIDField(primary_key=True, default=new_id, unique=True, db_index=True),
                ),
                ("created_at", InstantField(default=now, auto_now=False, auto_now_add=False)),
                ("subject", fields.CharField(max_length=12)),
                ("worker_id", fields.UUIDField(null=True)),
                ("team_id", fields.UUIDField(null=True)),
                ("firm_id", fields.UUIDField(null=True)),
                ("project_id", fields.UUIDField()),
                ("enterprise_id", fields.UUIDField(null=True)),
                ("region", fields.CharField(max_length=6)),
                ("kind", fields.CharField(max_length=8)),
                ("version", fields.CharField(max_length=40)),
                ("level", fields.CharField(max_length=12)),
                ("happened_on", fields.DateField()),
                ("proposed_by", fields.UUIDField()),
                ("state", fields.CharField(max_length=12)),
                ("outcome", fields.CharField(default="", max_length=12)),
                ("due_on", fields.DateField(null=True, db_index=True)),
                ("decided_by", fields.UUIDField(null=True)),
                ("decided_region", fields.CharField(default="", max_length=6)),
                ("document", fields.CharField(default="", max_length=100)),
                ("valid_from", fields.DateField(null=True)),
                ("valid_to", fields.DateField(null=True)),
                ("appealed_on", fields.DateField(null=True)),
                ("appeal_region", fields.CharField(default="", max_length=6)),
                ("repair_from", fields.DateField(null=True)),
                ("restricts", fields.BooleanField(default=False)),
                ("restriction_id", fields.UUIDField(null=True)),
                ("shown", fields.BooleanField(default=False)),
            ],
            options={
                "table": "conduct_record",
                "app": "models",
                "indexes": [
                    Index(fields=["worker_id", "id"]),
                    Index(fields=["team_id", "id"]),
                    Index(fields=["firm_id", "id"]),
                    Index(fields=["enterprise_id", "id"]),
                    Index(fields=["region", "state", "id"]),
                    Index(fields=["region", "id"]),
                    Index(fields=["appeal_region", "state", "id"]),
                    Index(fields=["shown", "id"]),
                    Index(fields=["shown", "region", "id"]),
                ],
                "pk_attr": "id",
                "table_description": "Good or bad conduct, proposed, heard, decided, and in force for a term.",
            },
            bases=["Record"],
        ),
        ops.CreateModel(
            name="ConductStep",
            fields=[
                (
                    "id",
                    fields.UUIDField(primary_key=True, default=new_id, unique=True, db_index=True),
                ),
                ("created_at", InstantField(default=now, auto_now=False, auto_now_add=False)),
                ("record_id", fields.UUIDField()),
                ("act", fields.CharField(max_length=16)),
                ("side", fields.CharField(max_length=12)),
                ("note", PersonalField(null=True, kind=Kind.TEXT)),
                ("photo_ids", fields.JSONField(encoder=JSON_DUMPS, decoder=loads)),
                ("due_on", fields.DateField(null=True)),
                ("account_id", fields.UUIDField(null=True)),
            ],
            options={
                "table": "conduct_step",
                "app": "models",
                "indexes": [Index(fields=["record_id", "id"])],
                "pk_attr": "id",
                "table_description": "One step of a record: what was done, by which side. Append-only.",
            },
            bases=["Record"],
        ),
        ops.CreateModel(
            name="Evaluation",
            fields=[
                (
                    "id",
                    fields.UUIDField(primary_key=True, default=new_id, unique=True, db_index=True),
                ),
                ("created_at", InstantField(default=now, auto_now=False, auto_now_add=False)),
                ("subject", fields.CharField(max_length=12)),
                ("worker_id", fields.UUIDField(null=True)),
                ("team_id", fields.UUIDField(null=True)),
                ("project_id", fields.UUIDField()),
                ("enterprise_id", fields.UUIDField()),
                ("region", fields.CharField(max_length=6)),
                ("month", fields.CharField(max_length=7)),
                ("quality", fields.SmallIntField()),
                ("safety", fields.SmallIntField()),
                ("teamwork", fields.SmallIntField()),
                ("text", PersonalField(kind=Kind.TEXT)),
                ("made_by", fields.UUIDField()),
                ("state", fields.CharField(default="given", max_length=12)),
                ("said", PersonalField(null=True, kind=Kind.TEXT)),
                ("answer", PersonalField(null=True, kind=Kind.TEXT)),
            ],
            options={
                "table": "conduct_evaluation",
                "app": "models",
                "indexes": [
                    Index(fields=["worker_id", "id"]),
                    Index(fields=["team_id", "id"]),
                    Index(fields=["enterprise_id", "id"]),
                ],
                "pk_attr": "id",
                "table_description": "How a worker or team did on a project in a month, in the words of an enterprise.",
            },
            bases=["Record"],
        ),
        ops.CreateModel(
            name="ScoreReview",
            fields=[
                (
                    "id",
                    fields.UUIDField(primary_key=True, default=new_id, unique=True, db_index=True),
                ),
                ("created_at", InstantField(default=now, auto_now=False, auto_now_add=False)),
                ("worker_id", fields.UUIDField()),
                ("region", fields.CharField(max_length=6)),
                ("text", PersonalField(kind=Kind.TEXT)),
                ("answer", PersonalField(null=True, kind=Kind.TEXT)),
                ("points", fields.SmallIntField(default=0)),
                ("answered_on", fields.DateField(null=True)),
                ("answered_by", fields.UUIDField(null=True)),
            ],
            options={
                "table": "conduct_score_review",
                "app": "models",
                "indexes": [Index(fields=["worker_id", "id"]), Index(fields=["region", "id"])],
                "pk_attr": "id",
                "table_description": "A worker asked that a person look at his score (PIPL, article 24), and what came of it.",
            },
            bases=["Record"],
        ),
    ]

from tortoise import migrations
from tortoise.migrations import operations as ops
from api.kit.clock import now
from api.kit.fields import InstantField
from api.kit.ids import new_id
from orjson import loads
from tortoise.fields.data import JSON_DUMPS
from tortoise import fields
from tortoise.indexes import Index


class Migration(migrations.Migration):
    dependencies = [("models", "0014_training_constraints")]

    initial = False

    operations = [
        ops.CreateModel(
            name="LogChange",
            fields=[
                (
                    "id",
                    fields.UUIDField(primary_key=True, default=new_id, unique=True, db_index=True),
                ),
                ("created_at", InstantField(default=now, auto_now=False, auto_now_add=False)),
                ("entry_id", fields.UUIDField(db_index=True)),
                ("version", fields.IntField()),
                ("act", fields.CharField(max_length=12)),
                ("book", fields.CharField(max_length=8)),
                ("team_id", fields.UUIDField()),
                ("worker_id", fields.UUIDField()),
                ("said", fields.JSONField(encoder=JSON_DUMPS, decoder=loads)),
                ("account_id", fields.UUIDField()),
            ],
            options={
                "table": "log_change",
                "app": "models",
                "indexes": [Index(fields=["team_id", "book", "id"])],
                "pk_attr": "id",
                "table_description": "One change of an entry: what it said from then on, who wrote it and when. Append-only.",
            },
            bases=["Record"],
        ),
        ops.CreateModel(
            name="LogEntry",
            fields=[
                (
                    "id",
                    fields.UUIDField(primary_key=True, default=new_id, unique=True, db_index=True),
                ),
                ("created_at", InstantField(default=now, auto_now=False, auto_now_add=False)),
                ("book", fields.CharField(max_length=8)),
                ("team_id", fields.UUIDField()),
                ("worker_id", fields.UUIDField()),
                ("project_id", fields.UUIDField()),
                ("enterprise_id", fields.UUIDField(null=True)),
                ("contractor_id", fields.UUIDField()),
                ("day", fields.DateField()),
                ("kind", fields.CharField(max_length=12)),
                ("part", fields.CharField(default="", max_length=10)),
                ("given", fields.CharField(default="", max_length=8)),
                ("hours", fields.DecimalField(default=0, max_digits=5, decimal_places=2)),
                ("overtime_hours", fields.DecimalField(default=0, max_digits=5, decimal_places=2)),
                ("units", fields.DecimalField(default=0, max_digits=5, decimal_places=2)),
                ("unit", fields.CharField(default="", max_length=8)),
                ("quantity", fields.DecimalField(default=0, max_digits=12, decimal_places=2)),
                ("price_fen", fields.BigIntField(null=True)),
                ("amount_fen", fields.BigIntField(null=True)),
                ("note", fields.CharField(default="", max_length=200)),
                ("roll_call", fields.BooleanField(default=False)),
                ("version", fields.IntField(default=1)),
                ("written_by", fields.UUIDField()),
                ("removed_at", InstantField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "log_entry",
                "app": "models",
                "indexes": [
                    Index(fields=["worker_id", "book", "id"]),
                    Index(fields=["worker_id", "day"]),
                    Index(fields=["team_id", "book", "id"]),
                    Index(fields=["team_id", "day"]),
                ],
                "pk_attr": "id",
                "table_description": "What one book says of one worker, day and project, as it stands now.",
            },
            bases=["Record"],
        ),
        ops.CreateModel(
            name="LogLine",
            fields=[
                (
                    "id",
                    fields.UUIDField(primary_key=True, default=new_id, unique=True, db_index=True),
                ),
                ("created_at", InstantField(default=now, auto_now=False, auto_now_add=False)),
                ("team_id", fields.UUIDField()),
                ("worker_id", fields.UUIDField()),
                ("project_id", fields.UUIDField()),
                ("enterprise_id", fields.UUIDField(null=True)),
                ("contractor_id", fields.UUIDField()),
                ("day", fields.DateField()),
                ("kind", fields.CharField(max_length=12)),
                ("unit", fields.CharField(default="", max_length=8)),
                ("difference", fields.CharField(default="same", max_length=12)),
                ("worker_entries", fields.IntField(default=0)),
                ("worker_units", fields.DecimalField(default=0, max_digits=6, decimal_places=2)),
                ("worker_hours", fields.DecimalField(default=0, max_digits=6, decimal_places=2)),
                ("worker_overtime", fields.DecimalField(default=0, max_digits=6, decimal_places=2)),
                (
                    "worker_quantity",
                    fields.DecimalField(default=0, max_digits=14, decimal_places=2),
                ),
                ("worker_amount_fen", fields.BigIntField(null=True)),
                ("worker_kept_at", InstantField(null=True, auto_now=False, auto_now_add=False)),
                ("leader_entries", fields.IntField(default=0)),
                ("leader_units", fields.DecimalField(default=0, max_digits=6, decimal_places=2)),
                ("leader_hours", fields.DecimalField(default=0, max_digits=6, decimal_places=2)),
                ("leader_overtime", fields.DecimalField(default=0, max_digits=6, decimal_places=2)),
                (
                    "leader_quantity",
                    fields.DecimalField(default=0, max_digits=14, decimal_places=2),
                ),
                ("leader_amount_fen", fields.BigIntField(null=True)),
                ("leader_kept_at", InstantField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "log_line",
                "app": "models",
                "unique_together": (("team_id", "worker_id", "project_id", "day", "kind", "unit"),),
                "indexes": [
                    Index(fields=["worker_id", "day"]),
                    Index(fields=["team_id", "day"]),
                    Index(fields=["enterprise_id", "id"]),
                    Index(fields=["contractor_id", "id"]),
                    Index(fields=["project_id", "day"]),
                ],
                "pk_attr": "id",
                "table_description": "What both books say of one worker, day, project and kind, and whether they agree.",
            },
            bases=["Record"],
        ),
        ops.CreateModel(
            name="PayTemplate",
            fields=[
                (
                    "id",
                    fields.UUIDField(primary_key=True, default=new_id, unique=True, db_index=True),
                ),
                ("created_at", InstantField(default=now, auto_now=False, auto_now_add=False)),
                ("book", fields.CharField(max_length=8)),
                ("team_id", fields.UUIDField()),
                ("worker_id", fields.UUIDField()),
                ("effective_from", fields.DateField()),
                ("rate_fen", fields.BigIntField(null=True)),
                ("unit_hours", fields.DecimalField(max_digits=4, decimal_places=2)),
                (
                    "overtime_unit_hours",
                    fields.DecimalField(null=True, max_digits=4, decimal_places=2),
                ),
                ("overtime_rate_fen", fields.BigIntField(null=True)),
                ("account_id", fields.UUIDField()),
            ],
            options={
                "table": "pay_template",
                "app": "models",
                "indexes": [Index(fields=["team_id", "worker_id", "id"])],
                "pk_attr": "id",
                "table_description": "How time is paid between a worker and his team, as one side says it. Append-only.",
            },
            bases=["Record"],
        ),
    ]

from tortoise import migrations
from tortoise.migrations import operations as ops
from api.kit.clock import now
from api.kit.fields import InstantField, PersonalField
from api.kit.ids import new_id
from api.kit.personal import Kind
from tortoise import fields
from tortoise.indexes import Index


class Migration(migrations.Migration):
    dependencies = [("models", "0024_constraints_recovery")]

    initial = False

    operations = [
        ops.CreateModel(
            name="DataExport",
            fields=[
                (
                    "id",
                    fields.UUIDField(primary_key=True, default=new_id, unique=True, db_index=True),
                ),
                ("created_at", InstantField(default=now, auto_now=False, auto_now_add=False)),
                ("account_id", fields.UUIDField()),
                ("state", fields.CharField(default="waiting", max_length=8)),
                ("rows", fields.IntField(default=0)),
                ("size", fields.IntField(default=0)),
                ("file_id", fields.UUIDField(null=True)),
                ("ready_at", InstantField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "data_export",
                "app": "models",
                "indexes": [Index(fields=["account_id", "id"])],
                "pk_attr": "id",
                "table_description": "A copy of everything held about a person, made when he asks. rows: how many lines it has.",
            },
            bases=["Record"],
        ),
        ops.CreateModel(
            name="Erasure",
            fields=[
                (
                    "id",
                    fields.UUIDField(primary_key=True, default=new_id, unique=True, db_index=True),
                ),
                ("created_at", InstantField(default=now, auto_now=False, auto_now_add=False)),
                ("account_id", fields.UUIDField(db_index=True)),
                ("worker_id", fields.UUIDField(null=True)),
                ("state", fields.CharField(default="waiting", max_length=12)),
                ("due_at", InstantField(auto_now=False, auto_now_add=False)),
                ("ended_at", InstantField(null=True, auto_now=False, auto_now_add=False)),
                ("rows", fields.IntField(default=0)),
            ],
            options={
                "table": "erasure",
                "app": "models",
                "indexes": [Index(fields=["state", "due_at"])],
                "pk_attr": "id",
                "table_description": "A person's wish to be erased 注销: done when its days of thought are over.",
            },
            bases=["Record"],
        ),
        ops.CreateModel(
            name="KeptIdentity",
            fields=[
                (
                    "id",
                    fields.UUIDField(primary_key=True, default=new_id, unique=True, db_index=True),
                ),
                ("created_at", InstantField(default=now, auto_now=False, auto_now_add=False)),
                ("worker_id", fields.UUIDField(unique=True)),
                ("region", fields.CharField(max_length=6)),
                ("id_kind", fields.CharField(max_length=24)),
                ("number", PersonalField(kind=Kind.ID_NUMBER)),
                ("name", PersonalField(kind=Kind.NAME)),
            ],
            options={
                "table": "kept_identity",
                "app": "models",
                "pk_attr": "id",
                "table_description": "Who an erased worker was, for the ledgers that the law keeps (保障农民工工资支付条例 15).",
            },
            bases=["Record"],
        ),
        ops.AddField(
            model_name="Engagement",
            name="released_on",
            field=fields.DateField(null=True),
        ),
        ops.AddIndex(
            model_name="Engagement",
            index=Index(fields=["state", "released_on", "left_on"]),
        ),
    ]

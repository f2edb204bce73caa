from tortoise import migrations
from tortoise.migrations import operations as ops
from api.kit.clock import now
from api.kit.fields import InstantField
from api.kit.ids import new_id
from tortoise import fields
from tortoise.indexes import Index

from migrations import AddFilled


class Migration(migrations.Migration):
    dependencies = [("models", "0035_constraints_payroll")]

    initial = False

    operations = [
        ops.CreateModel(
            name="PayslipShare",
            fields=[
                (
                    "id",
                    fields.UUIDField(primary_key=True, default=new_id, unique=True, db_index=True),
                ),
                ("created_at", InstantField(default=now, auto_now=False, auto_now_add=False)),
                ("line_id", fields.UUIDField(db_index=True)),
                ("worker_id", fields.UUIDField(db_index=True)),
                ("project_id", fields.UUIDField()),
                ("account_id", fields.UUIDField()),
                ("key", fields.CharField(unique=True, max_length=64)),
                ("expires_at", InstantField(auto_now=False, auto_now_add=False)),
                ("revoked_at", InstantField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "payslip_share",
                "app": "models",
                "pk_attr": "id",
                "table_description": "A link to one payslip for somebody he trusts, for some days. The link itself is not kept.",
            },
            bases=["Record"],
        ),
        ops.CreateModel(
            name="CardAnswer",
            fields=[
                (
                    "id",
                    fields.UUIDField(primary_key=True, default=new_id, unique=True, db_index=True),
                ),
                ("created_at", InstantField(default=now, auto_now=False, auto_now_add=False)),
                ("line_id", fields.UUIDField(unique=True)),
                ("worker_id", fields.UUIDField(db_index=True)),
                ("project_id", fields.UUIDField()),
                ("region", fields.CharField(max_length=6)),
                ("in_hand", fields.BooleanField()),
            ],
            options={
                "table": "card_answer",
                "app": "models",
                "indexes": [Index(fields=["region", "in_hand", "id"])],
                "pk_attr": "id",
                "table_description": "What a worker said after a pay: is the wage card in his own hand (Regulation, art. 31)?",
            },
            bases=["Record"],
        ),
        AddFilled(
            model_name="WageLine",
            name="trade",
            field=fields.CharField(default="", max_length=4),
        ),
        ops.AddField(
            model_name="LineContest",
            name="photo_id",
            field=fields.UUIDField(null=True),
        ),
        ops.AddIndex(
            model_name="WageLine",
            index=Index(fields=["contractor_id", "month"]),
        ),
        AddFilled(
            model_name="DataExport",
            name="kind",
            field=fields.CharField(default="whole", max_length=8),
        ),
    ]

from tortoise import migrations
from tortoise.migrations import operations as ops
from api.kit.clock import now
from api.kit.fields import InstantField
from api.kit.ids import new_id
from tortoise import fields


class Migration(migrations.Migration):
    dependencies = [("models", "0037_payroll_held")]

    initial = False

    operations = [
        ops.CreateModel(
            name="StrayResult",
            fields=[
                (
                    "id",
                    fields.UUIDField(primary_key=True, default=new_id, unique=True, db_index=True),
                ),
                ("created_at", InstantField(default=now, auto_now=False, auto_now_add=False)),
                ("number", fields.CharField(max_length=32)),
                ("seq", fields.BigIntField()),
                ("amount_fen", fields.BigIntField()),
                ("outcome", fields.CharField(max_length=8)),
                ("reason", fields.CharField(max_length=16)),
                ("reference", fields.CharField(max_length=64)),
                ("at", InstantField(auto_now=False, auto_now_add=False)),
                ("state", fields.CharField(default="open", max_length=8)),
                ("note", fields.CharField(default="", max_length=500)),
                ("handled_by", fields.UUIDField(null=True)),
                ("handled_at", InstantField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "bank_stray",
                "app": "models",
                "unique_together": (("number", "seq", "outcome", "reference"),),
                "pk_attr": "id",
                "table_description": "A result that the bank pushed and that names no batch of ours: never dropped either.",
            },
            bases=["Record"],
        ),
    ]

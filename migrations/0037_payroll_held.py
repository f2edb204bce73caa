from tortoise import migrations
from tortoise.migrations import operations as ops
from api.kit.clock import now
from api.kit.fields import InstantField
from api.kit.ids import new_id
from tortoise import fields


class Migration(migrations.Migration):
    dependencies = [("models", "0036_payslips")]

    initial = False

    operations = [
        ops.CreateModel(
            name="HeldSheet",
            fields=[
                (
                    "id",
                    fields.UUIDField(primary_key=True, default=new_id, unique=True, db_index=True),
                ),
                ("created_at", InstantField(default=now, auto_now=False, auto_now_add=False)),
                ("sheet_id", fields.UUIDField(unique=True)),
                ("project_id", fields.UUIDField()),
                ("contractor_id", fields.UUIDField()),
                ("after", fields.UUIDField()),
                ("account_id", fields.UUIDField(null=True)),
            ],
            options={
                "table": "payroll_held",
                "app": "models",
                "pk_attr": "id",
                "table_description": "A released sheet of which nothing is drawn until an agreement is in force.",
            },
            bases=["Record"],
        ),
    ]

from tortoise import fields, migrations
from tortoise.indexes import Index
from tortoise.migrations import operations as ops

from migrations import AddFilled


class Migration(migrations.Migration):
    """Jobs that let others go first, and the index by which either kind is claimed."""

    dependencies = [("models", "0039_bank_balances")]

    initial = False

    operations = [
        AddFilled(model_name="Job", name="patient", field=fields.BooleanField(default=False)),
        ops.AddIndex(model_name="Job", index=Index(fields=["dead", "patient", "run_at"])),
        ops.RemoveIndex(model_name="Job", fields=["dead", "run_at"]),
    ]

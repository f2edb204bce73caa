"""Workers are found by birthday without opening their records."""

from tortoise import fields, migrations
from tortoise.indexes import Index
from tortoise.migrations import operations as ops


class Migration(migrations.Migration):
    """One column with its index."""

    dependencies = [("models", "0005_coarse_positions")]

    initial = False

    operations = [
        ops.AddField(
            model_name="Worker",
            name="birth_index",
            field=fields.CharField(null=True, max_length=32),
        ),
        ops.AddIndex(model_name="Worker", index=Index(fields=["birth_index"])),
    ]

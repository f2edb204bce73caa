"""The records that were merged into one are found by it."""

from tortoise import migrations
from tortoise.indexes import Index
from tortoise.migrations import operations as ops


class Migration(migrations.Migration):
    """One index."""

    dependencies = [("models", "0007_drawn_until")]

    initial = False

    operations = [ops.AddIndex(model_name="Worker", index=Index(fields=["merged_into_id"]))]

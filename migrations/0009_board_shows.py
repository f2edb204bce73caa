"""What the rights notice board said when a photo of it was taken in."""

from tortoise import fields, migrations
from tortoise.migrations import operations as ops


class Migration(migrations.Migration):
    """One column."""

    dependencies = [("models", "0008_merged_into")]

    initial = False

    operations = [
        ops.AddField(
            model_name="BoardPhoto",
            name="shows",
            field=fields.CharField(null=True, max_length=64),
        ),
    ]

"""Up to which instant the punches are drawn into their days."""

from tortoise import fields, migrations
from tortoise.migrations import operations as ops

from api.kit.clock import now
from api.kit.fields import InstantField
from api.kit.ids import new_id


class Migration(migrations.Migration):
    """One table of one row."""

    dependencies = [("models", "0006_birth_index")]

    initial = False

    operations = [
        ops.CreateModel(
            name="DrawnUntil",
            fields=[
                (
                    "id",
                    fields.UUIDField(primary_key=True, default=new_id, unique=True, db_index=True),
                ),
                ("created_at", InstantField(default=now, auto_now=False, auto_now_add=False)),
                ("instant", InstantField()),
            ],
            options={
                "table": "drawn_until",
                "app": "models",
                "pk_attr": "id",
                "table_description": "One row: every punch that was received before this instant "
                "is drawn into its day.",
            },
            bases=["Record"],
        ),
    ]

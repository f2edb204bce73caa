from tortoise import migrations
from tortoise.migrations import operations as ops
from api.kit.fields import InstantField
from tortoise import fields


class Migration(migrations.Migration):
    dependencies = [("models", "0038_bank_strays")]

    initial = False

    operations = [
        ops.AddField(
            model_name="SpecialAccount",
            name="bank_fen",
            field=fields.BigIntField(null=True),
        ),
        ops.AddField(
            model_name="SpecialAccount",
            name="bank_gap_fen",
            field=fields.BigIntField(null=True),
        ),
        ops.AddField(
            model_name="SpecialAccount",
            name="bank_asked_at",
            field=InstantField(null=True, auto_now=False, auto_now_add=False),
        ),
    ]

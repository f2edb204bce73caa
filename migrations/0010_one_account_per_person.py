"""A person who comes to two of our WeChat apps at the same moment founds one account."""

from tortoise import fields, migrations
from tortoise.migrations import operations as ops


class Migration(migrations.Migration):
    """One column, unique: NULLs do not clash."""

    dependencies = [("models", "0009_board_shows")]

    initial = False

    operations = [
        ops.AddField(
            model_name="WechatIdentity",
            name="founded",
            field=fields.CharField(null=True, max_length=32),
        ),
        ops.RunSQL(
            'CREATE UNIQUE INDEX "uq_wechat_identity_founded" ON "wechat_identity" ("founded")',
            'DROP INDEX "uq_wechat_identity_founded"',
        ),
    ]

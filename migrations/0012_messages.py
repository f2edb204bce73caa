"""Messages by WeChat with what a person granted, daily summaries, and more choices."""

from typing import Any

from tortoise import fields, migrations
from tortoise.indexes import Index
from tortoise.migrations import operations as ops

from api.kit.clock import now
from api.kit.fields import InstantField
from api.kit.ids import new_id
from migrations import AddFilled

UNIQUE: tuple[str, ...] = (
    "CREATE UNIQUE INDEX uq_subscribe_grant_lasting ON subscribe_grant (account_id, template) "
    "WHERE lasting AND ended_at IS NULL",
)
DUE = (
    "CREATE INDEX ix_notice_digest_due ON notice (digest_due_at, account_id) "
    "WHERE digest_due_at IS NOT NULL"
)


async def forward(_: Any, editor: Any) -> None:
    """Add the indexes."""
    for statement in (*UNIQUE, DUE):
        await editor.client.execute_script(statement)


async def backward(_: Any, editor: Any) -> None:
    """Take them away."""
    for name in ("uq_subscribe_grant_lasting", "ix_notice_digest_due"):
        await editor.client.execute_script(f"DROP INDEX {name}")


def _base() -> list[Any]:
    return [
        ("id", fields.UUIDField(primary_key=True, default=new_id, unique=True, db_index=True)),
        ("created_at", InstantField(default=now, auto_now=False, auto_now_add=False)),
    ]


def _instant() -> Any:
    return InstantField(null=True, auto_now=False, auto_now_add=False)


class Migration(migrations.Migration):
    """Two tables, the columns of two more, and what there is one of at most."""

    dependencies = [("models", "0011_teams_acting_leader")]

    initial = False

    operations = [
        ops.CreateModel(
            name="Digest",
            fields=[
                *_base(),
                ("account_id", fields.UUIDField()),
                ("day", fields.DateField()),
                ("count", fields.IntField()),
                ("by", fields.CharField(max_length=8)),
                ("state", fields.CharField(default="waiting", max_length=8)),
                ("code", fields.CharField(default="", max_length=48)),
                ("sent_at", _instant()),
            ],
            options={
                "table": "notice_digest",
                "app": "models",
                "unique_together": (("account_id", "day"),),
                "pk_attr": "id",
                "table_description": "The summary of one account's day 消息汇总: one at most.",
            },
            bases=["Record"],
        ),
        ops.CreateModel(
            name="SubscribeGrant",
            fields=[
                *_base(),
                ("account_id", fields.UUIDField()),
                ("template", fields.CharField(max_length=16)),
                ("lasting", fields.BooleanField(default=False)),
                ("spent_for", fields.UUIDField(null=True, unique=True)),
                ("ended_at", _instant()),
            ],
            options={
                "table": "subscribe_grant",
                "app": "models",
                "indexes": [Index(fields=["account_id", "template", "ended_at"])],
                "pk_attr": "id",
                "table_description": "One yes of a person to one message of a WeChat template, or a lasting yes.",
            },
            bases=["Record"],
        ),
        *(
            AddFilled(model_name="Notice", name=name, field=field)
            for name, field in (
                ("wechat", fields.CharField(default="none", max_length=8)),
                ("wechat_code", fields.CharField(default="", max_length=48)),
            )
        ),
        *(
            ops.AddField(model_name="Notice", name=name, field=field)
            for name, field in (
                ("wechat_at", _instant()),
                ("digest_due_at", _instant()),
                ("digest_id", fields.UUIDField(null=True)),
            )
        ),
        ops.AddIndex(model_name="Notice", index=Index(fields=["digest_id"])),
        *(
            AddFilled(model_name="NoticeSettings", name=name, field=field)
            for name, field in (
                ("wechat_messages", fields.BooleanField(default=True)),
                ("digest_by", fields.CharField(default="wechat", max_length=8)),
                ("digest_at", fields.CharField(default="18:30", max_length=5)),
            )
        ),
        ops.RunPython(forward, backward),
    ]

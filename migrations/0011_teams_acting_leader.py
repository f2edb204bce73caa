"""Teams: a member who leads for a term, and what a team calls its members."""

from typing import Any

from tortoise import fields, migrations
from tortoise.indexes import Index
from tortoise.migrations import operations as ops

from api.kit.clock import now
from api.kit.fields import InstantField
from api.kit.ids import new_id
from migrations import AddFilled

UNIQUE: tuple[str, ...] = (
    "CREATE UNIQUE INDEX uq_team_acting_open ON team_acting_leader (team_id) "
    "WHERE state IN ('offered', 'accepted')",
)


async def forward(_: Any, editor: Any) -> None:
    """Add the indexes."""
    for statement in UNIQUE:
        await editor.client.execute_script(statement)


async def backward(_: Any, editor: Any) -> None:
    """Take them away."""
    for statement in UNIQUE:
        await editor.client.execute_script(f"DROP INDEX {statement.split()[3]}")


class Migration(migrations.Migration):
    """One table, one column, one acting leader at a time."""

    dependencies = [("models", "0010_one_account_per_person")]

    initial = False

    operations = [
        ops.CreateModel(
            name="ActingLeader",
            fields=[
                (
                    "id",
                    fields.UUIDField(primary_key=True, default=new_id, unique=True, db_index=True),
                ),
                ("created_at", InstantField(default=now, auto_now=False, auto_now_add=False)),
                ("team_id", fields.UUIDField()),
                ("worker_id", fields.UUIDField()),
                ("named_by", fields.UUIDField()),
                ("from_on", fields.DateField()),
                ("to_on", fields.DateField()),
                ("state", fields.CharField(default="offered", max_length=12)),
                ("decided_at", InstantField(null=True, auto_now=False, auto_now_add=False)),
                ("ended_at", InstantField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "team_acting_leader",
                "app": "models",
                "indexes": [
                    Index(fields=["team_id", "id"]),
                    Index(fields=["worker_id", "state"]),
                    Index(fields=["state", "to_on"]),
                ],
                "pk_attr": "id",
                "table_description": "代班长: a member leads beside the leader for a term, both days included, once he agreed.",
            },
            bases=["Record"],
        ),
        AddFilled(
            model_name="Member",
            name="nickname",
            field=fields.CharField(default="", max_length=8),
        ),
        ops.RunPython(forward, backward),
    ]

"""Shared phones and PINs, records on their way to another account, words of who knows somebody."""

from tortoise import fields, migrations
from tortoise.indexes import Index
from tortoise.migrations import operations as ops

from api.kit.clock import now
from api.kit.fields import InstantField, PersonalField
from api.kit.ids import new_id
from api.kit.personal import Kind
from migrations import AddFilled


class Migration(migrations.Migration):
    """Four tables, columns of sessions and accounts."""

    dependencies = [("models", "0022_constraints_profiles")]

    initial = False

    operations = [
        ops.CreateModel(
            name="Pin",
            fields=[
                (
                    "id",
                    fields.UUIDField(primary_key=True, default=new_id, unique=True, db_index=True),
                ),
                ("created_at", InstantField(default=now, auto_now=False, auto_now_add=False)),
                ("account_id", fields.UUIDField(unique=True)),
                ("pin_hash", fields.CharField(max_length=200)),
                ("set_at", InstantField(default=now, auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "account_pin",
                "app": "models",
                "pk_attr": "id",
                "table_description": "The six digits that open a person's login on a shared phone, as an argon2id hash.",
            },
            bases=["Record"],
        ),
        ops.CreateModel(
            name="Recovery",
            fields=[
                (
                    "id",
                    fields.UUIDField(primary_key=True, default=new_id, unique=True, db_index=True),
                ),
                ("created_at", InstantField(default=now, auto_now=False, auto_now_add=False)),
                ("verification_id", fields.UUIDField(unique=True)),
                ("account_id", fields.UUIDField()),
                ("worker_id", fields.UUIDField(null=True, db_index=True)),
                ("team_id", fields.UUIDField(null=True)),
                ("enterprise_id", fields.UUIDField(null=True)),
                ("state", fields.CharField(default="open", max_length=12)),
                ("ended_at", InstantField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "recovery",
                "app": "models",
                "indexes": [
                    Index(fields=["account_id", "id"]),
                    Index(fields=["team_id", "state", "id"]),
                    Index(fields=["enterprise_id", "state", "id"]),
                    Index(fields=["state", "id"]),
                ],
                "pk_attr": "id",
                "table_description": "Somebody asks those who know him to say that it is he 熟人证明, for one attempt.",
            },
            bases=["Record"],
        ),
        ops.CreateModel(
            name="Takeover",
            fields=[
                (
                    "id",
                    fields.UUIDField(primary_key=True, default=new_id, unique=True, db_index=True),
                ),
                ("created_at", InstantField(default=now, auto_now=False, auto_now_add=False)),
                ("verification_id", fields.UUIDField(unique=True)),
                ("worker_id", fields.UUIDField(db_index=True)),
                ("account_id", fields.UUIDField()),
                ("before_id", fields.UUIDField()),
                ("open_worker_id", fields.UUIDField(null=True, unique=True)),
                ("state", fields.CharField(default="waiting", max_length=12)),
                ("due_at", InstantField(auto_now=False, auto_now_add=False)),
                ("ended_at", InstantField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "takeover",
                "app": "models",
                "indexes": [
                    Index(fields=["before_id", "state"]),
                    Index(fields=["account_id", "state"]),
                ],
                "pk_attr": "id",
                "table_description": "找回账号: a record goes to another account of its person, who was known without his face.",
            },
            bases=["Record"],
        ),
        ops.CreateModel(
            name="Vouching",
            fields=[
                (
                    "id",
                    fields.UUIDField(primary_key=True, default=new_id, unique=True, db_index=True),
                ),
                ("created_at", InstantField(default=now, auto_now=False, auto_now_add=False)),
                ("recovery_id", fields.UUIDField()),
                ("account_id", fields.UUIDField()),
                ("worker_id", fields.UUIDField(null=True)),
                ("side", fields.CharField(max_length=12)),
                ("known", fields.BooleanField()),
            ],
            options={
                "table": "vouching",
                "app": "models",
                "unique_together": (("recovery_id", "account_id"),),
                "indexes": [Index(fields=["account_id", "id"])],
                "pk_attr": "id",
                "table_description": "One word on a recovery: known or not. Append-only. worker_id: the colleague's own record.",
            },
            bases=["Record"],
        ),
        ops.AddField(
            model_name="Account",
            name="former_phone",
            field=PersonalField(null=True, kind=Kind.PHONE),
        ),
        ops.AddField(
            model_name="Account",
            name="left_at",
            field=InstantField(null=True, auto_now=False, auto_now_add=False),
        ),
        ops.AddField(
            model_name="Session",
            name="browser_hash",
            field=fields.CharField(null=True, max_length=64),
        ),
        ops.AddField(
            model_name="Session",
            name="locked_at",
            field=InstantField(null=True, auto_now=False, auto_now_add=False),
        ),
        AddFilled(
            model_name="Session",
            name="pin_tries",
            field=fields.SmallIntField(default=0),
        ),
        AddFilled(
            model_name="Session",
            name="shared",
            field=fields.BooleanField(default=False),
        ),
        ops.AddIndex(
            model_name="Session",
            index=Index(fields=["browser_hash"]),
        ),
    ]

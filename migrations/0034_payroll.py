from tortoise import migrations
from tortoise.migrations import operations as ops
from api.kit.clock import now
from api.kit.fields import InstantField, PersonalField
from api.kit.ids import new_id
from api.kit.personal import Kind
from tortoise import fields
from tortoise.indexes import Index


class Migration(migrations.Migration):
    dependencies = [("models", "0031_constraints_wages")]

    initial = False

    operations = [
        ops.CreateModel(
            name="Advance",
            fields=[
                (
                    "id",
                    fields.UUIDField(primary_key=True, default=new_id, unique=True, db_index=True),
                ),
                ("created_at", InstantField(default=now, auto_now=False, auto_now_add=False)),
                ("batch_id", fields.UUIDField(unique=True)),
                ("sheet_id", fields.UUIDField()),
                ("project_id", fields.UUIDField()),
                ("contractor_id", fields.UUIDField()),
                ("enterprise_id", fields.UUIDField()),
                ("region", fields.CharField(max_length=6)),
                ("amount_fen", fields.BigIntField(default=0)),
                ("recovered_fen", fields.BigIntField(default=0)),
                ("state", fields.CharField(default="open", max_length=12)),
                ("reason", fields.CharField(max_length=500)),
            ],
            options={
                "table": "wage_advance",
                "app": "models",
                "indexes": [
                    Index(fields=["contractor_id", "id"]),
                    Index(fields=["enterprise_id", "id"]),
                    Index(fields=["region", "id"]),
                ],
                "pk_attr": "id",
                "table_description": "What a general contractor paid from its own money for an employer 垫付 (art. 30, GY-10).",
            },
            bases=["Record"],
        ),
        ops.CreateModel(
            name="BankBatch",
            fields=[
                (
                    "id",
                    fields.UUIDField(primary_key=True, default=new_id, unique=True, db_index=True),
                ),
                ("created_at", InstantField(default=now, auto_now=False, auto_now_add=False)),
                ("number", fields.CharField(unique=True, max_length=20)),
                ("sheet_id", fields.UUIDField()),
                ("project_id", fields.UUIDField()),
                ("contractor_id", fields.UUIDField()),
                ("enterprise_id", fields.UUIDField()),
                ("region", fields.CharField(max_length=6)),
                ("payer", fields.CharField(max_length=12)),
                ("way", fields.CharField(max_length=4)),
                ("account", PersonalField(kind=Kind.BANK_CARD)),
                ("state", fields.CharField(default="waiting", max_length=8)),
                ("lines", fields.IntField()),
                ("total_fen", fields.BigIntField()),
                ("arrived", fields.IntField(default=0)),
                ("arrived_fen", fields.BigIntField(default=0)),
                ("failed", fields.IntField(default=0)),
                ("attempts", fields.IntField(default=0)),
                ("trouble", fields.CharField(default="", max_length=32)),
                ("place", fields.BigIntField(default=0)),
                ("asked_at", InstantField(null=True, auto_now=False, auto_now_add=False)),
                ("done_at", InstantField(null=True, auto_now=False, auto_now_add=False)),
                ("account_id", fields.UUIDField(null=True)),
            ],
            options={
                "table": "bank_batch",
                "app": "models",
                "indexes": [
                    Index(fields=["sheet_id", "id"]),
                    Index(fields=["project_id", "id"]),
                    Index(fields=["contractor_id", "id"]),
                    Index(fields=["enterprise_id", "id"]),
                    Index(fields=["region", "id"]),
                    Index(fields=["state", "asked_at"]),
                ],
                "pk_attr": "id",
                "table_description": "Payments that go to the bank together 代发批次, all of one wage sheet.",
            },
            bases=["Record"],
        ),
        ops.CreateModel(
            name="BankException",
            fields=[
                (
                    "id",
                    fields.UUIDField(primary_key=True, default=new_id, unique=True, db_index=True),
                ),
                ("created_at", InstantField(default=now, auto_now=False, auto_now_add=False)),
                ("batch_id", fields.UUIDField()),
                ("project_id", fields.UUIDField()),
                ("contractor_id", fields.UUIDField()),
                ("region", fields.CharField(max_length=6)),
                ("seq", fields.BigIntField()),
                ("amount_fen", fields.BigIntField()),
                ("outcome", fields.CharField(max_length=8)),
                ("reason", fields.CharField(max_length=16)),
                ("reference", fields.CharField(max_length=64)),
                ("at", InstantField(auto_now=False, auto_now_add=False)),
                ("why", fields.CharField(max_length=16)),
                ("state", fields.CharField(default="open", max_length=8)),
                ("note", fields.CharField(default="", max_length=500)),
                ("handled_by", fields.UUIDField(null=True)),
                ("handled_at", InstantField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "bank_exception",
                "app": "models",
                "unique_together": (("batch_id", "seq", "outcome", "reference"),),
                "indexes": [
                    Index(fields=["contractor_id", "state", "id"]),
                    Index(fields=["region", "state", "id"]),
                ],
                "pk_attr": "id",
                "table_description": "A bank's line that fits no payment, or contradicts it: never dropped, closed by a person.",
            },
            bases=["Record"],
        ),
        ops.CreateModel(
            name="BankReceipt",
            fields=[
                (
                    "id",
                    fields.UUIDField(primary_key=True, default=new_id, unique=True, db_index=True),
                ),
                ("created_at", InstantField(default=now, auto_now=False, auto_now_add=False)),
                ("batch_id", fields.UUIDField()),
                ("way", fields.CharField(max_length=4)),
                ("digest", fields.CharField(max_length=64)),
                ("lines", fields.IntField()),
                ("applied", fields.IntField()),
                ("account_id", fields.UUIDField(null=True)),
            ],
            options={
                "table": "bank_receipt",
                "app": "models",
                "unique_together": (("batch_id", "digest"),),
                "pk_attr": "id",
                "table_description": "What a bank told of a batch at one time 回盘. Append-only, the same contents are there once.",
            },
            bases=["Record"],
        ),
        ops.CreateModel(
            name="BatchLine",
            fields=[
                (
                    "id",
                    fields.UUIDField(primary_key=True, default=new_id, unique=True, db_index=True),
                ),
                ("created_at", InstantField(default=now, auto_now=False, auto_now_add=False)),
                ("batch_id", fields.UUIDField()),
                ("line_id", fields.UUIDField(db_index=True)),
                ("sheet_id", fields.UUIDField()),
                ("worker_id", fields.UUIDField()),
                ("project_id", fields.UUIDField()),
                ("seq", fields.IntField()),
                ("payee", PersonalField(kind=Kind.NAME)),
                ("card", PersonalField(kind=Kind.BANK_CARD)),
                ("card_index", fields.CharField(max_length=32)),
                ("amount_fen", fields.BigIntField()),
                ("again", fields.BooleanField()),
                ("state", fields.CharField(default="waiting", max_length=12)),
                ("reason", fields.CharField(default="", max_length=16)),
                ("reference", fields.CharField(default="", max_length=64)),
                ("at", InstantField(null=True, auto_now=False, auto_now_add=False)),
                ("received_at", InstantField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "batch_line",
                "app": "models",
                "unique_together": (("batch_id", "seq"),),
                "indexes": [
                    Index(fields=["worker_id", "id"]),
                    Index(fields=["card_index", "sheet_id"]),
                    Index(fields=["batch_id", "state"]),
                ],
                "pk_attr": "id",
                "table_description": "One payment of a batch: to whom, which card and how much, as approved.",
            },
            bases=["Record"],
        ),
        ops.CreateModel(
            name="LeftOut",
            fields=[
                (
                    "id",
                    fields.UUIDField(primary_key=True, default=new_id, unique=True, db_index=True),
                ),
                ("created_at", InstantField(default=now, auto_now=False, auto_now_add=False)),
                ("line_id", fields.UUIDField(unique=True)),
                ("sheet_id", fields.UUIDField()),
                ("worker_id", fields.UUIDField()),
                ("project_id", fields.UUIDField()),
                ("reason", fields.CharField(max_length=16)),
            ],
            options={
                "table": "payroll_left_out",
                "app": "models",
                "indexes": [Index(fields=["sheet_id", "id"]), Index(fields=["worker_id", "id"])],
                "pk_attr": "id",
                "table_description": "A line of a released sheet that is in no batch, and why, until it is in one.",
            },
            bases=["Record"],
        ),
        ops.CreateModel(
            name="AdvanceRecovery",
            fields=[
                (
                    "id",
                    fields.UUIDField(primary_key=True, default=new_id, unique=True, db_index=True),
                ),
                ("created_at", InstantField(default=now, auto_now=False, auto_now_add=False)),
                ("advance_id", fields.UUIDField(db_index=True)),
                ("amount_fen", fields.BigIntField()),
                ("on", fields.DateField()),
                ("note", fields.CharField(max_length=500)),
                ("account_id", fields.UUIDField()),
            ],
            options={
                "table": "advance_recovery",
                "app": "models",
                "pk_attr": "id",
                "table_description": "Money that the employer gave back for an advance 追偿. Append-only.",
            },
            bases=["Record"],
        ),
    ]

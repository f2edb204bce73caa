"""Tables of the kit: data keys, outbox jobs, the timetable and answered idempotency keys."""

from tortoise import fields

from api.kit import clock
from api.kit.fields import InstantField, Record


class DataKey(Record):
    """A data key, wrapped by a KEK. Rows are sealed with the newest, older ones open."""

    wrapped = fields.TextField()

    class Meta:
        table = "data_key"


class Job(Record):
    """A job in the outbox: written with the act it follows from, run after the commit.

    patient: it waits while any other is due, see `jobs.job`.
    """

    name = fields.CharField(max_length=64)
    args: fields.Field[dict[str, object]] = fields.JSONField()
    run_at = InstantField(default=clock.now)
    attempts = fields.IntField(default=0)
    patient = fields.BooleanField(default=False)
    dead = fields.BooleanField(default=False)
    error = fields.CharField(max_length=64, default="")
    once = fields.CharField(max_length=128, null=True, unique=True)

    class Meta:
        table = "job"
        indexes = (("dead", "patient", "run_at"),)


class Timetable(Record):
    """When each regular act is due next, the row is the lock that makes one process do it."""

    name = fields.CharField(max_length=64, unique=True)
    next_at = InstantField()

    class Meta:
        table = "timetable"


class IdempotencyRecord(Record):
    """The answer once given to an account's key, sealed, `status` 0 while still at work."""

    account_id = fields.UUIDField()
    operation = fields.CharField(max_length=64)
    key = fields.CharField(max_length=64)
    fingerprint = fields.CharField(max_length=64)
    status = fields.IntField(default=0)
    answer = fields.TextField(default="")

    class Meta:
        table = "idempotency_record"
        unique_together = (("account_id", "operation", "key"),)
        indexes = (("created_at",),)

"""Courses, sessions, records that say where they come from, certificates with a code."""

from tortoise import migrations
from tortoise.migrations import operations as ops
from api.kit.clock import now
from api.kit.fields import InstantField
from api.kit.ids import new_id
from orjson import loads
from tortoise.fields.data import JSON_DUMPS
from tortoise import fields
from tortoise.indexes import Index


class Migration(migrations.Migration):
    """Tables of courses and sessions, and columns beside what was there."""

    dependencies = [("models", "0012_messages")]

    initial = False

    operations = [
        ops.CreateModel(
            name="Course",
            fields=[
                (
                    "id",
                    fields.UUIDField(primary_key=True, default=new_id, unique=True, db_index=True),
                ),
                ("created_at", InstantField(default=now, auto_now=False, auto_now_add=False)),
                ("enterprise_id", fields.UUIDField()),
                ("project_id", fields.UUIDField(null=True, db_index=True)),
                ("current_id", fields.UUIDField(null=True)),
                ("draft_id", fields.UUIDField(null=True)),
                ("withdrawn_at", InstantField(null=True, auto_now=False, auto_now_add=False)),
                ("made_by", fields.UUIDField(null=True)),
            ],
            options={
                "table": "course",
                "app": "models",
                "indexes": [Index(fields=["enterprise_id", "id"])],
                "pk_attr": "id",
                "table_description": "A course 课程 of an enterprise: for one project, or for all its sites.",
            },
            bases=["Record"],
        ),
        ops.CreateModel(
            name="CourseVersion",
            fields=[
                (
                    "id",
                    fields.UUIDField(primary_key=True, default=new_id, unique=True, db_index=True),
                ),
                ("created_at", InstantField(default=now, auto_now=False, auto_now_add=False)),
                ("course_id", fields.UUIDField()),
                ("number", fields.IntField()),
                ("title", fields.CharField(max_length=100)),
                ("kind", fields.CharField(max_length=12)),
                ("pass_mark", fields.SmallIntField()),
                ("tries", fields.SmallIntField()),
                ("minutes", fields.IntField(default=0)),
                ("published_at", InstantField(null=True, auto_now=False, auto_now_add=False)),
                ("published_by", fields.UUIDField(null=True)),
            ],
            options={
                "table": "course_version",
                "app": "models",
                "unique_together": (("course_id", "number"),),
                "pk_attr": "id",
                "table_description": "What a course says. Once published it never changes.",
            },
            bases=["Record"],
        ),
        ops.CreateModel(
            name="GroupSession",
            fields=[
                (
                    "id",
                    fields.UUIDField(primary_key=True, default=new_id, unique=True, db_index=True),
                ),
                ("created_at", InstantField(default=now, auto_now=False, auto_now_add=False)),
                ("project_id", fields.UUIDField()),
                ("enterprise_id", fields.UUIDField(db_index=True)),
                ("contractor_id", fields.UUIDField(db_index=True)),
                ("region", fields.CharField(max_length=6)),
                ("kind", fields.CharField(max_length=12)),
                ("topic", fields.CharField(max_length=100)),
                ("trainer", fields.CharField(max_length=50)),
                ("held_on", fields.DateField()),
                ("hours", fields.DecimalField(max_digits=5, decimal_places=1)),
                ("people", fields.SmallIntField()),
                ("recorded_by", fields.UUIDField(null=True)),
            ],
            options={
                "table": "group_session",
                "app": "models",
                "indexes": [Index(fields=["project_id", "id"])],
                "pk_attr": "id",
                "table_description": "A training that was held for several at once 集中培训.",
            },
            bases=["Record"],
        ),
        ops.CreateModel(
            name="Lesson",
            fields=[
                (
                    "id",
                    fields.UUIDField(primary_key=True, default=new_id, unique=True, db_index=True),
                ),
                ("created_at", InstantField(default=now, auto_now=False, auto_now_add=False)),
                ("version_id", fields.UUIDField()),
                ("content_id", fields.UUIDField()),
                ("position", fields.SmallIntField()),
                ("kind", fields.CharField(max_length=8)),
                ("title", fields.CharField(max_length=100)),
                ("minutes", fields.SmallIntField(default=0)),
                ("file_id", fields.UUIDField(null=True)),
                ("questions", fields.JSONField(null=True, encoder=JSON_DUMPS, decoder=loads)),
                ("fixed", fields.BooleanField(default=False)),
            ],
            options={
                "table": "lesson",
                "app": "models",
                "indexes": [Index(fields=["version_id", "position"])],
                "pk_attr": "id",
                "table_description": "One part of a version: a film, a document or a quiz.",
            },
            bases=["Record"],
        ),
        ops.CreateModel(
            name="Progress",
            fields=[
                (
                    "id",
                    fields.UUIDField(primary_key=True, default=new_id, unique=True, db_index=True),
                ),
                ("created_at", InstantField(default=now, auto_now=False, auto_now_add=False)),
                ("worker_id", fields.UUIDField()),
                ("content_id", fields.UUIDField()),
                ("earned_ms", fields.IntField(default=0)),
                ("position_ms", fields.IntField(default=0)),
                ("done_at", InstantField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "lesson_progress",
                "app": "models",
                "unique_together": (("worker_id", "content_id"),),
                "pk_attr": "id",
                "table_description": "How far a worker is with a lesson's content. earned_ms: of its minutes.",
            },
            bases=["Record"],
        ),
        ops.CreateModel(
            name="QuizAttempt",
            fields=[
                (
                    "id",
                    fields.UUIDField(primary_key=True, default=new_id, unique=True, db_index=True),
                ),
                ("created_at", InstantField(default=now, auto_now=False, auto_now_add=False)),
                ("worker_id", fields.UUIDField()),
                ("content_id", fields.UUIDField()),
                ("lesson_id", fields.UUIDField()),
                ("day", fields.DateField()),
                ("answers", fields.JSONField(encoder=JSON_DUMPS, decoder=loads)),
                ("wrong", fields.JSONField(encoder=JSON_DUMPS, decoder=loads)),
                ("score", fields.SmallIntField()),
                ("passed", fields.BooleanField()),
            ],
            options={
                "table": "quiz_attempt",
                "app": "models",
                "indexes": [Index(fields=["worker_id", "content_id", "day"])],
                "pk_attr": "id",
                "table_description": "A worker's answers to a quiz, and what they were worth. Append-only.",
            },
            bases=["Record"],
        ),
        ops.CreateModel(
            name="SessionPhoto",
            fields=[
                (
                    "id",
                    fields.UUIDField(primary_key=True, default=new_id, unique=True, db_index=True),
                ),
                ("created_at", InstantField(default=now, auto_now=False, auto_now_add=False)),
                ("session_id", fields.UUIDField(db_index=True)),
                ("file_id", fields.UUIDField()),
            ],
            options={
                "table": "session_photo",
                "app": "models",
                "pk_attr": "id",
                "table_description": "A photo that proves a session, the sign-in list or the room.",
            },
            bases=["Record"],
        ),
        ops.CreateModel(
            name="StudyClock",
            fields=[
                (
                    "id",
                    fields.UUIDField(primary_key=True, default=new_id, unique=True, db_index=True),
                ),
                ("created_at", InstantField(default=now, auto_now=False, auto_now_add=False)),
                ("worker_id", fields.UUIDField(unique=True)),
                ("counted_until", InstantField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "study_clock",
                "app": "models",
                "pk_attr": "id",
                "table_description": "Up to which instant a worker's time is counted, on whichever device. Locked by every beat.",
            },
            bases=["Record"],
        ),
        ops.CreateModel(
            name="TrainingCard",
            fields=[
                (
                    "id",
                    fields.UUIDField(primary_key=True, default=new_id, unique=True, db_index=True),
                ),
                ("created_at", InstantField(default=now, auto_now=False, auto_now_add=False)),
                ("worker_id", fields.UUIDField(unique=True)),
                ("code", fields.CharField(unique=True, max_length=32)),
            ],
            options={
                "table": "training_card",
                "app": "models",
                "pk_attr": "id",
                "table_description": "The code in the QR of a worker's training record, which he shows to whom he likes.",
            },
            bases=["Record"],
        ),
        ops.CreateModel(
            name="Visit",
            fields=[
                (
                    "id",
                    fields.UUIDField(primary_key=True, default=new_id, unique=True, db_index=True),
                ),
                ("created_at", InstantField(default=now, auto_now=False, auto_now_add=False)),
                ("worker_id", fields.UUIDField()),
                ("lesson_id", fields.UUIDField()),
                ("beats", fields.IntField(default=0)),
                ("beaten_at", InstantField(auto_now=False, auto_now_add=False)),
                ("position_ms", fields.IntField(default=0)),
            ],
            options={
                "table": "lesson_visit",
                "app": "models",
                "indexes": [Index(fields=["worker_id", "id"])],
                "pk_attr": "id",
                "table_description": "A lesson that is open on one device. beats: the number of its last heartbeat.",
            },
            bases=["Record"],
        ),
        ops.AddField(
            model_name="Certificate",
            name="check_code",
            field=fields.CharField(null=True, max_length=32),
        ),
        ops.AddField(
            model_name="Certificate",
            name="reminded_on",
            field=fields.DateField(null=True),
        ),
        ops.AddIndex(
            model_name="Certificate",
            index=Index(fields=["valid_to"]),
        ),
        ops.AddField(
            model_name="Engagement",
            name="trained_on",
            field=fields.DateField(null=True),
        ),
        ops.AddIndex(
            model_name="Engagement",
            index=Index(fields=["state", "trained_on", "id"]),
        ),
        ops.AddField(
            model_name="EntryRule",
            name="change_hours",
            field=fields.DecimalField(null=True, max_digits=4, decimal_places=1),
        ),
        ops.AddField(
            model_name="EntryRule",
            name="company_hours",
            field=fields.DecimalField(null=True, max_digits=4, decimal_places=1),
        ),
        ops.AddField(
            model_name="EntryRule",
            name="special_hours",
            field=fields.DecimalField(null=True, max_digits=4, decimal_places=1),
        ),
        ops.AddField(
            model_name="EntryRule",
            name="team_hours",
            field=fields.DecimalField(null=True, max_digits=4, decimal_places=1),
        ),
        ops.AddField(
            model_name="EntryRule",
            name="yearly_hours",
            field=fields.DecimalField(null=True, max_digits=4, decimal_places=1),
        ),
        ops.AddField(
            model_name="StoredFile",
            name="piece_bytes",
            field=fields.IntField(null=True),
        ),
        ops.AddField(
            model_name="Training",
            name="score",
            field=fields.SmallIntField(null=True),
        ),
        ops.AddField(
            model_name="Training",
            name="session_id",
            field=fields.UUIDField(null=True, db_index=True),
        ),
        ops.AddField(
            model_name="Training",
            name="trade",
            field=fields.CharField(null=True, max_length=4),
        ),
        ops.AddField(
            model_name="Training",
            name="version_id",
            field=fields.UUIDField(null=True),
        ),
        ops.AddIndex(
            model_name="Training",
            index=Index(fields=["region", "id"]),
        ),
        ops.AddIndex(
            model_name="Training",
            index=Index(fields=["contractor_id", "id"]),
        ),
    ]

"""Courses and who learned what of them, sessions, the records of both, certificates."""

from enum import StrEnum, unique
from typing import Any

from tortoise import fields

from api.kit.fields import EnumField, InstantField, PersonalField, Record
from api.kit.personal import Kind


@unique
class TrainingKind(StrEnum):
    """What a training was for. ENTRY is the project's part of the three-level education."""

    COMPANY = "company"
    ENTRY = "entry"
    TEAM = "team"
    RETRAINING = "retraining"
    POST_CHANGE = "post_change"
    YEARLY = "yearly"
    SPECIAL = "special"

    @property
    def called(self) -> str:
        """What people call it."""
        return CALLED[self]


CALLED = {
    TrainingKind.COMPANY: "公司级教育",
    TrainingKind.ENTRY: "项目级教育",
    TrainingKind.TEAM: "班组级教育",
    TrainingKind.RETRAINING: "重新培训",
    TrainingKind.POST_CHANGE: "换岗培训",
    TrainingKind.YEARLY: "年度培训",
    TrainingKind.SPECIAL: "特种作业培训",
}


class Training(Record):
    """A safety training of one worker on a project, as the enterprise recorded it.

    It is his record 培训记录, also of a course that he finished by himself. contractor_id: the
    project's general contractor, who sees it too. trade: his on the project; empty when he was not
    expected there. version_id: of the course that he finished; score: of its
    quiz, in percent.
    """

    worker_id = fields.UUIDField()
    project_id = fields.UUIDField()
    enterprise_id = fields.UUIDField(db_index=True)
    contractor_id = fields.UUIDField()
    region = fields.CharField(max_length=6)
    kind = fields.CharField(max_length=12)
    held_on = fields.DateField()
    hours = fields.DecimalField(max_digits=5, decimal_places=1)
    topic = fields.CharField(max_length=100, default="")
    recorded_by = fields.UUIDField(null=True)
    trade = fields.CharField(max_length=4, null=True)
    session_id = fields.UUIDField(null=True, db_index=True)
    version_id = fields.UUIDField(null=True)
    score = fields.SmallIntField(null=True)

    class Meta:
        table = "training"
        indexes = (
            ("worker_id", "id"),
            ("project_id", "id"),
            ("region", "id"),
            ("contractor_id", "id"),
        )


class Certificate(Record):
    """A special-operation certificate 特种作业操作资格证 of a worker.

    operation: code of 特种作业. valid_to: its last day. number: as printed, often the
    ID number. check_code: in its QR. reminded_on: when its holder was last told that it ends.
    """

    worker_id = fields.UUIDField()
    enterprise_id = fields.UUIDField(db_index=True)
    operation = fields.CharField(max_length=2)
    number = PersonalField(Kind.ID_NUMBER)
    issued_by = fields.CharField(max_length=100, default="")
    valid_from = fields.DateField()
    valid_to = fields.DateField()
    recorded_by = fields.UUIDField(null=True)
    check_code = fields.CharField(max_length=32, null=True)
    reminded_on = fields.DateField(null=True)

    class Meta:
        table = "certificate"
        indexes = (("worker_id", "id"), ("valid_to",))


class TrainingCard(Record):
    """The code in the QR of a worker's training record, which he shows to whom he likes."""

    worker_id = fields.UUIDField(unique=True)
    code = fields.CharField(max_length=32, unique=True)

    class Meta:
        table = "training_card"


class Course(Record):
    """A course 课程 of an enterprise: for one project, or for all its sites.

    current_id: the version that is taught; draft_id: the one being written. Either may be missing.
    """

    enterprise_id = fields.UUIDField()
    project_id = fields.UUIDField(null=True, db_index=True)
    current_id = fields.UUIDField(null=True)
    draft_id = fields.UUIDField(null=True)
    withdrawn_at = InstantField(null=True)
    made_by = fields.UUIDField(null=True)

    class Meta:
        table = "course"
        indexes = (("enterprise_id", "id"),)


class CourseVersion(Record):
    """What a course says. Once published it never changes.

    minutes: of all its lessons. pass_mark: in percent. tries: at a quiz, each day.
    """

    course_id = fields.UUIDField()
    number = fields.IntField()
    title = fields.CharField(max_length=100)
    kind = EnumField(TrainingKind, max_length=12)
    pass_mark = fields.SmallIntField()
    tries = fields.SmallIntField()
    minutes = fields.IntField(default=0)
    published_at = InstantField(null=True)
    published_by = fields.UUIDField(null=True)

    class Meta:
        table = "course_version"
        unique_together = (("course_id", "number"),)


@unique
class LessonKind(StrEnum):
    """How a lesson is taught."""

    VIDEO = "video"
    DOCUMENT = "document"
    QUIZ = "quiz"


class Lesson(Record):
    """One part of a version: a film, a document or a quiz.

    What was learned of it counts by content_id, which an unchanged lesson keeps in the next one.
    minutes: that it takes at least; 0 for a quiz. questions: `[{text, options, right}]`, right the
    places of the right options. fixed: with its version.
    """

    version_id = fields.UUIDField()
    content_id = fields.UUIDField()
    position = fields.SmallIntField()
    kind = EnumField(LessonKind, max_length=8)
    title = fields.CharField(max_length=100)
    minutes = fields.SmallIntField(default=0)
    file_id = fields.UUIDField(null=True)
    questions: fields.Field[list[dict[str, Any]]] = fields.JSONField(null=True)
    fixed = fields.BooleanField(default=False)

    class Meta:
        table = "lesson"
        indexes = (("version_id", "position"),)


class Progress(Record):
    """How far a worker is with a lesson's content. earned_ms: of its minutes."""

    worker_id = fields.UUIDField()
    content_id = fields.UUIDField()
    earned_ms = fields.IntField(default=0)
    position_ms = fields.IntField(default=0)
    done_at = InstantField(null=True)

    class Meta:
        table = "lesson_progress"
        unique_together = (("worker_id", "content_id"),)


class StudyClock(Record):
    """Up to which instant a worker's time is counted, on whichever device. Locked by every beat."""

    worker_id = fields.UUIDField(unique=True)
    counted_until = InstantField(null=True)

    class Meta:
        table = "study_clock"


class Visit(Record):
    """A lesson that is open on one device. beats: the number of its last heartbeat."""

    worker_id = fields.UUIDField()
    lesson_id = fields.UUIDField()
    beats = fields.IntField(default=0)
    beaten_at = InstantField()
    position_ms = fields.IntField(default=0)

    class Meta:
        table = "lesson_visit"
        indexes = (("worker_id", "id"),)


class QuizAttempt(Record):
    """A worker's answers to a quiz, and what they were worth. Append-only."""

    worker_id = fields.UUIDField()
    content_id = fields.UUIDField()
    lesson_id = fields.UUIDField()
    day = fields.DateField()
    answers: fields.Field[list[list[int]]] = fields.JSONField()
    wrong: fields.Field[list[int]] = fields.JSONField()
    score = fields.SmallIntField()
    passed = fields.BooleanField()

    class Meta:
        table = "quiz_attempt"
        indexes = (("worker_id", "content_id", "day"),)


class GroupSession(Record):
    """A training that was held for several at once 集中培训.

    people: how many attended.
    """

    project_id = fields.UUIDField()
    enterprise_id = fields.UUIDField(db_index=True)
    contractor_id = fields.UUIDField(db_index=True)
    region = fields.CharField(max_length=6)
    kind = EnumField(TrainingKind, max_length=12)
    topic = fields.CharField(max_length=100)
    trainer = fields.CharField(max_length=50)
    held_on = fields.DateField()
    hours = fields.DecimalField(max_digits=5, decimal_places=1)
    people = fields.SmallIntField()
    recorded_by = fields.UUIDField(null=True)

    class Meta:
        table = "group_session"
        indexes = (("project_id", "id"),)


class SessionPhoto(Record):
    """A photo that proves a session, the sign-in list or the room."""

    session_id = fields.UUIDField(db_index=True)
    file_id = fields.UUIDField()

    class Meta:
        table = "session_photo"

"""Records of conduct and their steps, monthly evaluations, and reviews of a score by a person."""

from tortoise import fields

from api.conduct.rules import Act, EvaluationState, Level, Outcome, Side, State, Subject
from api.kit.fields import EnumField, PersonalField, Record
from api.kit.personal import Kind


class ConductRecord(Record):
    """Good or bad conduct, proposed, heard, decided, and in force for a term.

    What was said of it stands in its steps. One of worker_id, team_id, firm_id: whose it is.
    enterprise_id: which enterprise proposed it; None: the authority. version: of the dictionary.
    proposed_by, decided_by: accounts. decided_region: whose office decided, appeal_region: whose
    decides on an appeal. due_on: the day after which something happens by itself. shown: stands in
    the public list. restricts: the decision puts the subject on the black list; restriction_id:
    the row that does it.
    """

    subject = EnumField(Subject, max_length=12)
    worker_id = fields.UUIDField(null=True)
    team_id = fields.UUIDField(null=True)
    firm_id = fields.UUIDField(null=True)
    project_id = fields.UUIDField()
    enterprise_id = fields.UUIDField(null=True)
    region = fields.CharField(max_length=6)
    kind = fields.CharField(max_length=8)
    version = fields.CharField(max_length=40)
    level = EnumField(Level, max_length=12)
    happened_on = fields.DateField()
    proposed_by = fields.UUIDField()
    state = EnumField(State, max_length=12)
    outcome = EnumField(Outcome, max_length=12, default=Outcome.NONE)
    due_on = fields.DateField(null=True, db_index=True)
    decided_by = fields.UUIDField(null=True)
    decided_region = fields.CharField(max_length=6, default="")
    document = fields.CharField(max_length=100, default="")
    valid_from = fields.DateField(null=True)
    valid_to = fields.DateField(null=True)
    appealed_on = fields.DateField(null=True)
    appeal_region = fields.CharField(max_length=6, default="")
    repair_from = fields.DateField(null=True)
    restricts = fields.BooleanField(default=False)
    restriction_id = fields.UUIDField(null=True)
    shown = fields.BooleanField(default=False)

    class Meta:
        table = "conduct_record"
        indexes = (
            ("worker_id", "id"),
            ("team_id", "id"),
            ("firm_id", "id"),
            ("enterprise_id", "id"),
            ("region", "state", "id"),
            ("region", "id"),
            ("appeal_region", "state", "id"),
            ("shown", "id"),
            ("shown", "region", "id"),
        )


class ConductStep(Record):
    """One step of a record: what was done, by which side. Append-only.

    note: what was said, sealed. due_on: the deadline from then on. account_id: who, for the audit;
    None: the clock.
    """

    record_id = fields.UUIDField()
    act = EnumField(Act, max_length=16)
    side = EnumField(Side, max_length=12)
    note = PersonalField(Kind.TEXT, null=True)
    photo_ids: fields.Field[list[str]] = fields.JSONField()
    due_on = fields.DateField(null=True)
    account_id = fields.UUIDField(null=True)

    class Meta:
        table = "conduct_step"
        indexes = (("record_id", "id"),)


class Evaluation(Record):
    """How a worker or team did on a project in a month, in the words of an enterprise.

    quality, safety, teamwork: 1 to 5. text: what it rests on; said: the subject's words against
    it; answer: what the enterprise said to them.
    """

    subject = EnumField(Subject, max_length=12)
    worker_id = fields.UUIDField(null=True)
    team_id = fields.UUIDField(null=True)
    project_id = fields.UUIDField()
    enterprise_id = fields.UUIDField()
    region = fields.CharField(max_length=6)
    month = fields.CharField(max_length=7)
    quality = fields.SmallIntField()
    safety = fields.SmallIntField()
    teamwork = fields.SmallIntField()
    text = PersonalField(Kind.TEXT)
    made_by = fields.UUIDField()
    state = EnumField(EvaluationState, max_length=12, default=EvaluationState.GIVEN)
    said = PersonalField(Kind.TEXT, null=True)
    answer = PersonalField(Kind.TEXT, null=True)

    class Meta:
        table = "conduct_evaluation"
        indexes = (
            ("worker_id", "id"),
            ("team_id", "id"),
            ("enterprise_id", "id"),
        )


class ScoreReview(Record):
    """A worker asked that a person look at his score (PIPL, article 24), and what came of it.

    points: what the officer gave him, never below 0; they count for twelve months.
    """

    worker_id = fields.UUIDField()
    region = fields.CharField(max_length=6)
    text = PersonalField(Kind.TEXT)
    answer = PersonalField(Kind.TEXT, null=True)
    points = fields.SmallIntField(default=0)
    answered_on = fields.DateField(null=True)
    answered_by = fields.UUIDField(null=True)

    class Meta:
        table = "conduct_score_review"
        indexes = (("worker_id", "id"), ("region", "id"))

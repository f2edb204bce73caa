"""Conduct as it comes in: proposals, answers, decisions, evaluations, and what is asked for."""

import datetime as dt
from typing import Annotated, Literal
from uuid import UUID

from pydantic import AfterValidator, Field, StringConstraints

from api.conduct.rules import Level, State, Subject, Way
from api.kit import clock
from api.kit.pagination import PageQuery
from api.kit.routes import Upload
from api.kit.schemas import Body, Form, RegionCode, Words

KindCode = Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}[0-9]{2}$")]
Document = Annotated[str, StringConstraints(strip_whitespace=True, max_length=100)]
Mark = Annotated[int, Field(ge=1, le=5)]


def _past(day: dt.date) -> dt.date:
    if not clock.today() - dt.timedelta(days=MOST_DAYS_AGO) <= day <= clock.today():
        raise ValueError("要是两年以内、今天以前的日子。请重新选。")
    return day


def _past_month(month: str) -> str:
    if month > f"{clock.today():%Y-%m}":
        raise ValueError("这个月还没到。请重新选。")
    return month


MOST_DAYS_AGO = 2 * 366
PastDay = Annotated[dt.date, AfterValidator(_past)]
Month = Annotated[
    str,
    StringConstraints(pattern=r"^20[0-9]{2}-(0[1-9]|1[0-2])$"),
    AfterValidator(_past_month),
]


class PhotoForm(Form):
    """Up to three photos beside the words."""

    photo_1: Upload | None = None
    photo_2: Upload | None = None
    photo_3: Upload | None = None

    @property
    def photos(self) -> dict[str, Upload]:
        """The photos that came, by field."""
        found = {name: getattr(self, name) for name in ("photo_1", "photo_2", "photo_3")}
        return {name: upload for name, upload in found.items() if upload is not None}


class ProposalForm(PhotoForm):
    """Good or bad conduct on a project: whose, of which kind, on which day, and what it was.

    subject_id: the worker's, team's or enterprise's id, as the kind has it.
    """

    project_id: UUID
    subject_id: UUID
    kind: KindCode
    happened_on: PastDay
    text: Words


class StatementForm(PhotoForm):
    """The subject's words: an answer, an appeal, a repair asked for."""

    way: Way
    text: Words


class ReasonIn(Body):
    """Why."""

    reason: Words


class DecisionIn(Body):
    """The region's decision. Without level and months: those of the kind.

    restrict: onto the black list, with the document that it rests on.
    """

    decision: Literal["uphold", "refuse"]
    reason: Words
    level: Level | None = None
    months: Annotated[int, Field(ge=1, le=36)] | None = None
    document: Document = ""
    restrict: bool = False


class RulingIn(Body):
    """On an appeal or a repair: granted or not, and why."""

    granted: bool
    reason: Words


class EvaluationIn(Body):
    """How a worker or team did on a project in a month; text: what it rests on."""

    project_id: UUID
    subject: Literal[Subject.WORKER, Subject.TEAM]
    subject_id: UUID
    month: Month
    quality: Mark
    safety: Mark
    teamwork: Mark
    text: Words


class SettlementIn(Body):
    """What becomes of a contested evaluation."""

    decision: Literal["keep", "withdraw"]
    reason: Words


class ReviewIn(Body):
    """Why a person should look at the score."""

    text: Words


class ReviewAnswerIn(Body):
    """What an officer found; points: what he adds to the score, never less than nothing."""

    answer: Words
    points: Annotated[int, Field(ge=0, le=20)] = 0


class OfficeConductQuery(PageQuery):
    """The enterprise's records: those it proposed, or those on itself."""

    about: Literal["others", "us"] = "others"


class RegionConductQuery(PageQuery):
    """The region's records. appeals: those to be decided here; listed: on the black list."""

    state: State | None = None
    subject: Subject | None = None
    region: RegionCode | None = None
    appeals: bool = False
    listed: bool = False


class ReviewQuery(PageQuery):
    """The requests to look at a score; waiting: those without an answer."""

    waiting: bool = True


class PublicConductQuery(PageQuery):
    """What is published, by region and whose it is."""

    region: RegionCode | None = None
    subject: Subject | None = None

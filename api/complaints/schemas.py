"""Complaints as they come in: the filing, the words of each side, and what is asked for."""

from typing import Annotated, Literal
from uuid import UUID

from pydantic import StringConstraints

from api.complaints.rules import Body, Check, Kind, OfficeState, State, Topic
from api.kit import schemas
from api.kit.pagination import PageQuery
from api.kit.routes import Upload
from api.kit.schemas import Form, RegionCode, Words

Office = Annotated[str, StringConstraints(strip_whitespace=True, max_length=100)]


class SaidForm(Form):
    """What a complaint or suggestion says: words, a recording, or both, and photos.

    addressee: who is to answer. anonymous: the enterprise never learns who he is.
    """

    kind: Kind = Kind.COMPLAINT
    topic: Topic
    addressee: Body
    anonymous: bool = False
    text: Words | None = None
    voice: Upload | None = None
    photo_1: Upload | None = None
    photo_2: Upload | None = None
    photo_3: Upload | None = None
    photo_4: Upload | None = None
    photo_5: Upload | None = None
    photo_6: Upload | None = None


class ComplaintForm(SaidForm):
    """The same of a project; enterprise_id: whom it concerns, his employer there unless said."""

    project_id: UUID
    enterprise_id: UUID | None = None

    @property
    def photos(self) -> dict[str, Upload]:
        """The photos that came, by field."""
        names = (f"photo_{number}" for number in range(1, 7))
        found = {name: getattr(self, name) for name in names}
        return {name: upload for name, upload in found.items() if upload is not None}


class OwnDecisionIn(schemas.Body):
    """His word: satisfied with the answer, not satisfied (to the authority), or taken back."""

    decision: Literal["satisfied", "escalate", "withdraw"]
    note: Words | None = None


class AnswerIn(schemas.Body):
    """An answer that the complainant reads."""

    answer: Words


class HandlingIn(schemas.Body):
    """A step of handling, as the complainant reads it. extend: 30 more working days, once."""

    note: Words
    extend: bool = False


class TransferIn(schemas.Body):
    """To another region or office that is in charge; the complainant is told to whom and why."""

    region: RegionCode
    office: Office = ""
    reason: Words


class ClosingIn(schemas.Body):
    """The end of an answered complaint."""

    note: Words


class ContentIn(schemas.Body):
    """Whether the enterprise may read what was held."""

    decision: Literal["show", "withhold"]


class OfficeComplaintQuery(PageQuery):
    """The enterprise's inbox by state, project, kind and topic."""

    state: OfficeState | None = None
    project_id: UUID | None = None
    kind: Kind | None = None
    topic: Topic | None = None


class RegionComplaintQuery(PageQuery):
    """The region's queue. overdue: past its deadline; flagged: his engagement ended soon after."""

    holder: Body | None = None
    state: State | None = None
    topic: Topic | None = None
    content: Check | None = None
    enterprise_id: UUID | None = None
    region: RegionCode | None = None
    overdue: bool = False
    flagged: bool = False

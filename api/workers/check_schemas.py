"""What regulators enter as restrictions, and what enterprise systems ask about workers."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from pydantic import StringConstraints

from api.kit.personal import Kind, Personal
from api.kit.schemas import Body, Line, Out, RegionCode
from api.workers.checks import Restricted
from api.workers.models import Restriction, RestrictionReason, Subject
from api.workers.schemas import AddressIn, CodeText, IdNumberIn, NameIn, Nation, PhoneIn

CreditCode = Annotated[str, StringConstraints(pattern=r"^[0-9A-HJ-NP-RT-UW-Y]{18}$")]


class RestrictionIn(Body):
    """A restriction on a person (by number) or an enterprise (by credit code)."""

    id_number: IdNumberIn | None = None
    credit_code: CreditCode | None = None
    region: RegionCode
    reason: RestrictionReason
    document: Line
    valid_from: date
    valid_to: date | None = None


class RestrictionOut(Out):
    """A restriction with its history."""

    id: UUID
    subject: Subject
    id_number: str | None
    credit_code: str | None
    region: str
    reason: RestrictionReason
    document: str
    valid_from: date
    valid_to: date | None
    ended_on: date | None
    ended_reason: str

    @classmethod
    def of(cls, row: Restriction) -> "RestrictionOut":
        """The row, with a person's number masked."""
        enterprise = row.subject is Subject.ENTERPRISE
        return cls(
            id=row.id,
            subject=row.subject,
            id_number=row.number.masked if row.number else None,
            credit_code=row.subject_index if enterprise else None,
            region=row.region,
            reason=row.reason,
            document=row.document,
            valid_from=row.valid_from,
            valid_to=row.valid_to,
            ended_on=row.ended_on,
            ended_reason=row.ended_reason,
        )


class ConsistencyFields(Body):
    """What the caller has on record; each field sent is compared."""

    name: NameIn | None = None
    sex: Literal["male", "female"] | None = None
    birth: date | None = None
    nation: Nation | None = None
    address: AddressIn | None = None
    phone: PhoneIn | None = None
    id_number: IdNumberIn | None = None

    @property
    def values(self) -> dict[str, Personal | str]:
        """The fields that were sent, under the record's names and in its forms."""
        sent = {name: getattr(self, name) for name in type(self).model_fields}
        if self.birth is not None:
            sent["birth"] = Personal.of(Kind.TEXT, self.birth.isoformat())
        sent["number"] = sent.pop("id_number")
        return {name: value for name, value in sent.items() if value is not None}


class ConsistencyIn(Body):
    """A worker by code or number, and the fields to compare.

    enterprise_id: for which enterprise is asked, needed by who acts for several.
    """

    enterprise_id: UUID | None = None
    verification_code: CodeText | None = None
    id_number: IdNumberIn | None = None
    fields: ConsistencyFields


class ConsistencyOut(Out):
    """For each field sent, whether it agrees; never what is stored."""

    matches: dict[str, bool]

    @classmethod
    def of(cls, found: Mapping[str, bool]) -> "ConsistencyOut":
        """The answers under the caller's names."""
        names = {"number": "id_number"}
        return cls(matches={names.get(name, name): same for name, same in found.items()})


class RestrictionCheckIn(Body):
    """Exactly one of worker's code, worker's number and enterprise's credit code; on which day."""

    enterprise_id: UUID | None = None
    verification_code: CodeText | None = None
    id_number: IdNumberIn | None = None
    credit_code: CreditCode | None = None
    on: date | None = None


class RestrictionFoundOut(Out):
    """A restriction as others learn it: its class and period."""

    reason: RestrictionReason
    valid_from: date
    valid_to: date | None


class RestrictionCheckOut(Out):
    """Whether there was one on that day."""

    restricted: bool
    on: date
    items: list[RestrictionFoundOut]

    @classmethod
    def of(cls, found: Restricted) -> "RestrictionCheckOut":
        """The answer without the document or who entered it."""
        items = [
            RestrictionFoundOut(
                reason=row.reason,
                valid_from=row.valid_from,
                valid_to=min(filter(None, (row.valid_to, row.ended_on)), default=None),
            )
            for row in found.rows
        ]
        return cls(restricted=bool(items), on=found.on, items=items)

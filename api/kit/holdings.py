"""What each table holds about a person: whose rows, what for, how long, what becomes of them.

A room declares its tables in its `holdings.py`. What a person is shown and given of his data, what
erasing does, which terms end, and the register of processing are all read from these declarations
(PIPL 17, 45, 47, 55); a guard fails for a table or a column without one.
"""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum, unique
from typing import Any
from uuid import UUID

from tortoise import fields
from tortoise.expressions import Q, Subquery
from tortoise.queryset import QuerySet

from api.kit import clock
from api.kit.fields import Record


@dataclass(frozen=True, slots=True)
class Person:
    """A person by all that his rows may carry: his ids, also of records that were merged into his,
    and the blind indexes of his number and his phone."""

    account_ids: tuple[UUID, ...]
    worker_ids: tuple[UUID, ...] = ()
    number_indexes: tuple[str, ...] = ()
    phone_indexes: tuple[str, ...] = ()


Whose = Callable[[Person], Q]


@unique
class Ground(StrEnum):
    """Why it may be held (PIPL 13, 29)."""

    CONSENT = "consent"
    CONTRACT = "contract"
    DUTY = "duty"

    @property
    def called(self) -> str:
        """What a person reads."""
        return GROUNDS[self]


GROUNDS = {
    Ground.CONSENT: "您的单独同意",
    Ground.CONTRACT: "为您办事所必需",
    Ground.DUTY: "法律要求留存",
}


@unique
class Fate(StrEnum):
    """What erasing does with the rows."""

    GOES = "goes"
    BLANKED = "blanked"
    """The row stays, what leads to the person goes."""
    STAYS = "stays"
    """A ledger that the law keeps: not used for anything else (PIPL 47, second sentence)."""

    @property
    def called(self) -> str:
        """What a person reads."""
        return FATES[self]


FATES = {
    Fate.GOES: "删除",
    Fate.BLANKED: "去掉身份信息",
    Fate.STAYS: "依法封存，到期删除",
}


@dataclass(frozen=True, slots=True)
class Term:
    """Rows go `days` after the instant or day in their column `since`, those that match `only`."""

    days: int
    since: str = "created_at"
    only: Q = field(default_factory=Q)

    def over(self, model: type[Record], moment: dt.datetime) -> Q:
        """Which rows of the table have their term behind them at `moment`."""
        instant = moment - dt.timedelta(days=self.days)
        is_day = isinstance(model._meta.fields_map[self.since], fields.DateField)
        before: Any = clock.day_of(instant) if is_day else instant
        return self.only & _column(self.since, "lt", before)


@dataclass(frozen=True, slots=True, eq=False)
class Holding:
    """One table that holds something about a person.

    called, purpose, seen_by, kept: what he reads of it. shown: his columns with their names; every
    other column is in `silent`, since it is technical or somebody else's. words: of the values of
    a column, also told to machines. spoken: how a column is said to people alone, where neither
    its kind nor `words` say it. blank: what a blanked row's columns become, a value or a function
    of the row. term: when rows go by themselves.
    subject: the table's name in the audit, so that he can be told who looked.
    """

    model: type[Record]
    called: str
    purpose: str
    ground: Ground
    seen_by: str
    kept: str
    whose: Whose
    shown: Mapping[str, str]
    fate: Fate
    silent: frozenset[str] = frozenset()
    words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    spoken: Mapping[str, Callable[[Any], str]] = field(default_factory=dict)
    blank: Mapping[str, Any] = field(default_factory=dict)
    term: Term | None = None
    subject: str = ""

    @property
    def table(self) -> str:
        """Its name in the database."""
        return str(self.model._meta.db_table)

    def rows(self, person: Person) -> QuerySet[Any]:
        """The person's rows, in the order in which they were made."""
        return self.model.filter(self.whose(person)).order_by("id")

    async def erase(self, person: Person) -> int:
        """Do what `fate` says, within the running transaction; how many rows it was about."""
        if self.fate is Fate.GOES:
            return int(await self.model.filter(self.whose(person)).delete())
        if self.fate is Fate.STAYS:
            return 0
        rows = await self.rows(person).select_for_update()
        for row in rows:
            for name, value in self.blank.items():
                setattr(row, name, value(row) if callable(value) else value)
            await row.save(update_fields=list(self.blank))
        return len(rows)

    async def end_terms(self, moment: dt.datetime, many: int) -> int:
        """Delete rows whose term is over, `many` at most; how many went."""
        if self.term is None:
            return 0
        over = self.model.filter(self.term.over(self.model, moment)).order_by(self.term.since)
        ids = await over.limit(many).values_list("id", flat=True)
        return int(await self.model.filter(id__in=list(ids)).delete()) if ids else 0


@dataclass(frozen=True, slots=True)
class Apart:
    """A table that holds nothing about a worker, and why; its rows may still have a term."""

    model: type[Record]
    why: str

    @property
    def table(self) -> str:
        """Its name in the database."""
        return str(self.model._meta.db_table)


EVERYWHERE = frozenset({"id", "created_at", "account_id", "worker_id", "region", "contractor_id"})
"""Columns that no declaration names: the row's own, the person's own, and where the row lies."""


def of_worker(column: str = "worker_id") -> Whose:
    """Rows that carry his worker id in `column`."""
    return lambda person: _column(column, "in", person.worker_ids)


def of_account(column: str = "account_id") -> Whose:
    """Rows that carry his account id in `column`."""
    return lambda person: _column(column, "in", person.account_ids)


def of(parent: Holding, column: str) -> Whose:
    """Rows that lead by `column` to one of his rows in another table."""

    def whose(person: Person) -> Q:
        rows = parent.model.filter(parent.whose(person)).values("id")
        return _column(column, "in", Subquery(rows))

    return whose


def _column(name: str, how: str, value: Any) -> Q:
    return Q(**{f"{name}__{how}": value})

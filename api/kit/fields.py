"""Tortoise fields of our own: instants that are never naive, personal data sealed at rest."""

import datetime as dt
from enum import Enum
from functools import cache
from typing import Any, TypeVar, cast
from uuid import UUID

from tortoise import fields
from tortoise.fields.data import CharEnumFieldInstance
from tortoise.models import Model

from api.kit import clock
from api.kit.ids import new_id
from api.kit.personal import Kind, Personal

E = TypeVar("E", bound=Enum)
T = TypeVar("T", bound="Record")


class InstantField(fields.DatetimeField[Any]):
    """An aware instant, stored in UTC. ValueError for a naive one."""

    def to_python_value(self, value: Any) -> Any:
        """The instant in UTC; a naive one is refused where Tortoise would take it for UTC."""
        if isinstance(value, dt.datetime) and value.tzinfo is None:
            raise ValueError(f"{self.model_field_name}: naive datetime")
        return super().to_python_value(value)

    def to_db_value(self, value: Any, instance: type[Model] | Model) -> Any:
        """Refuse naive values and turn the others to UTC, so that text compares as time."""
        if isinstance(value, dt.datetime):
            if value.tzinfo is None:
                raise ValueError(f"{self.model_field_name}: naive datetime")
            value = value.astimezone(dt.UTC)
        value = super().to_db_value(value, instance)
        return value.astimezone(dt.UTC) if isinstance(value, dt.datetime) else value


class Enumerated(CharEnumFieldInstance):
    """A value of an enumeration. Migrations see plain text: they need no feature's code."""

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        """The text column that it is in migrations."""
        _, args, kwargs = super().deconstruct()
        plain = {k: v for k, v in kwargs.items() if k not in {"enum_type", "description"}}
        if self.default is not None:
            plain["default"] = str(self.default)
        return "tortoise.fields.data.CharField", args, plain

    def describe(self, serializable: bool) -> dict[str, Any]:
        """As of a text column."""
        return {
            **super().describe(serializable),
            "field_type": "CharField" if serializable else fields.CharField,
            "description": None,
        }


def EnumField(enum_type: type[E], max_length: int, **kwargs: Any) -> fields.Field[E]:  # noqa: N802
    """A column that holds a value of `enum_type`."""
    return cast("fields.Field[E]", Enumerated(enum_type, max_length=max_length, **kwargs))


class PersonalField(fields.Field[Any]):
    """Personal data of one kind, sealed for its own table, row and column."""

    SQL_TYPE = "TEXT"
    indexable = False
    field_type = Personal

    def __init__(self, kind: Kind = Kind.TEXT, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.kind = kind

    def to_db_value(self, value: Any, instance: type[Model] | Model) -> str | None:
        """The sealed text. TypeError for anything that is not `Personal`."""
        if value is None:
            return None
        if not isinstance(value, Personal) or not isinstance(instance, Model):
            raise TypeError(f"{self.model_field_name} takes a Personal on a row")
        return value.seal(place_of(instance, self.model_field_name))

    def to_python_value(self, value: Any) -> Any:
        """A sealed value whose place `Record` fills in; a `Personal` as it is."""
        if value is None or isinstance(value, Personal):
            return value
        if not isinstance(value, str):
            raise TypeError(f"{self.model_field_name} takes a Personal")
        return Personal.sealed(self.kind, value, "")


class Record(Model):
    """Base of every table: a UUIDv7 key and the instant of making."""

    id = fields.UUIDField(primary_key=True, default=new_id)
    created_at = InstantField(default=clock.now)

    class Meta:
        abstract = True

    @classmethod
    def _init_from_db(cls: type[T], **kwargs: Any) -> T:
        row = super()._init_from_db(**kwargs)
        for name in _personal_of(cls):
            value = getattr(row, name, None)
            if isinstance(value, Personal):
                setattr(row, name, Personal.sealed(value.kind, value._sealed, place_of(row, name)))
        return row


@cache
def _personal_of(model: type[Model]) -> tuple[str, ...]:
    """The personal fields of a model; looked for once, for rows are read by the thousand."""
    fields_map = model._meta.fields_map
    return tuple(name for name, field in fields_map.items() if isinstance(field, PersonalField))


def place_of(row: Model, field: str) -> str:
    """`table:row:field`, the associated data of a sealed value."""
    return place(row._meta.db_table, row.pk, field)


def place(table: str, row_id: UUID | str, field: str) -> str:
    """`table:row:field` from its parts."""
    return f"{table}:{row_id}:{field}"

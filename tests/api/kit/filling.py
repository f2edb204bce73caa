"""A row of any model with every column filled, and its parents with it."""

import datetime as dt
from decimal import Decimal
from typing import Any

from tortoise import Model, fields
from tortoise.fields.relational import ForeignKeyFieldInstance

from api.kit import clock
from api.kit.fields import PersonalField
from api.kit.ids import new_id, new_token
from api.kit.personal import Personal


def personal_of(model: type[Model]) -> list[str]:
    """The names of a model's personal columns."""
    return [n for n, f in model._meta.fields_map.items() if isinstance(f, PersonalField)]


async def filled(model: type[Model]) -> Any:
    """A saved row of `model`; a personal column holds its own name and table in plain text."""
    values: dict[str, Any] = {}
    for name, field in model._meta.fields_map.items():
        if isinstance(field, ForeignKeyFieldInstance):
            values[name] = await filled(field.related_model)
        elif name in model._meta.db_fields and not getattr(field, "reference", None):
            values[name] = value_of(model, name, field)
    return await model.create(**values)


SAMPLES: dict[type[fields.Field[Any]], Any] = {
    fields.UUIDField: new_id,
    fields.TextField: lambda: "text",
    fields.BooleanField: lambda: False,
    fields.JSONField: dict,
    fields.DatetimeField: clock.now,
    fields.DateField: lambda: dt.date(2026, 11, 1),
    fields.IntField: lambda: 1,
    fields.DecimalField: lambda: Decimal(1),
    fields.FloatField: lambda: 0.5,
}


def value_of(model: type[Model], name: str, field: fields.Field[Any]) -> Any:
    """What a column of a filled row holds."""
    if isinstance(field, PersonalField):
        return Personal.of(field.kind, f"{model._meta.db_table} {name}")
    if hasattr(field, "enum_type"):
        return next(iter(field.enum_type))
    if isinstance(field, fields.CharField):
        return new_token()[: field.max_length]
    for kind, sample in SAMPLES.items():
        if isinstance(field, kind):
            return sample()
    raise TypeError(f"{model.__name__}.{name}: no value for {type(field).__name__}")

"""Sealing every personal value anew with the newest data key: in batches, resumable."""

from typing import Any

from tortoise import Tortoise
from tortoise.models import Model

from api.kit.fields import PersonalField
from api.kit.transaction import transaction

BATCH = 500


def sealed_columns() -> dict[type[Model], list[str]]:
    """Every table with personal fields, and their names."""
    found = {}
    for model in (Tortoise.apps or {})["models"].values():
        names = [n for n, f in model._meta.fields_map.items() if isinstance(f, PersonalField)]
        if names:
            found[model] = names
    return found


async def reseal_all() -> int:
    """Seal anew what an older data key sealed; how many rows changed."""
    changed = 0
    for model, names in sealed_columns().items():
        ids: list[Any] = list(await model.all().order_by("id").values_list("id", flat=True))
        for start in range(0, len(ids), BATCH):
            changed += await _reseal(model, names, ids[start : start + BATCH])
    return changed


async def _reseal(model: type[Model], names: list[str], ids: list[Any]) -> int:
    changed = 0
    async with transaction():
        for row in await model.filter(id__in=ids).select_for_update():
            old = [n for n in names if getattr(row, n) and not getattr(row, n).is_newest]
            for name in old:
                setattr(row, name, getattr(row, name).opened())
            if old:
                await row.save(update_fields=old)
                changed += 1
    return changed

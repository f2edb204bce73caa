"""The names of a table's rows, which nearly every list wants beside its ids."""

from collections.abc import Collection, Mapping, Sequence
from uuid import UUID

from api.kit.fields import Record
from api.kit.memo import GatheredMemo


class Names:
    """Names by id, remembered for a minute and forgotten in every process when one changes."""

    def __init__(self, memo: str, model: type[Record]) -> None:
        self._model = model
        self._memo: GatheredMemo[str] = GatheredMemo(memo, 60, self._load)

    async def of(self, ids: Collection[UUID]) -> dict[UUID, str]:
        """The names; unknown ids are left out. One statement at most."""
        found = await self._memo.of_all([str(each) for each in ids])
        return {UUID(key): name for key, name in found.items()}

    def changed(self, row_id: UUID) -> None:
        """Let every process ask again once the running transaction has committed."""
        self._memo.forget_after_commit(str(row_id))

    async def _load(self, ids: Sequence[str]) -> Mapping[str, str]:
        rows = await self._model.filter(id__in=ids).values_list("id", "name")
        return {str(row_id): name for row_id, name in rows}

"""Every table and column is declared: what it holds about a person, or that it holds nothing."""

from collections import Counter
from collections.abc import Sequence

import pytest
from tortoise import Model, fields

from api.accounts.service import ConsentPurpose
from api.kit.fields import Enumerated, PersonalField, Record
from api.kit.holdings import EVERYWHERE, Apart, Fate, Ground, Holding, of_worker
from api.privacy.assessments import ASSESSMENTS
from api.privacy.register import DECLARED, HELD
from tests.guards.document import models

Declared = Sequence[Holding | Apart]
LEDGERS = {
    "accident": {"spot", "text"},
    "accident_step": {"note"},
    # the proof that wages were paid, to whom and where
    "batch_line": {"payee", "card"},
    "complaint": {"text", "shown_text"},
    "complaint_step": {"note"},
    "line_contest": {"words", "answer"},
    "contract": {"text"},
    "kept_identity": {"name", "number"},
    "restriction": {"number"},
}
"""Where personal words stay after erasing, since the law keeps them, blocked (PIPL 47)."""


def faults(declared: Declared, tables: Sequence[type[Model]]) -> list[str]:
    """What is wrong with the declarations."""
    count = Counter(each.model for each in declared)
    found = [f"{model._meta.db_table} is declared {count[model]} times" for model in tables  # type: ignore[index]
             if count[model] != 1]  # type: ignore[index]  # fmt: skip
    for each in declared:
        if isinstance(each, Holding):
            found += [f"{each.table}.{fault}" for fault in _of(each)]
    return found


def _of(holding: Holding) -> list[str]:
    columns = set(holding.model._meta.db_fields)
    shown, silent = set(holding.shown), set(holding.silent)
    found = [f"{name} is not declared" for name in columns - shown - silent - EVERYWHERE]
    found += [f"{name} is no column" for name in (shown | silent | set(holding.blank)) - columns]
    found += [f"{name} is shown and silent" for name in shown & silent]
    for name in shown:
        field = holding.model._meta.fields_map.get(name)
        kind = getattr(field, "enum_type", None)
        if isinstance(field, Enumerated | fields.data.CharEnumFieldInstance) and kind:
            known = set(holding.words.get(name, {}))
            found += [f"{name} has no word for {v.value!r}" for v in kind if v.value not in known]
    return [*found, *_personal(holding)]


def _personal(holding: Holding) -> list[str]:
    """Personal columns that erasing leaves, outside of what the law keeps."""
    if holding.fate is Fate.GOES:
        return []
    fields_map = holding.model._meta.fields_map
    sealed = {name for name, field in fields_map.items() if isinstance(field, PersonalField)}
    left = sealed - set(holding.blank) - LEDGERS.get(holding.table, set())
    # What opens a login is no longer any use once the account is a husk; staff alone have it.
    return [f"{name} is left after erasing" for name in left - {"totp_secret"}]


@pytest.mark.usefixtures("app")
def test_every_table_and_column_is_declared() -> None:
    # A column that leads to another table is known once the models are put together.
    assert faults(DECLARED, models()) == []


def test_a_table_that_nobody_declared_is_seen() -> None:
    assert "punch is declared 0 times" in faults(
        [each for each in DECLARED if each.table != "punch"], models()
    )
    assert "punch is declared 2 times" in faults(
        [*DECLARED, *(each for each in HELD if each.table == "punch")], models()
    )


class Seeded(Record):
    """A table as somebody might add it."""

    worker_id = fields.UUIDField()
    number = PersonalField()
    state = fields.CharField(max_length=8)

    class Meta:
        table = "seeded"
        abstract = True


@pytest.mark.parametrize(
    ("shown", "fate", "fault"),
    [
        ({"state": "状态"}, Fate.GOES, "seeded.number is not declared"),
        (
            {"state": "状态", "number": "号", "nothing": "无"},
            Fate.GOES,
            "seeded.nothing is no column",
        ),
        ({"state": "状态", "number": "号"}, Fate.STAYS, "seeded.number is left after erasing"),
        ({"state": "状态", "number": "号"}, Fate.GOES, ""),
    ],
)
def test_a_column_that_nobody_declared_is_seen(
    shown: dict[str, str], fate: Fate, fault: str
) -> None:
    Seeded._meta.db_table = "seeded"
    Seeded._meta.db_fields = {"id", "created_at", "worker_id", "number", "state"}
    holding = Holding(
        model=Seeded,
        called="",
        purpose="",
        ground=Ground.DUTY,
        seen_by="",
        kept="",
        whose=of_worker(),
        shown=shown,
        fate=fate,
    )
    found = faults([holding], [Seeded])
    assert found == ([fault] if fault else [])


@pytest.mark.parametrize("holding", HELD, ids=lambda each: each.table)
def test_what_is_said_of_a_table_is_said(holding: Holding) -> None:
    words = (holding.called, holding.purpose, holding.seen_by, holding.kept)
    assert all(words), "what for, who sees it, how long"
    assert all(holding.shown.values())
    if holding.fate is Fate.BLANKED:
        assert holding.blank


def test_each_sensitive_processing_is_assessed() -> None:
    assert {each.consent for each in ASSESSMENTS} - {""} == set(ConsentPurpose)
    assessed = {table for each in ASSESSMENTS for table in each.tables}
    assert assessed <= {holding.table for holding in HELD}
    by_consent = {h.table for h in HELD if h.ground is Ground.CONSENT}
    switches = {"punch_settings", "subscribe_grant"}
    assert by_consent - switches <= assessed
    assert all(each.risks and each.necessity and each.milder for each in ASSESSMENTS)


def test_rows_go_before_what_they_are_found_by() -> None:
    order = [each.table for each in HELD]
    assert order.index("worker_import_row") < order.index("worker_link")
    assert order.index("review") > order.index("verification"), "which stays"

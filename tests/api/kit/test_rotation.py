"""Rotating keys: every sealed column of every table opens before, between and after."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from tortoise import Model

from api import cli
from api.accounts.models import Account
from api.kit import crypto, keys, reseal
from api.kit.crypto import key_id_of, keyring
from api.kit.fields import PersonalField
from api.kit.models import DataKey
from api.kit.transaction import transaction
from api.settings import Settings
from tests.api.kit.filling import filled, personal_of
from tests.api.kit.processes import opened
from tests.guards.document import models

SEALED = [model for model in models() if personal_of(model)]


@pytest.fixture
def own(settings: Settings, secrets_file: Path, tmp_path: Path) -> Settings:
    """Settings with a key file that no other test reads."""
    file = tmp_path / "own-keys.json"
    shutil.copy(secrets_file, file)
    return replace(settings, keys_file=file)


async def fill() -> int:
    for _ in range(3):
        for model in SEALED:
            await filled(model)
    return sum([await model.all().count() for model in SEALED])


async def all_open() -> set[str]:
    """Every sealed column opens as what was put in; the ids of the keys that sealed them."""
    used = set()
    for model in SEALED:
        rows = await model.all()
        assert len(rows) >= 3
        for row, name in ((row, name) for row in rows for name in personal_of(model)):
            value = getattr(row, name)
            assert value.open_for_audit() == f"{model._meta.db_table} {name}"
            used.add(key_id_of(value._sealed))
    return used


def test_every_sealed_table_is_tried() -> None:
    assert len(SEALED) > 5
    assert all(
        isinstance(m._meta.fields_map[name], PersonalField)
        for m in SEALED
        for name in personal_of(m)
    )


def test_after_a_rotation_all_is_sealed_by_the_newest_key(own: Settings) -> None:
    rows = opened(own, fill)
    before = opened(own, all_open)
    for _ in range(2):
        assert cli.rotate_keys(own, settle_s=0) == 0
    after = opened(own, all_open)
    assert len(after) == 1
    assert not after & before
    assert opened(own, newest) in after
    assert opened(own, count_rows) == rows
    wrapped = opened(own, wraps)
    assert {text.split(".")[0] for text in wrapped} == {"k3"}
    assert len(wrapped) == 3


async def newest() -> str:
    return keyring().newest


async def count_rows() -> int:
    return sum([await model.all().count() for model in SEALED])


async def wraps() -> list[str]:
    return [row.wrapped for row in await DataKey.all()]


def test_a_rotation_cut_short_is_finished_by_the_next(own: Settings) -> None:
    opened(own, fill)
    opened(own, rotate_a_little)
    assert len(opened(own, all_open)) == 2
    opened(own, reseal.reseal_all)
    assert len(opened(own, all_open)) == 1


async def rotate_a_little() -> None:
    await keys.add_key()
    ids = list(await Account.all().values_list("id", flat=True))
    await reseal._reseal(Account, personal_of(Account), ids[:1])


def test_sealing_anew_twice_changes_nothing_more(own: Settings) -> None:
    opened(own, fill)
    opened(own, keys.add_key)
    assert opened(own, reseal.reseal_all) > 0
    assert opened(own, reseal.reseal_all) == 0


def test_a_rolled_back_batch_still_opens(own: Settings) -> None:
    opened(own, fill)

    async def fail() -> None:
        await keys.add_key()
        async with transaction():
            await reseal.reseal_all()
            raise KeyError

    with pytest.raises(KeyError):
        opened(own, fail)
    assert len(opened(own, all_open)) == 1


def test_with_a_lost_kek_nothing_opens_and_it_says_so(own: Settings) -> None:
    opened(own, fill)
    crypto.Secrets.fresh().write(own.keys_file)
    with pytest.raises(crypto.SealBroken):
        opened(own, all_open)


def test_no_column_is_forgotten() -> None:
    # A sealed text that is no personal column must say so here, with what happens to it.
    kept = {
        ("idempotency_record", "answer"),  # gone after a day, older keys open until then
        ("stored_file", "sealed_key"),  # the key of one file, gone with it
        ("data_key", "wrapped"),  # wrapped anew by rewrap_keys
    }
    texts = {
        (model._meta.db_table, name)
        for model in models()
        for name, field in model._meta.fields_map.items()
        if type(field).__name__ == "TextField"
    }
    assert texts == kept, "a new text column: is it personal?"


def names(found: list[type[Model]]) -> set[str]:
    return {model._meta.db_table for model in found}


async def test_the_rotation_knows_every_sealed_table(app: object) -> None:
    assert names(list(reseal.sealed_columns())) == names(SEALED)

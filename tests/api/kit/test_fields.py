"""Columns of our own: instants are aware and in UTC, personal data is sealed for its place."""

from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from sanic import Sanic
from tortoise import connections

from api.accounts.models import Account, AccountKind
from api.kit.crypto import SealBroken, key_id_of, keyring
from api.kit.models import Job
from api.kit.personal import Kind, Personal

BEIJING = timezone(timedelta(hours=8))
PHONE = Personal.of(Kind.PHONE, "13912345678")
pytestmark = pytest.mark.usefixtures("app")


async def account(phone: Personal = PHONE) -> Account:
    return await Account.create(kind=AccountKind.PERSON, phone=phone, phone_index=phone.index)


async def stored(row: Account) -> dict[str, Any]:
    rows = await connections.get("default").execute_query_dict(
        f"SELECT * FROM account WHERE id = '{row.id}'"  # noqa: S608 - an id of our own
    )
    return dict(rows[0])


async def test_a_naive_instant_is_refused() -> None:
    with pytest.raises(ValueError, match="naive"):
        await Job.create(name="x", args={}, run_at=datetime(2026, 11, 1))
    with pytest.raises(ValueError, match="naive"):
        await Job.filter(run_at__lt=datetime(2026, 11, 1)).count()
    assert await Job.all().count() == 0


async def test_an_instant_is_the_same_whatever_its_offset() -> None:
    moment = datetime(2026, 11, 1, 7, 30, tzinfo=BEIJING)
    row = await Job.create(name="x", args={}, run_at=moment)
    read = await Job.get(id=row.id)
    assert read.run_at == moment
    assert read.run_at.utcoffset() == timedelta(0)
    for same in (moment, moment.astimezone(UTC)):
        assert await Job.filter(run_at=same).exists()
        assert await Job.filter(run_at__lte=same).exists()
        assert not await Job.filter(run_at__lt=same).exists()


async def test_a_personal_column_takes_only_personal_values() -> None:
    for value in ("13912345678", 13912345678):
        with pytest.raises((TypeError, SealBroken)) as refusal:
            await Account.create(kind=AccountKind.PERSON, phone=value)
        assert "13912345678" not in str(refusal.value)
    with pytest.raises(TypeError):
        await Account.filter(phone=PHONE).exists()
    with pytest.raises(TypeError):
        await Account.all().update(phone=PHONE)


async def test_the_database_holds_the_sealed_text_alone() -> None:
    columns = await stored(await account())
    assert key_id_of(columns["phone"]) == keyring().newest
    assert "13912345678" not in str(columns)


async def test_it_comes_back_and_is_found_by_its_index() -> None:
    row = await account()
    found = await Account.get(phone_index=PHONE.index)
    assert (found.id, found.phone) == (row.id, PHONE)
    assert found.phone.masked == "139****5678"


async def test_saving_what_was_read_changes_nothing() -> None:
    row = await account()
    before = await stored(row)
    await (await Account.get(id=row.id)).save()
    assert await stored(row) == before


async def test_exchanged_between_rows_it_does_not_open() -> None:
    one = await account()
    other = await account(Personal.of(Kind.PHONE, "13912345679"))
    sealed = (await stored(other))["phone"]
    await connections.get("default").execute_query(
        f"UPDATE account SET phone = '{sealed}' WHERE id = '{one.id}'"  # noqa: S608
    )
    found = await Account.get(id=one.id)
    with pytest.raises(SealBroken):
        _ = found.phone.masked


async def test_exchanged_between_columns_it_does_not_open() -> None:
    row = await account()
    await connections.get("default").execute_query("UPDATE account SET totp_secret = phone")
    found = await Account.get(id=row.id)
    with pytest.raises(SealBroken):
        _ = found.totp_secret.masked


async def test_a_row_of_one_place_is_sealed_anew_for_another(app: Sanic[Any, Any]) -> None:
    first = await Account.get(id=(await account()).id)
    second = await Account.create(kind=AccountKind.PERSON, phone=first.phone)
    assert (await Account.get(id=second.id)).phone == PHONE

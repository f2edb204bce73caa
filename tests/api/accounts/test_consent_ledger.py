"""The ledger of consents: the very text, appended only, and what taking back sets off."""

from hashlib import sha256

import asyncpg
import pytest
from tortoise import connections
from tortoise.exceptions import BaseORMException

from api.accounts import consents
from api.accounts.errors import ConsentMissing
from api.accounts.models import Consent
from api.audit.models import AuditLine
from api.audit.tags import Tag
from api.kit.actor import Actor
from api.kit.models import Job
from tests.api.accounts.ways_in import Watch
from tests.cast import Client

FACE = "/api/v1/me/consents/face"


async def say(client: Client, granted: bool, purpose: str = "face") -> None:
    body = {"version": "2026-11", "granted": granted}
    answer = await client.put(f"/api/v1/me/consents/{purpose}", as_="zhang", json=body)
    assert answer.status_code == 200, answer.text


async def actor(client: Client) -> Actor:
    return Actor(account_id=await client.cast.id("zhang"))


async def test_the_text_agreed_to_is_kept_by_its_hash(client: Client) -> None:
    texts = (await client.get("/api/v1/consents")).json()["items"]
    for text in texts:
        await say(client, True, text["purpose"])
        row = await Consent.get(purpose=text["purpose"])
        assert row.text_hash == sha256(text["text"].encode()).hexdigest()
        assert (row.version, row.channel) == (text["version"], "api")


async def test_there_is_a_text_of_its_own_for_each_purpose(client: Client) -> None:
    texts = (await client.get("/api/v1/consents")).json()["items"]
    assert [t["purpose"] for t in texts] == ["id_card", "face", "location", "bank_card"]
    assert len({t["text"] for t in texts}) == 4
    assert all("不同意也可以" in t["text"] and "收回" in t["text"] for t in texts)


async def test_every_word_stays_and_the_newest_counts(client: Client, watch: Watch) -> None:
    for granted in (True, False, True, True):
        await say(client, granted)
        watch.forward(seconds=1)
    rows = await Consent.all().order_by("id")
    assert [row.granted for row in rows] == [True, False, True, True]
    assert len({row.created_at for row in rows}) == 4
    me = await actor(client)
    assert await consents.has_consent(me.id, consents.ConsentPurpose.FACE)


@pytest.mark.parametrize(
    "statement", ["UPDATE consent SET granted = NOT granted", "DELETE FROM consent"]
)
async def test_the_database_refuses_to_change_a_word(client: Client, statement: str) -> None:
    await say(client, False)
    with pytest.raises((BaseORMException, asyncpg.RaiseError), match="append-only"):
        await connections.get("default").execute_query(statement)
    assert (await Consent.get()).granted is False


async def test_taking_back_the_face_sets_off_its_deletion(client: Client) -> None:
    await say(client, True)
    assert not await Job.filter(name="workers.face_withdrawn").exists()
    await say(client, False)
    job = await Job.get(name="workers.face_withdrawn")
    assert job.args == {"account_id": str(await client.cast.id("zhang"))}


@pytest.mark.parametrize("purpose", ["id_card", "location", "bank_card"])
async def test_taking_back_another_purpose_leaves_the_face(client: Client, purpose: str) -> None:
    await say(client, True, purpose)
    await say(client, False, purpose)
    assert not await Job.filter(name="workers.face_withdrawn").exists()


async def test_a_word_may_be_taken_back_whatever_version_is_named(client: Client) -> None:
    await say(client, True)
    body = {"version": "1999-01", "granted": False}
    answer = await client.put(FACE, as_="zhang", json=body)
    assert (answer.status_code, answer.json()["granted"]) == (200, False)


async def test_what_was_taken_back_closes_its_door(client: Client) -> None:
    me = await actor(client)
    purpose = consents.ConsentPurpose.FACE
    with pytest.raises(ConsentMissing):
        await consents.require_consent(me, purpose)
    await say(client, True)
    await consents.require_consent(me, purpose)
    await say(client, False)
    with pytest.raises(ConsentMissing):
        await consents.require_consent(me, purpose)


async def test_consent_to_an_older_text_is_none(client: Client) -> None:
    me = await actor(client)
    await Consent.create(
        account_id=me.id, purpose="face", version="2020-01", text_hash="0" * 64, granted=True
    )
    assert not await consents.has_consent(me.id, consents.ConsentPurpose.FACE)


async def test_each_word_leaves_a_line_in_the_audit(client: Client) -> None:
    await say(client, True)
    await say(client, False)
    lines = await AuditLine.filter(tag__startswith="consent.").order_by("seq")
    assert [line.tag for line in lines] == [Tag.CONSENT_GRANTED, Tag.CONSENT_WITHDRAWN]


async def test_anothers_word_is_not_mine(client: Client) -> None:
    await client.agree("li", "face")
    words = (await client.get("/api/v1/me/consents", as_="zhang")).json()["items"]
    assert not any(word["granted"] for word in words)
    assert all(word["at"] is None for word in words)

"""Consents: one by one, with the text's version, as easily taken back as given."""

from tests.cast import Client

PATH = "/api/v1/me/consents/face"


async def version(client: Client, purpose: str) -> str:
    texts = (await client.get("/api/v1/consents")).json()["items"]
    return str(next(text["version"] for text in texts if text["purpose"] == purpose))


async def test_a_worker_agrees_and_takes_it_back(client: Client) -> None:
    current = await version(client, "face")
    yes = await client.put(PATH, as_="zhang", json={"version": current, "granted": True})
    assert (yes.status_code, yes.json()["granted"]) == (200, True)
    no = await client.put(PATH, as_="zhang", json={"version": current, "granted": False})
    assert no.json()["granted"] is False
    words = (await client.get("/api/v1/me/consents", as_="zhang")).json()["items"]
    assert [w["granted"] for w in words if w["purpose"] == "face"] == [False]


async def test_one_consent_gives_no_other(client: Client) -> None:
    await client.agree("zhang", "face")
    words = (await client.get("/api/v1/me/consents", as_="zhang")).json()["items"]
    assert {w["purpose"]: w["granted"] for w in words} == {
        "id_card": False, "face": True, "location": False, "bank_card": False,
    }  # fmt: skip


async def test_an_old_version_is_no_consent(client: Client) -> None:
    answer = await client.put(PATH, as_="zhang", json={"version": "2020-01", "granted": True})
    assert (answer.status_code, answer.json()["code"]) == (409, "accounts.consent_outdated")


async def test_nobody_anonymous(client: Client) -> None:
    assert (await client.put(PATH, json={"version": "x", "granted": True})).status_code == 401


async def test_staff_have_none(client: Client) -> None:
    body = {"version": await version(client, "face"), "granted": True}
    assert (await client.put(PATH, as_="officer_a", json=body)).status_code == 403


async def test_an_unknown_purpose_is_not_found(client: Client) -> None:
    body = {"version": "2026-11", "granted": True}
    answer = await client.put("/api/v1/me/consents/fingerprint", as_="zhang", json=body)
    assert answer.status_code == 404


async def test_a_malformed_word_names_its_place(client: Client) -> None:
    answer = await client.put(PATH, as_="zhang", json={"version": "2026-11", "granted": "yes"})
    assert answer.status_code == 422
    assert [e["path"] for e in answer.json()["errors"]] == ["granted"]

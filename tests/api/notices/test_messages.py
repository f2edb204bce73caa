"""The inbox: read by its owner alone."""

from uuid import uuid4

from api.notices.models import Notice
from tests.api.notices.told import tell
from tests.cast import Client

PATH = "/api/v1/me/messages"


async def test_a_message_is_there_with_its_words(client: Client) -> None:
    await tell(await client.cast.id("zhang"), "verification.verified")
    page = (await client.get(PATH, as_="zhang")).json()
    assert page["unread"] == 1
    assert page["items"][0]["title"] == "您的实名核验通过了"
    assert page["items"][0]["read_at"] is None


async def test_nobody_reads_anothers_messages(client: Client) -> None:
    await tell(await client.cast.id("zhang"), "verification.verified")
    assert (await client.get(PATH, as_="li")).json() == {
        "items": [], "next_cursor": None, "unread": 0,
    }  # fmt: skip
    row = await Notice.all().get()
    assert (await client.post(f"{PATH}/{row.id}/read", as_="li")).status_code == 404
    assert (await client.post(f"{PATH}/read-all", as_="li")).json() == {"marked": 0}


async def test_even_who_sees_everything_sees_only_his_own(client: Client) -> None:
    await tell(await client.cast.id("zhang"), "verification.verified")
    assert (await client.get(PATH, as_="platform_admin")).json()["items"] == []


async def test_reading_counts_once_and_keeps_the_first_time(client: Client) -> None:
    await tell(await client.cast.id("zhang"), "verification.verified")
    row = await Notice.all().get()
    first = await client.post(f"{PATH}/{row.id}/read", as_="zhang")
    again = await client.post(f"{PATH}/{row.id}/read", as_="zhang")
    assert first.status_code == 200
    assert first.json()["read_at"] == again.json()["read_at"] is not None
    assert (await client.get(PATH, as_="zhang")).json()["unread"] == 0


async def test_all_are_read_at_once(client: Client) -> None:
    for _ in range(3):
        await tell(await client.cast.id("zhang"), "verification.verified")
    assert (await client.post(f"{PATH}/read-all", as_="zhang")).json() == {"marked": 3}
    assert (await client.post(f"{PATH}/read-all", as_="zhang")).json() == {"marked": 0}
    assert (await client.get(f"{PATH}?unread=true", as_="zhang")).json()["items"] == []


async def test_pages_follow_one_another_newest_first(client: Client) -> None:
    for kind in ("verification.needs_review", "verification.verified", "worker.corrected"):
        await tell(await client.cast.id("zhang"), kind)
    first = (await client.get(f"{PATH}?limit=2", as_="zhang")).json()
    rest = (await client.get(f"{PATH}?cursor={first['next_cursor']}", as_="zhang")).json()
    kinds = [item["kind"] for item in first["items"] + rest["items"]]
    assert kinds == ["worker.corrected", "verification.verified", "verification.needs_review"]
    assert rest["next_cursor"] is None


async def test_the_anonymous_are_sent_to_log_in(client: Client) -> None:
    assert (await client.get(PATH)).status_code == 401
    assert (await client.post(f"{PATH}/{uuid4()}/read")).status_code == 401
    assert (await client.post(f"{PATH}/read-all")).status_code == 401


async def test_a_malformed_query_is_refused(client: Client) -> None:
    assert (await client.get(f"{PATH}?limit=0", as_="zhang")).status_code == 422
    assert (await client.get(f"{PATH}?cursor=%21", as_="zhang")).status_code == 422
    assert (await client.post(f"{PATH}/{uuid4()}/read", as_="zhang")).status_code == 404

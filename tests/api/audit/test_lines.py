"""`GET /api/v1/platform/audit/lines`: what was done, for auditors alone."""

from tests.cast import Client

PATH = "/api/v1/platform/audit/lines"


async def test_an_auditor_reads_what_was_done(client: Client) -> None:
    zhang = await client.cast.id("zhang")
    answer = await client.get(PATH, as_="auditor", params={"account_id": str(zhang)})
    items = answer.json()["items"]
    assert answer.status_code == 200
    assert [item["tag"] for item in items] == ["session.opened"]
    assert set(items[0]) == {
        "id", "at", "tag", "account_id", "subject", "subject_id", "tenant_id", "facts", "chain",
        "seq",
    }  # fmt: skip


async def test_lines_come_newest_first_and_in_pages(client: Client) -> None:
    for name in ("zhang", "li", "wang", "county", "auditor"):
        await client.cast.token(name)
    whole = (await client.get(PATH, as_="auditor", params={"limit": 100})).json()["items"]
    assert [item["at"] for item in whole] == sorted((i["at"] for i in whole), reverse=True)
    seen, cursor = [], None
    while True:
        params = {"limit": "2", **({"cursor": cursor} if cursor else {})}
        page = (await client.get(PATH, as_="auditor", params=params)).json()
        seen += page["items"]
        cursor = page["next_cursor"]
        if cursor is None:
            break
    assert seen == whole


async def test_anonymous_and_other_roles_may_not(client: Client) -> None:
    assert (await client.get(PATH)).status_code == 401
    for name in ("zhang", "admin_a", "reviewer_1", "province", "platform_admin"):
        assert (await client.get(PATH, as_=name)).status_code == 403


async def test_an_unknown_subject_has_no_lines(client: Client) -> None:
    params = {"subject_id": "0198a1b2-1234-7abc-8def-123456789012"}
    answer = await client.get(PATH, as_="auditor", params=params)
    assert (answer.status_code, answer.json()) == (200, {"items": [], "next_cursor": None})


async def test_a_malformed_question_is_refused(client: Client) -> None:
    for params in ({"account_id": "x"}, {"limit": "0"}, {"cursor": "x"}, {"tag": "x"}):
        answer = await client.get(PATH, as_="auditor", params=params)
        assert answer.status_code == 422

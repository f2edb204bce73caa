"""The photo of the licence: from the enterprise, to its own officers."""

from io import BytesIO
from typing import Any

import httpx
import pytest
from PIL import Image

from api.files.models import StoredFile
from tests.api.enterprises.firms import OVERSEEN, OWN, submitted
from tests.cast import Client
from tests.specimens import card_front, person


def photo() -> bytes:
    content = BytesIO()
    card_front(person(1)).save(content, "JPEG")
    return content.getvalue()


async def sent(
    client: Client, enterprise_id: str, content: bytes, by: str | None = "applicant"
) -> httpx.Response:
    files = {"licence": ("licence.jpg", content, "image/jpeg")}
    return await client.put(f"{OWN}/{enterprise_id}/licence", as_=by, files=files)


@pytest.fixture
async def row(client: Client) -> dict[str, Any]:
    return await submitted(client)


async def test_the_licence_is_shown_to_owner_and_officer(
    client: Client, row: dict[str, Any]
) -> None:
    assert row["has_licence"] is False
    answer = await sent(client, row["id"], photo())
    assert (answer.status_code, answer.json()["has_licence"]) == (200, True)
    for path, name in ((OWN, "applicant"), (OVERSEEN, "county")):
        url = (await client.get(f"{path}/{row['id']}/licence", as_=name)).json()["url"]
        shown = await client.get(url, as_=name)
        assert (shown.status_code, shown.headers["content-type"]) == (200, "image/jpeg")
        assert Image.open(BytesIO(shown.content)).format == "JPEG"
        assert (await client.get(url, as_="zhang")).status_code != 200


async def test_a_new_photo_replaces_the_old(client: Client, row: dict[str, Any]) -> None:
    for _ in range(2):
        assert (await sent(client, row["id"], photo())).status_code == 200
    assert await StoredFile.filter(deleted_at=None).count() == 1


async def test_without_one_there_is_none_to_show(client: Client, row: dict[str, Any]) -> None:
    answer = await client.get(f"{OVERSEEN}/{row['id']}/licence", as_="county")
    assert (answer.status_code, answer.json()["code"]) == (404, "enterprises.no_licence")


async def test_what_is_no_photo_is_refused(client: Client, row: dict[str, Any]) -> None:
    answer = await sent(client, row["id"], b"<svg onload=alert(1)>")
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["path"] == "licence"
    assert await StoredFile.all().count() == 0


@pytest.mark.parametrize(("name", "status"), [("zhang", 404), ("county", 403), (None, 401)])
async def test_others_send_none(
    client: Client, row: dict[str, Any], name: str | None, status: int
) -> None:
    assert (await sent(client, row["id"], photo(), by=name)).status_code == status


@pytest.mark.parametrize(("name", "status"), [("zhang", 403), ("neighbour", 404), (None, 401)])
async def test_others_see_none(
    client: Client, row: dict[str, Any], name: str | None, status: int
) -> None:
    await sent(client, row["id"], photo())
    answer = await client.get(f"{OVERSEEN}/{row['id']}/licence", as_=name)
    assert answer.status_code == status

"""Manual verification in pages: masked until opened, the photos seen, the number typed."""

import re

from tests.api.workers.registering import reviewing
from tests.cast import Client
from tests.h5.visiting import Seen, Visitor
from tests.specimens import person

ZHANG = person(11)
PHOTO = re.compile(r'<img class="photo" src="([^"]+)"')


async def opened(visitor: Visitor, row: str) -> Seen:
    """The page of a verification with its photos."""
    one = f"/regulator/reviews/{row}"
    return await visitor.send(await visitor.get(one), f"{one}/open")


async def test_an_officer_sees_the_photos_and_approves(visitor: Visitor, client: Client) -> None:
    row = await reviewing(client, "zhang", ZHANG)
    await visitor.enter("reviewer_1")
    masked = await visitor.get(f"/regulator/reviews/{row}")
    assert ZHANG.name not in masked.text
    assert not PHOTO.findall(masked.html)
    seen = await opened(visitor, row)
    assert ZHANG.name in seen.text
    photos = [url.replace("&amp;", "&") for url in PHOTO.findall(seen.html)]
    assert len(photos) == 2
    for url in photos:
        shown = await visitor.get(url)
        assert (shown.status, shown.headers["content-type"]) == (200, "image/jpeg"), url
    after = await visitor.send(seen, f"/regulator/reviews/{row}/decision", number=ZHANG.number)
    assert "还要再看一位" in after.text


async def test_a_photo_is_for_the_officer_who_opened_it(visitor: Visitor, client: Client) -> None:
    row = await reviewing(client, "zhang", ZHANG)
    await visitor.enter("reviewer_1")
    url = PHOTO.findall((await opened(visitor, row)).html)[0].replace("&amp;", "&")
    await visitor.enter("reviewer_2")
    assert (await visitor.get(url)).status == 403

"""Manual verification in pages: masked until opened, the photos seen, the number typed."""

import re

from h5.views.regulator.reviews import WORDS
from tests.api.workers.registering import reviewing
from tests.cast import Client
from tests.h5.visiting import Seen, Visitor
from tests.specimens import person
from verification.decision import Status, weight
from verification.reasons import Reason

ZHANG = person(11)
ENDS_IT = {Reason.REVIEW_REFUSED, Reason.REVIEW_NUMBER_DIFFERS, Reason.TAKEOVER_UNDER_WAY}
"""Told the worker after the officers: neither waits."""
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


async def test_an_officer_is_told_what_to_look_at(visitor: Visitor, client: Client) -> None:
    row = await reviewing(client, "zhang", ZHANG)
    await visitor.enter("reviewer_1")
    for path in ("/regulator/reviews", f"/regulator/reviews/{row}"):
        seen = await visitor.get(path)
        assert "本人选择不刷脸" in seen.text
        assert "您选择了不刷脸" not in seen.text


def test_whatever_leads_to_a_review_has_words_for_officers() -> None:
    cannot_wait = ("id_number", "credit_code", "bank_card", "name", "phone", "photo", "media")
    elsewhere = ("code", "qr", "sound")
    leads = {
        reason
        for reason in Reason
        if weight(reason) is Status.NEEDS_REVIEW
        and reason.value.partition(".")[0] not in cannot_wait + elsewhere
        and reason not in ENDS_IT
    }
    assert leads - WORDS == set()
    assert {reason.value for reason in Reason} >= WORDS


async def test_a_photo_is_for_the_officer_who_opened_it(visitor: Visitor, client: Client) -> None:
    row = await reviewing(client, "zhang", ZHANG)
    await visitor.enter("reviewer_1")
    url = PHOTO.findall((await opened(visitor, row)).html)[0].replace("&amp;", "&")
    await visitor.enter("reviewer_2")
    assert (await visitor.get(url)).status == 403

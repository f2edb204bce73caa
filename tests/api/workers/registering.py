"""A worker's way to his code, as tests walk it: photos of the card, fields, selfie."""

from typing import Any

import httpx
from PIL import Image

from tests.cast import Client, Part
from tests.specimens import Person, card_back, card_front, selfie, spoil

CARD = "/api/v1/me/id-card"
REGISTRATION = "/api/v1/me/registration"
File = tuple[str, bytes, str]


def jpeg(picture: Image.Image) -> File:
    """An upload of a picture."""
    return ("photo.jpg", spoil.jpeg(picture), "image/jpeg")


def typed(someone: Person, **changed: Any) -> dict[str, str]:
    """The fields as a careful worker leaves them."""
    end = f"{someone.valid_to:%Y-%m-%d}" if someone.valid_to else "长期"
    fields = {
        "name": someone.name,
        "number": someone.number,
        "nation": someone.nation,
        "address": someone.address,
        "issuer": someone.issuer,
        "valid_from": f"{someone.valid_from:%Y-%m-%d}",
        "valid_to": end,
    }
    return {name: value for name, value in {**fields, **changed}.items() if value is not None}


async def photographed(
    client: Client,
    who: str,
    someone: Person,
    front: Image.Image | None = None,
    back: Image.Image | None = None,
) -> httpx.Response:
    """The answer to photos of both sides, after consent."""
    await client.agree(who, "id_card")
    files = {"front": jpeg(front or card_front(someone)), "back": jpeg(back or card_back(someone))}
    return await client.post(CARD, as_=who, files=files)


async def submitted(
    client: Client,
    who: str,
    someone: Person,
    picture: Image.Image | None = None,
    **changed: Any,
) -> httpx.Response:
    """The answer to the fields with a selfie (the person's own unless given)."""
    await client.agree(who, "face")
    files = {"selfie": jpeg(picture or selfie(someone))}
    return await client.post(REGISTRATION, as_=who, data=typed(someone, **changed), files=files)


async def declined(client: Client, who: str, someone: Person, **changed: Any) -> httpx.Response:
    """The answer to the fields without a face."""
    # A part without a file name is a field: the form stays multipart without a selfie.
    fields = {**typed(someone, **changed), "face": "declined"}
    files = {name: (None, value) for name, value in fields.items()}
    return await client.post(REGISTRATION, as_=who, files=files)


async def verified(client: Client, who: str, someone: Person) -> str:
    """The code of a worker who walked the whole way."""
    card = await photographed(client, who, someone)
    assert card.status_code == 200, card.text
    answer = await submitted(client, who, someone)
    assert answer.status_code == 201, answer.text
    assert answer.json()["status"] == "verified", answer.text
    return str(answer.json()["verification_code"])


async def reviewing(client: Client, who: str, someone: Person, **changed: Any) -> str:
    """The id of a verification that waits for officers, after a declined face."""
    await photographed(client, who, someone)
    answer = await declined(client, who, someone, **changed)
    assert answer.json()["status"] == "needs_review", answer.text
    queue = await client.get("/api/v1/review/verifications?limit=100", as_="reviewer_1")
    return str(queue.json()["items"][-1]["id"])


async def enter(client: Client, who: str, phone: str) -> None:
    """One more worker beside the cast."""
    await client.cast._enter(who, Part("worker", phone=phone))


def codes(answer: httpx.Response) -> list[str]:
    """The codes of an answer's reasons."""
    return [reason["code"] for reason in answer.json()["reasons"]]

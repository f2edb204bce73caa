"""The way through the registration's pages, as somebody without scripts walks it."""

from typing import Any

from PIL import Image

from tests.api.workers.registering import jpeg
from tests.h5.visiting import Seen, Visitor
from tests.specimens import Person, card_back, card_front, selfie

START, PHOTOS = "/h5/register", "/h5/register/photos"
FIELDS, FACE, SUBMIT = "/h5/register/fields", "/h5/register/face", "/h5/register/submit"
CONSENT = "/h5/consents/id_card"


async def agreed(visitor: Visitor) -> Seen:
    """The page for the photos, after the consent."""
    seen = await visitor.get(START)
    [way] = [link for link in seen.links if link.startswith(CONSENT)]
    return await visitor.send(await visitor.get(way), CONSENT, granted="1")


async def photographed(visitor: Visitor, someone: Person, front: Image.Image | None = None) -> Seen:
    """The page with what was read from both sides."""
    files = {"front": jpeg(front or card_front(someone)), "back": jpeg(card_back(someone))}
    return await visitor.send(await agreed(visitor), PHOTOS, files)


async def facing(visitor: Visitor, someone: Person, **changed: Any) -> Seen:
    """The page with the two ways, after the fields were compared."""
    return await visitor.send(await photographed(visitor, someone), FIELDS, **changed)


async def selfie_page(visitor: Visitor, someone: Person) -> Seen:
    """The page that asks for the selfie, after the consent to it."""
    return await visitor.send(await facing(visitor, someone), FACE)


async def handed_in(visitor: Visitor, someone: Person, picture: Image.Image | None = None) -> Seen:
    """The result, with one's face."""
    seen = await selfie_page(visitor, someone)
    return await visitor.send(seen, SUBMIT, {"selfie": jpeg(picture or selfie(someone))})


async def declined(visitor: Visitor, someone: Person) -> Seen:
    """The result, without one's face."""
    return await visitor.send(await facing(visitor, someone), SUBMIT, face="declined")

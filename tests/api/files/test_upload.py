"""What comes in: only pictures, re-encoded, and nothing but the picture."""

import pytest

from api.accounts.models import Account
from api.files import service
from api.files.errors import BadPhoto
from api.files.models import FilePurpose, StoredFile
from api.integrations.adapters import outside
from api.kit import clock
from api.kit.actor import Actor
from api.kit.errors import TooMany
from api.kit.routes import Upload
from tests.api.files import uploads
from tests.cast import Client


def upload(content: bytes) -> Upload:
    return Upload("photo.jpg", "image/jpeg", content)


@pytest.fixture
async def zhang(client: Client) -> Actor:
    return Actor(account_id=await client.cast.id("zhang"))


@pytest.mark.parametrize("name", uploads.REFUSED)
async def test_what_is_no_photo_is_refused_with_a_sentence(zhang: Actor, name: str) -> None:
    with pytest.raises(BadPhoto) as refused:
        await service.clean(zhang, upload(uploads.REFUSED[name]), field="front")
    assert refused.value.errors[0].path == "front"
    assert refused.value.errors[0].code.startswith("photo.")
    assert "请您" in refused.value.words


@pytest.mark.parametrize("content", [uploads.with_secrets(), uploads.png_with_text()])
async def test_exif_xmp_and_comments_are_gone(zhang: Actor, content: bytes) -> None:
    assert uploads.SECRET in content
    clean = await service.clean(zhang, upload(content), field="front")
    assert clean.startswith(b"\xff\xd8\xff")
    for trace in (uploads.SECRET, b"Exif", b"xmp", b"xap"):
        assert trace not in clean


async def test_an_iphones_photo_becomes_a_jpeg(zhang: Actor) -> None:
    content = uploads.heif()
    assert uploads.SECRET in content
    clean = await service.clean(zhang, upload(content), field="front")
    assert clean.startswith(b"\xff\xd8\xff")
    assert uploads.SECRET not in clean


async def test_what_hangs_behind_a_picture_is_cut_off(zhang: Actor) -> None:
    tail = b"<script>alert(1)</script>"
    clean = await service.clean(zhang, upload(uploads.CARD + tail), field="front")
    assert tail not in clean


async def test_a_day_has_a_limit_of_uploads(zhang: Actor) -> None:
    for _ in range(service.QUOTA.times):
        with pytest.raises(BadPhoto):
            await service.clean(zhang, upload(b"x"), field="front")
    with pytest.raises(TooMany):
        await service.clean(zhang, upload(b"x"), field="front")


async def test_a_stored_file_lies_encrypted_under_a_key_of_its_own(zhang: Actor) -> None:
    ids = [
        await service.store(uploads.CARD, FilePurpose.CARD_FRONT, account_id=zhang.account_id)
        for _ in range(2)
    ]
    rows = [await StoredFile.get(id=file_id) for file_id in ids]
    assert rows[0].digest == rows[1].digest
    assert rows[0].sealed_key != rows[1].sealed_key
    stored = [await outside().storage.get(str(file_id)) for file_id in ids]
    assert stored[0] != stored[1]
    for each in stored:
        assert uploads.CARD[:64] not in each
    assert await service.read(ids[0]) == uploads.CARD
    assert rows[0].delete_after is not None and rows[0].delete_after > clock.now()
    assert await Account.exists(id=zhang.account_id)

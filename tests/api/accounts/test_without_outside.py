"""Where neither WeChat nor a gateway is set up, their ways in say so."""

import pytest

from api.integrations.adapters import Adapters
from api.integrations.storage import FolderStorage
from api.settings import Settings
from tests.api.accounts.ways_in import ask_code, enter_by_wechat, outcome
from tests.cast import Client

PAGE = "http://127.0.0.1:8000/h5/"


@pytest.fixture
def adapters(settings: Settings) -> Adapters:
    return Adapters(storage=FolderStorage(settings.var / "files"))


async def test_no_code_is_sent(client: Client) -> None:
    assert outcome(await ask_code(client)) == (503, "accounts.sms_unavailable")


async def test_wechat_logs_nobody_in(client: Client) -> None:
    assert outcome(await enter_by_wechat(client, "once-worker")) == (
        503,
        "accounts.wechat_unavailable",
    )


@pytest.mark.parametrize("path", ["/api/v1/me/wechat", "/api/v1/me/phone/wechat"])
async def test_nothing_of_wechat_is_bound(client: Client, path: str) -> None:
    await client.cast.sudo("zhang")
    answer = await client.put(path, as_="zhang", json={"code": "once-worker"})
    assert outcome(answer) == (503, "accounts.wechat_unavailable")


async def test_pages_inside_wechat_do_not_log_in(client: Client) -> None:
    for path in ("/auth/wechat/oauth-url?return_path=/h5/", f"/wechat/jsapi-signature?url={PAGE}"):
        answer = await client.get(f"/api/v1{path}")
        assert outcome(answer) == (503, "accounts.wechat_unavailable")

"""Pages inside WeChat: the way to its login and back, and the JS-SDK signature."""

from urllib.parse import urlsplit

from api.accounts.errors import BadUrl, WechatOff, WrongWechatCode
from api.integrations.adapters import outside
from api.integrations.http import UpstreamError
from api.integrations.wechat import JsapiSignature
from api.kit.cache import cache
from api.kit.ids import new_token
from api.settings import settings

STATE_S = 600


async def oauth_url(return_path: str) -> str:
    """WeChat's login page, which sends the browser back to `return_path` with code and state.

    The state is used once: a link made by somebody else logs nobody in. WechatOff.
    """
    account = outside().official_account
    if account is None:
        raise WechatOff
    state = "".join(c for c in new_token() if c.isalnum())
    await cache().set(f"oauth:{state}", return_path, STATE_S)
    return account.oauth_url(settings().public_url + return_path, state)


async def spend_state(state: str) -> None:
    """Use up a state that we gave. WrongWechatCode for any other."""
    if await cache().take(f"oauth:{state}") is None:
        raise WrongWechatCode


async def jsapi_signature(url: str) -> JsapiSignature:
    """The signature for a page of ours. BadUrl for a foreign address, WechatOff."""
    ours, asked = urlsplit(settings().public_url), urlsplit(url)
    if (asked.scheme, asked.netloc) != (ours.scheme, ours.netloc):
        raise BadUrl
    account = outside().official_account
    if account is None:
        raise WechatOff
    try:
        return await account.jsapi_signature(url)
    except UpstreamError as error:
        raise WechatOff from error

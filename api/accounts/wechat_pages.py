"""Pages inside WeChat: the way to its login and back, and the JS-SDK signature."""

from hashlib import sha256
from hmac import compare_digest
from urllib.parse import urlsplit

from api.accounts.errors import BadUrl, WechatOff, WrongWechatCode
from api.integrations.adapters import outside
from api.integrations.http import UpstreamError
from api.integrations.wechat import JsapiSignature
from api.kit.cache import cache
from api.kit.ids import new_token
from api.settings import settings

STATE_S = 600


async def oauth_url(return_path: str) -> tuple[str, str]:
    """WeChat's login page, which sends the browser back to `return_path` with code and state.

    With it the binding, which the browser keeps and shows with the state: a link with a state that
    somebody else asked for logs nobody in. WechatOff.
    """
    account = outside().official_account
    if account is None:
        raise WechatOff
    binding = new_token()
    state = _state(binding)
    await cache().set(f"oauth:{state}", return_path, STATE_S)
    return account.oauth_url(settings().public_url + return_path, state), binding


async def spend_state(state: str, binding: str) -> None:
    """Use up a state that we gave to this browser. WrongWechatCode for any other."""
    ours = compare_digest(_state(binding).encode(), state.encode())
    if not ours or await cache().take(f"oauth:{state}") is None:
        raise WrongWechatCode


def _state(binding: str) -> str:
    return sha256(binding.encode()).hexdigest()


async def jsapi_signature(url: str) -> JsapiSignature:
    """The signature for a page of ours. BadUrl for a foreign address, WechatOff."""
    if not _is_ours(url):
        raise BadUrl
    account = outside().official_account
    if account is None:
        raise WechatOff
    try:
        return await account.jsapi_signature(url)
    except UpstreamError as error:
        raise WechatOff from error


def _is_ours(url: str) -> bool:
    ours = urlsplit(settings().public_url)
    try:
        asked = urlsplit(url)
    except ValueError:
        return False
    return (asked.scheme, asked.netloc) == (ours.scheme, ours.netloc)

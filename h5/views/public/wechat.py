"""Inside WeChat: login and proof by the official account, the JS-SDK, and WeChat's own calls."""

from urllib.parse import quote

from pydantic import Field

from api.accounts import login, wechat_messages, wechat_pages
from api.accounts.schemas import JsapiOut, PageUrlQuery, VendorCode
from api.kit.actor import Actor
from api.kit.rate_limit import Limit
from api.kit.routes import PUBLIC, Download
from api.kit.schemas import Query
from api.permissions import Permission
from h5.areas import root, worker
from h5.pages import See, Visit, local, page
from h5.views.public.accounts import HOME, LOGINS, Next

BINDING = "gongyou-wechat"
BACK, PROVED = "/h5/login/wechat/back", "/h5/prove/wechat/back"
OWN = Permission.OWN_ACCOUNT_UPDATE
PUSHES = Limit("wechat_push", 6000, 60, by="ip")


class BackQuery(Query):
    """What WeChat's login page sends the browser back with."""

    code: VendorCode
    state: VendorCode
    next: str = HOME


class GreetingQuery(Query):
    """WeChat checks that the address is ours."""

    signature: VendorCode
    timestamp: VendorCode
    nonce: VendorCode
    echostr: VendorCode


class PushQuery(Query):
    """What signs a push; `openid` comes along and is not used."""

    signature: VendorCode
    timestamp: VendorCode
    nonce: VendorCode
    openid: str = Field(default="", repr=False, max_length=128)
    encrypt_type: str = Field(default="", max_length=10)
    msg_signature: VendorCode


@page(worker, "GET", "/login/wechat", permission=PUBLIC, limits=(LOGINS,))
async def begin_login(query: Next) -> See:
    """To WeChat's login page; only this browser can use what it sends back."""
    return await _to_wechat(BACK, query.next)


async def _to_wechat(back: str, to: str) -> See:
    url, binding = await wechat_pages.oauth_url(f"{back}?next={quote(local(to, HOME), safe='/')}")
    return See(url, cookies={BINDING: binding})


@page(worker, "GET", "/login/wechat/back", permission=PUBLIC, limits=(LOGINS,))
async def end_login(actor: Actor, query: BackQuery, visit: Visit) -> See:
    """Logged in by WeChat."""
    await wechat_pages.spend_state(query.state, visit.cookie(BINDING))
    proof = await login.by_official_account(actor.origin, query.code)
    opened = await login.log_in(proof, actor.origin, "")
    return See(local(query.next, HOME), opened=opened, cookies={BINDING: ""})


@page(worker, "GET", "/prove/wechat", permission=OWN, limits=(LOGINS,))
async def begin_proof(query: Next) -> See:
    """The same way, to show again who one is: nobody needs his number's SIM card for it."""
    return await _to_wechat(PROVED, query.next)


@page(worker, "GET", "/prove/wechat/back", permission=OWN, limits=(LOGINS,))
async def end_proof(actor: Actor, query: BackQuery, visit: Visit) -> See:
    """Dangerous acts are allowed for five minutes, if it is the account's own WeChat."""
    await wechat_pages.spend_state(query.state, visit.cookie(BINDING))
    proof = await login.by_official_account(actor.origin, query.code, newcomers=False)
    opened = await login.prove_again(actor, proof)
    return See(local(query.next, HOME), opened=opened, cookies={BINDING: ""})


@page(
    worker, "GET", "/wechat/config", permission=PUBLIC, limits=(Limit("jsapi", 120, 60, by="ip"),)
)
async def sdk_config(query: PageUrlQuery) -> JsapiOut:
    """The signature of one of our pages for the JS-SDK."""
    signed = await wechat_pages.jsapi_signature(query.url)
    return JsapiOut.model_validate(signed, from_attributes=True)


@page(root, "GET", "/wechat/messages", permission=PUBLIC, limits=(PUSHES,))
async def greet(query: GreetingQuery) -> Download:
    """Show WeChat that the address is ours."""
    wechat_messages.greeted(query.signature, query.timestamp, query.nonce)
    return Download(query.echostr.encode(), "text/plain; charset=utf-8", "")


@page(root, "POST", "/wechat/messages", permission=PUBLIC, signed=True, limits=(PUSHES,))
async def take_message(query: PushQuery, visit: Visit) -> Download:
    """Answer what somebody sent the official account; an empty answer says that it was taken."""
    sealed = wechat_messages.answer(
        visit.content, query.msg_signature, query.timestamp, query.nonce
    )
    return Download(sealed.encode(), "text/xml; charset=utf-8", "")

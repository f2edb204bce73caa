"""The unmodified baidu-aip SDK, with everything unsafe about it taken out of its hands.

As published (4.16.13) it checks no certificate, fetches a token per object with the secret in the
address and without our limits, and, told that the secret is wrong, goes on for good with signed
requests that cannot succeed. Here it gets a session of `Vendor`, a token fetched by us and shared
by all processes, and neither key nor secret.
"""

import base64
import hashlib
import json
import warnings
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, TypeVar

import requests
from aip import AipFace, AipOcr
from urllib3.exceptions import InsecureRequestWarning

from api.integrations.baidu import shapes
from api.integrations.baidu.codes import SYSTEM, TOKEN_CODES, error_of
from api.integrations.http import Klass, UpstreamError, Vendor, as_object
from api.integrations.tokens import SharedToken
from api.kit.cache import Cache

# The SDK switches this warning off for the whole process when it is imported.
warnings.simplefilter("default", InsecureRequestWarning)

HOST = "aip.baidubce.com"
TOKEN_URL = f"https://{HOST}/oauth/2.0/token"
TOKEN_SPARE_S = 3600
TOKEN_ERRORS = frozenset({"invalid_client", "invalid_request", "invalid_scope"})

S = TypeVar("S", bound=shapes.Answer)
Sdk = Any  # baidu-aip is published without types
Call = Callable[[Sdk], Mapping[str, Any]]


class BaiduClient:
    """Calls of Baidu's AI cloud. Each raises UpstreamError with the code of `codes`."""

    def __init__(self, vendor: Vendor, cache: Cache, api_key: str, secret_key: str) -> None:
        self._vendor = vendor
        self._api_key = api_key
        self._secret_key = secret_key
        account = hashlib.sha256(api_key.encode()).hexdigest()[:12]
        self._token = SharedToken(cache, f"baidu:token:{account}", self._fetch_token)

    async def idcard(self, image: bytes, side: str) -> shapes.IdCard:
        """What stands on one side (`front` has the portrait) of an ID card."""
        options = {"detect_risk": "true", "detect_quality": "true", "detect_direction": "true"}
        return await self._ask(AipOcr, lambda sdk: sdk.idcard(image, side, options), shapes.IdCard)

    async def faceverify(self, image: bytes) -> shapes.Liveness:
        """How alive the face in a single picture is, and how good the picture."""
        sent = {"image": _text(image), "image_type": "BASE64", "face_field": "quality"}
        return await self._ask(AipFace, lambda sdk: sdk.faceverify([sent]), shapes.Liveness)

    async def verify(self, name: str, number: str, image: bytes) -> shapes.Verify:
        """How alike the face is to the authority's photo of the person.

        Bad and lifeless pictures are refused before the authority is asked, and so not billed.
        """
        controls = {
            "image_type": "BASE64",
            "quality_control": "NORMAL",
            "liveness_control": "NORMAL",
        }
        return await self._ask(
            AipFace,
            lambda sdk: sdk.faceMingJingVerify(number, name, _text(image), controls),
            shapes.Verify,
        )

    async def idmatch(self, name: str, number: str) -> shapes.Match:
        """Whether the authority has this name under this number: returns if so, else raises."""
        return await self._ask(
            AipFace, lambda sdk: sdk.facePersonIdmatchV3(number, name), shapes.Match
        )

    async def _ask(self, kind: Callable[..., Sdk], call: Call, shape: type[S]) -> S:
        token = await self._token.get()
        answer = await self._vendor.call(partial(self._answer, kind, call, shape, token, True))
        if answer is None:  # the vendor no longer takes this token: once more with a new one
            token = await self._token.renew(token)
            answer = await self._vendor.call(partial(self._answer, kind, call, shape, token, False))
        if answer is None:
            raise error_of("110")
        return answer

    def _answer(
        self, kind: Callable[..., Sdk], call: Call, shape: type[S], token: str, first: bool
    ) -> S | None:
        try:
            answer = call(_harnessed(kind, self._vendor.session(), token))
        except _Rejected:
            answer = {"error_code": 110}
        code = str(answer.get("error_code", 0))
        if code in TOKEN_CODES and first:
            return None
        if code != "0":
            raise error_of(code)
        return shape.model_validate(answer)

    async def _fetch_token(self) -> tuple[str, float]:
        return await self._vendor.call(self._new_token)

    def _new_token(self) -> tuple[str, float]:
        # The vendor takes the secret in the query, https://ai.baidu.com/ai-doc/REFERENCE/Ck3dwjhhu.
        asked = {
            "grant_type": "client_credentials",
            "client_id": self._api_key,
            "client_secret": self._secret_key,
        }
        answer = as_object(SYSTEM, self._vendor.session().post(TOKEN_URL, params=asked))
        token, life_s = answer.get("access_token"), answer.get("expires_in")
        if not isinstance(token, str) or not isinstance(life_s, int):
            raise _token_error(answer)
        return token, max(60, life_s - TOKEN_SPARE_S)


def _token_error(answer: Mapping[str, Any]) -> UpstreamError:
    code = str(answer.get("error_code", ""))
    if code:
        return error_of(code)
    said = answer.get("error")
    known = said if said in TOKEN_ERRORS else "token_refused"
    return UpstreamError(SYSTEM, known, Klass.CONFIGURATION)


def _harnessed(kind: Callable[..., Sdk], session: requests.Session, token: str) -> Sdk:
    """An SDK object that can use this session and this token, and nothing else."""
    sdk = kind("", "", "")
    sdk.s = session
    sdk._AipBase__client = session  # its second try after 110 would go past the session
    sdk._isCloudUser = False  # never sign with the secret instead
    sdk._proccessResult = _object
    sdk._auth = partial(_credentials, token)
    return sdk


class _Rejected(Exception):
    """The vendor said 110 and the SDK asks for another token."""


def _credentials(token: str, refresh: bool = False) -> dict[str, str]:
    if refresh:  # handled where the token is shared, not inside one SDK object
        raise _Rejected
    return {"access_token": token}


def _object(content: bytes) -> dict[str, Any]:
    answer = json.loads(content)
    if not isinstance(answer, dict):
        raise UpstreamError(SYSTEM, "malformed", Klass.UNAVAILABLE)
    return answer


def _text(image: bytes) -> str:
    return base64.b64encode(image).decode()

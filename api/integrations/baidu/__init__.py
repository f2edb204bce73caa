"""Baidu AI cloud: reads ID cards, tells living faces, asks the authority about a person."""

from dataclasses import dataclass

from api.integrations.baidu.client import HOST, BaiduClient
from api.integrations.baidu.face import BaiduFaceCheck, BaiduIdentityCheck
from api.integrations.baidu.reader import BaiduCardReader
from api.integrations.http import Alarm, Endpoint, Observe, Vendor
from api.kit.cache import Cache

PUBLIC_URL = f"https://{HOST}"


@dataclass(frozen=True, slots=True)
class Baidu:
    """The three checks over one account, and the vendor to close at the end."""

    card_reader: BaiduCardReader
    face_check: BaiduFaceCheck
    identity_check: BaiduIdentityCheck
    vendor: Vendor


def connect(
    *,
    api_key: str,
    secret_key: str,
    cache: Cache,
    base_url: str = PUBLIC_URL,
    ca_bundle: str | None = None,
    observe: Observe = lambda system, result, seconds: None,
    alarm: Alarm = lambda system, code: None,
) -> Baidu:
    """Baidu over `base_url`, nothing asked yet. ValueError when the address is not allowed."""
    endpoint = Endpoint("baidu", base_url, frozenset({HOST}), ca_bundle)
    vendor = Vendor(endpoint, observe=observe, alarm=alarm)
    client = BaiduClient(vendor, cache, api_key, secret_key)
    return Baidu(
        BaiduCardReader(client), BaiduFaceCheck(client), BaiduIdentityCheck(client), vendor
    )

"""What the Baidu tests share: a connection to the emulator, a dead-honest log of alarms."""

from dataclasses import dataclass, field

from api.integrations.baidu import Baidu, connect
from api.kit.cache import Cache, DictCache
from tests.emulators.baidu import API_KEY, SECRET_KEY
from tests.emulators.fixtures import Emulators

OCR = "/ocr/v1/idcard"
LIVE = "/face/v3/faceverify"
VERIFY = "/mingjing/verify"
IDMATCH = "/person/idmatch"
TOKEN = "/oauth/2.0/token"


@dataclass
class Seen:
    """What the adapter reported."""

    alarms: list[str] = field(default_factory=list)
    results: list[str] = field(default_factory=list)


def baidu(
    emulators: Emulators,
    seen: Seen | None = None,
    *,
    cache: Cache | None = None,
    secret_key: str = SECRET_KEY,
    base_url: str | None = None,
    ca_bundle: str | None = None,
) -> Baidu:
    """The product's adapter over the emulator."""
    noted = seen or Seen()
    return connect(
        api_key=API_KEY,
        secret_key=secret_key,
        cache=cache or DictCache(),
        base_url=base_url or emulators.url("baidu"),
        ca_bundle=ca_bundle,
        observe=lambda system, result, seconds: noted.results.append(result),
        alarm=lambda system, code: noted.alarms.append(code),
    )


def say(emulators: Emulators, path: str, code: object, times: int | None = 1) -> None:
    """Let the next answer under `path` carry this error code."""
    answer = {"error_code": code, "error_msg": "scripted", "log_id": 1}
    emulators.fault(path, "json", times=times, json=answer)

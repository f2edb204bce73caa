"""Pays wages through a bank's signed JSON interface, and asks what became of them.

Protocol, plain on purpose (decision 0038). Every request carries X-Access-Key, X-Timestamp (Unix
seconds), X-Nonce (16 to 64 letters and digits, used once) and X-Signature as in `signing`; every
answer is {"code": "OK", …} or another code of `outcomes`. Amounts are integer fen.

POST /v1/batches {number, account, count, total_fen, digest,
    lines: [{seq, payee, card, amount_fen}]}
    → {number, repeated}. The same number and digest again is the same batch and pays nothing more.
GET /v1/batches/{number} → {number, state: "accepted" | "done", paid, failed}
GET /v1/results?number=&after=&limit= → {items: [{position, batch, seq, amount_fen, result:
    "SUCCESS" | "FAILED" | "RETURNED", reason, reference, at}], more}. Positions only grow; a
    payment that comes back days later (退票) is a further item.
The bank may also push: POST {our address}/api/v1/bank/results {items: [as above]}, signed so too.
POST /v1/accounts/balance {account} → {balance_fen, at}
POST /v1/accounts/entries {account, since} → {items: [{amount_fen, reference, at}]}
"""

import hashlib
import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from urllib.parse import urlencode, urlsplit

from api.integrations.bank.outcomes import SYSTEM, Outcome, error_of, reason_of
from api.integrations.bank.shapes import (
    Accepted,
    Balance,
    Entry,
    Order,
    Result,
    ResultPage,
    Standing,
)
from api.integrations.bank.signing import signature
from api.integrations.http import Endpoint, Klass, UpstreamError, Vendor, as_object
from api.kit import clock

OK = "OK"
PAGE = 500
BATCHES, RESULTS = "/v1/batches", "/v1/results"
BALANCE, ENTRIES = "/v1/accounts/balance", "/v1/accounts/entries"


@dataclass(frozen=True, slots=True)
class BankConfig:
    """One access at a bank."""

    base_url: str
    access_key: str
    access_secret: str = field(repr=False)
    ca_bundle: str | None = None
    connect_s: float = 2.0
    total_s: float = 20.0

    @property
    def host(self) -> str:
        """The bank's host name."""
        return urlsplit(self.base_url).hostname or ""

    def endpoint(self) -> Endpoint:
        """Where the bank is. ValueError for plain HTTP beyond loopback."""
        limits = (self.connect_s, self.total_s)
        return Endpoint(SYSTEM, self.base_url, frozenset({self.host}), self.ca_bundle, *limits)


class BankClient:
    """Speaks to one bank. Every call raises UpstreamError when it does not give what was asked."""

    def __init__(self, config: BankConfig, vendor: Vendor) -> None:
        self._config = config
        self._vendor = vendor
        self._session = vendor.session()

    @property
    def access(self) -> tuple[str, str]:
        """Key and secret, with which the bank signs what it sends us too."""
        return self._config.access_key, self._config.access_secret

    async def submit(self, order: Order) -> Accepted:
        """The bank has the batch, now or from an earlier try whose answer was lost."""
        lines = [
            {"seq": each.seq, "payee": each.name, "card": each.card, "amount_fen": each.amount_fen}
            for each in order.payees
        ]
        asked = {
            "number": order.number,
            "account": order.account,
            "count": len(lines),
            "total_fen": order.total_fen,
            "digest": order.digest,
            "lines": lines,
        }
        answer = await self._ask("POST", BATCHES, asked)
        return Accepted(_text(answer, "number"), answer.get("repeated") is True)

    async def standing(self, number: str) -> Standing:
        """How far a batch is."""
        answer = await self._ask("GET", f"{BATCHES}/{number}")
        done = _text(answer, "state") == "done"
        counts = (_integer(answer, "paid"), _integer(answer, "failed"))
        return Standing(_text(answer, "number"), done, *counts)

    async def results(self, number: str, after: int) -> ResultPage:
        """Results of a batch whose positions lie after `after`, oldest first."""
        query = urlencode({"number": number, "after": after, "limit": PAGE})
        answer = await self._ask("GET", f"{RESULTS}?{query}")
        items = _items(answer)
        canonical = json.dumps(items, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        last = max((_integer(item, "position") for item in items), default=after)
        return ResultPage(
            results=tuple(_result(item) for item in items),
            next=max(last, after),
            more=answer.get("more") is True and last > after,
            digest=hashlib.sha256(canonical.encode()).hexdigest(),
        )

    async def balance(self, account: str) -> Balance:
        """What an account holds."""
        answer = await self._ask("POST", BALANCE, {"account": account})
        return Balance(_integer(answer, "balance_fen"), _instant(answer))

    async def entries(self, account: str, since: datetime) -> tuple[Entry, ...]:
        """Movements on an account from an instant on, oldest first."""
        asked = {"account": account, "since": since.isoformat()}
        items = _items(await self._ask("POST", ENTRIES, asked))
        return tuple(
            Entry(_integer(each, "amount_fen"), _text(each, "reference"), _instant(each))
            for each in items
        )

    async def _ask(
        self, method: str, target: str, asked: Mapping[str, Any] | None = None
    ) -> Mapping[str, Any]:
        body = json.dumps(asked, ensure_ascii=False).encode() if asked is not None else b""
        return await self._vendor.call(lambda: self._sent(method, target, body))

    def _sent(self, method: str, target: str, body: bytes) -> Mapping[str, Any]:
        # the adapter puts the real address, scheme and path prefix in
        url = f"https://{self._config.host}{target}"
        headers = {"Content-Type": "application/json", **self._signed(method, target, body)}
        answer = as_object(SYSTEM, self._session.request(method, url, data=body, headers=headers))
        code = answer.get("code")
        if not isinstance(code, str):
            raise _malformed()
        if code != OK:
            raise error_of(code)
        return answer

    def _signed(self, method: str, target: str, body: bytes) -> dict[str, str]:
        timestamp, nonce = str(int(clock.now().timestamp())), secrets.token_hex(16)
        return {
            "X-Access-Key": self._config.access_key,
            "X-Timestamp": timestamp,
            "X-Nonce": nonce,
            "X-Signature": signature(
                self._config.access_secret,
                method=method,
                target=target,
                timestamp=timestamp,
                nonce=nonce,
                body=body,
            ),
        }


def _result(item: Mapping[str, Any]) -> Result:
    try:
        outcome = Outcome(_text(item, "result"))
    except ValueError:
        raise _malformed() from None
    return Result(
        batch=_text(item, "batch"),
        seq=_integer(item, "seq"),
        amount_fen=_integer(item, "amount_fen"),
        outcome=outcome,
        reason=reason_of(str(item.get("reason", "")), outcome),
        reference=_text(item, "reference")[:64],
        at=_instant(item),
    )


def _items(answer: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    items = answer.get("items")
    if not isinstance(items, list) or not all(isinstance(each, dict) for each in items):
        raise _malformed()
    return items


def _text(answer: Mapping[str, Any], name: str) -> str:
    value = answer.get(name)
    if not isinstance(value, str) or not value:
        raise _malformed()
    return value


def _integer(answer: Mapping[str, Any], name: str) -> int:
    value = answer.get(name)
    if not isinstance(value, int) or isinstance(value, bool) or abs(value) >= 2**53:
        raise _malformed()
    return value


def _instant(answer: Mapping[str, Any]) -> datetime:
    try:
        moment = datetime.fromisoformat(_text(answer, "at"))
    except ValueError:
        raise _malformed() from None
    if moment.tzinfo is None:
        raise _malformed()
    return moment


def _malformed() -> UpstreamError:
    return UpstreamError(SYSTEM, "malformed", Klass.UNAVAILABLE)

"""A bank that pays wages, under `/bank`, by the protocol of `api.integrations.bank.client`.

It checks the signature, the clock and the nonce, that a batch adds up, and that the account can
pay it; a batch's number with other contents is a conflict, with the same ones a repeat. Every card
is good unless the control surface says otherwise.

    POST /bank/_emulator/behave {
        "cards": {card: "ACCOUNT_CLOSED" | "NAME_MISMATCH" | …},   payments to it fail
        "names": {card: name},           the holder; another payee's name is a NAME_MISMATCH
        "delay_s": 0,                    results come so long after the batch
        "repeated": false, "shuffled": false,      results come twice, the last ones first
        "answers_lost": 0,               so many batches are taken and never answered
        "balances": {account: fen},      what an account holds; one that is not named, enough,
                                         and asked for its balance it is unknown
        "pushes_to": ""                  base address to which results are pushed by themselves
    } changes what it names.
    GET  /bank/_emulator/pushes?number=  the pushes of a batch's results, signed and ready to send
    POST /bank/_emulator/return {"number", "seq", "reason"}  a payment comes back 退票
    GET  /bank/_emulator/batches  how many lines and fen each batch really paid, by its number
"""

import asyncio
import contextlib
import hashlib
import hmac
import re
import secrets
from dataclasses import dataclass, field
from datetime import UTC, datetime
from json import dumps
from typing import Any

import requests
from sanic import Blueprint, Request
from sanic.exceptions import BadRequest
from sanic.response import HTTPResponse, json

from tests.emulators.faults import CONTROL, EmulatorState

ACCESS_KEY = "demo-bank-access-key"
ACCESS_SECRET = "demo-bank-access-secret"
BATCHES, RESULTS = "/v1/batches", "/v1/results"
BALANCE, ENTRIES = "/v1/accounts/balance", "/v1/accounts/entries"
SKEW_S = 300
NONCE_KEPT_S = 600
ENOUGH = 10**12
PUSHED = "/api/v1/bank/results"
A_PUSH = 50
"""So many results go in one push."""
MOST_LINES = 1000
STATUS = {"KEY_UNKNOWN": 401, "SIGNATURE_WRONG": 401, "TIMESTAMP_EXPIRED": 401, "NONCE_USED": 401,
          "PARAMETERS_WRONG": 400}  # fmt: skip


class RejectedError(Exception):
    """An answer with a code other than OK."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass
class Batch:
    """A batch that was taken, and the results that it has or will have."""

    asked: dict[str, Any]
    at: float
    results: list[dict[str, Any]] = field(default_factory=list)
    references: dict[tuple[int, str], str] = field(default_factory=dict)


@dataclass
class Bank:
    """What the bank remembers."""

    state: EmulatorState
    batches: dict[str, Batch] = field(default_factory=dict)
    entries: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    balances: dict[str, int] = field(default_factory=dict)
    cards: dict[str, str] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    nonces: dict[str, float] = field(default_factory=dict)
    delay_s: float = 0
    repeated: bool = False
    shuffled: bool = False
    answers_lost: int = 0
    pushes_to: str = ""
    serial: int = 0

    def forget(self) -> None:
        """Be as freshly started."""
        self.__init__(self.state)  # type: ignore[misc]

    def authenticate(self, request: Request) -> None:
        """Rejected unless signed with our secret, now, and for the first time."""
        head = request.headers
        stamp, nonce = head.get("x-timestamp", ""), head.get("x-nonce", "")
        if head.get("x-access-key") != ACCESS_KEY:
            raise RejectedError("KEY_UNKNOWN")
        target = request.raw_url.decode().removeprefix("/bank")
        wanted = _proof(request.method, target, stamp, nonce, request.body)
        if not hmac.compare_digest(wanted, head.get("x-signature", "")):
            raise RejectedError("SIGNATURE_WRONG")
        if not stamp.isdecimal() or abs(self.state.now() - int(stamp)) > SKEW_S:
            raise RejectedError("TIMESTAMP_EXPIRED")
        now = self.state.now()
        self.nonces = {n: at for n, at in self.nonces.items() if at > now - NONCE_KEPT_S}
        if nonce in self.nonces or not re.fullmatch(r"[0-9A-Za-z]{16,64}", nonce):
            raise RejectedError("NONCE_USED")
        self.nonces[nonce] = now

    def take(self, asked: dict[str, Any]) -> bool:
        """Whether the batch was here before; a new one is paid. Rejected when it cannot be."""
        self._check(asked)
        known = self.batches.get(asked["number"])
        if known is not None:
            if known.asked["digest"] != asked["digest"]:
                raise RejectedError("BATCH_CONFLICT")
            return True
        if self.balance(asked["account"]) < asked["total_fen"]:
            raise RejectedError("BALANCE_SHORT")
        batch = Batch(asked, self.state.now())
        self.batches[asked["number"]] = batch
        lines = sorted(asked["lines"], key=lambda line: line["seq"], reverse=self.shuffled)
        for line in lines:
            reason = self._trouble(line)
            for _ in range(2 if self.repeated else 1):
                self.say(batch, line, "FAILED" if reason else "SUCCESS", reason)
            if not reason:
                self._move(asked["account"], -line["amount_fen"], batch.results[-1]["reference"])
        return False

    def _check(self, asked: dict[str, Any]) -> None:
        lines = asked["lines"]
        texts = [f"{asked['number']},{asked['account']}"]
        texts += [f"{x['seq']},{x['payee']},{x['card']},{x['amount_fen']}" for x in lines]
        digest = hashlib.sha256("\n".join(texts).encode()).hexdigest()
        whole = (
            asked["digest"] == digest
            and 0 < asked["count"] == len(lines) <= MOST_LINES
            and asked["total_fen"] == sum(line["amount_fen"] for line in lines)
            and all(line["amount_fen"] > 0 for line in lines)
            and len({line["seq"] for line in lines}) == len(lines)
        )
        if not whole:
            raise RejectedError("PARAMETERS_WRONG")

    def _trouble(self, line: dict[str, Any]) -> str:
        holder = self.names.get(line["card"], line["payee"])
        return self.cards.get(line["card"]) or ("" if holder == line["payee"] else "NAME_MISMATCH")

    def say(self, batch: Batch, line: dict[str, Any], result: str, reason: str) -> None:
        """A result of a payment; what is said twice has one reference."""
        reference = batch.references.get((line["seq"], result))
        if reference is None:
            self.serial += 1
            reference = f"BK{self.serial:012d}"
            batch.references[line["seq"], result] = reference
        batch.results.append(
            {
                "position": len(batch.results) + 1,
                "batch": batch.asked["number"],
                "seq": line["seq"],
                "amount_fen": line["amount_fen"],
                "result": result,
                "reason": reason,
                "reference": reference,
                "at": self._written(max(batch.at + self.delay_s, self.state.now())),
            }
        )

    def give_back(self, number: str, seq: int, reason: str) -> None:
        """A payment comes back, maybe days later."""
        batch = self.batches[number]
        line = next(line for line in batch.asked["lines"] if line["seq"] == seq)
        self.say(batch, line, "RETURNED", reason)
        account, reference = batch.asked["account"], batch.results[-1]["reference"]
        self._move(account, line["amount_fen"], reference)

    def told(self, number: str, after: int, limit: int) -> tuple[list[dict[str, Any]], bool]:
        """Results that are due by now, and whether there are more."""
        batch = self.batches.get(number)
        if batch is None:
            raise RejectedError("BATCH_UNKNOWN")
        if self.state.now() < batch.at + self.delay_s:
            return [], False
        items = [each for each in batch.results if each["position"] > after]
        return items[:limit], len(items) > limit

    def pushes(self, number: str) -> list[dict[str, Any]]:
        """Signed requests that tell the results of a batch, all that there are, as they came."""
        items = self.batches[number].results
        parts = [items[at : at + A_PUSH] for at in range(0, len(items), A_PUSH)]
        return [self.signed({"items": part}) for part in parts]

    def signed(self, asked: dict[str, Any]) -> dict[str, Any]:
        """A push with the headers that prove whose it is."""
        body = dumps(asked)
        stamp, nonce = str(int(self.state.now())), secrets.token_hex(16)
        proof = _proof("POST", PUSHED, stamp, nonce, body.encode())
        return {
            "headers": {
                "Content-Type": "application/json", "X-Access-Key": ACCESS_KEY,
                "X-Timestamp": stamp, "X-Nonce": nonce, "X-Signature": proof,
            },
            "body": body,
        }  # fmt: skip

    async def push(self, number: str) -> None:
        """Push a batch's results once they are due; whoever does not answer is asked no more."""
        await asyncio.sleep(self.delay_s)
        await asyncio.to_thread(self._send, self.pushes_to + PUSHED, self.pushes(number))

    @staticmethod
    def _send(address: str, pushes: list[dict[str, Any]]) -> None:
        with requests.Session() as http:
            http.trust_env = False
            for each in pushes:
                content, headers = each["body"].encode(), each["headers"]
                with contextlib.suppress(requests.RequestException):
                    http.post(address, data=content, headers=headers, timeout=10)

    def balance(self, account: str) -> int:
        """What an account holds."""
        moved = sum(int(entry["amount_fen"]) for entry in self.entries.get(account, ()))
        return self.balances.get(account, ENOUGH) + moved

    def _move(self, account: str, amount_fen: int, reference: str) -> None:
        entry = {"amount_fen": amount_fen, "reference": reference, "at": self.now_text()}
        self.entries.setdefault(account, []).append(entry)

    def now_text(self) -> str:
        """Now, as the bank writes it."""
        return self._written(self.state.now())

    @staticmethod
    def _written(seconds: float) -> str:
        return datetime.fromtimestamp(seconds, UTC).isoformat()


def _proof(method: str, target: str, stamp: str, nonce: str, body: bytes) -> str:
    text = "\n".join((method, target, stamp, nonce, hashlib.sha256(body).hexdigest()))
    return hmac.new(ACCESS_SECRET.encode(), text.encode(), hashlib.sha256).hexdigest()


def _read(request: Request) -> dict[str, Any]:
    try:
        body = request.json
    except BadRequest as unreadable:
        raise RejectedError("PARAMETERS_WRONG") from unreadable
    if not isinstance(body, dict):
        raise RejectedError("PARAMETERS_WRONG")
    return body


def build(state: EmulatorState) -> Blueprint:
    """The bank as a blueprint."""
    bank = Bank(state)
    state.on_reset(bank.forget)
    routes = Blueprint("bank_emulator")
    pushing: set[asyncio.Task[None]] = set()  # the loop itself would let them go

    async def reject(_: Request, rejected: RejectedError) -> HTTPResponse:
        return json({"code": rejected.code}, status=STATUS.get(rejected.code, 200))

    routes.exception(RejectedError)(reject)

    @routes.post(BATCHES, name="submit")
    async def submit(request: Request) -> HTTPResponse:
        bank.authenticate(request)
        asked = _read(request)
        try:
            repeated = bank.take(asked)
        except (KeyError, TypeError) as wrong:
            raise RejectedError("PARAMETERS_WRONG") from wrong
        if bank.pushes_to and not repeated:
            pushing.add(asyncio.create_task(bank.push(asked["number"])))
        if bank.answers_lost > 0:
            bank.answers_lost -= 1
            return json({"code": "BUSY"}, status=504)
        return json({"code": "OK", "number": asked["number"], "repeated": repeated})

    @routes.get(f"{BATCHES}/<number:str>", name="standing")
    async def standing(request: Request, number: str) -> HTTPResponse:
        bank.authenticate(request)
        items, _ = bank.told(number, 0, ENOUGH)
        last = {item["seq"]: item["result"] for item in items}
        paid = sum(result == "SUCCESS" for result in last.values())
        done = len(last) == bank.batches[number].asked["count"]
        state_now = "done" if done else "accepted"
        counts = {"paid": paid, "failed": len(last) - paid}
        return json({"code": "OK", "number": number, "state": state_now, **counts})

    @routes.get(RESULTS, name="results")
    async def results(request: Request) -> HTTPResponse:
        bank.authenticate(request)
        after, limit = int(request.args.get("after", 0)), int(request.args.get("limit", 200))
        items, more = bank.told(request.args.get("number", ""), after, limit)
        return json({"code": "OK", "items": items, "more": more})

    _accounts(routes, bank)
    _control(routes, bank)
    return routes


def _accounts(routes: Blueprint, bank: Bank) -> None:
    @routes.post(BALANCE, name="balance")
    async def balance(request: Request) -> HTTPResponse:
        bank.authenticate(request)
        account = str(_read(request).get("account"))
        if account not in bank.balances:  # enough to pay from, and nobody said how much
            raise RejectedError("ACCOUNT_UNKNOWN")
        held = bank.balance(account)
        return json({"code": "OK", "balance_fen": held, "at": bank.now_text()})

    @routes.post(ENTRIES, name="entries")
    async def entries(request: Request) -> HTTPResponse:
        bank.authenticate(request)
        asked = _read(request)
        since = datetime.fromisoformat(str(asked.get("since")))
        found = bank.entries.get(str(asked.get("account")), [])
        items = [each for each in found if datetime.fromisoformat(each["at"]) >= since]
        return json({"code": "OK", "items": items})


def _control(routes: Blueprint, bank: Bank) -> None:
    @routes.post(f"{CONTROL}/behave", name="behave")
    async def behave(request: Request) -> HTTPResponse:
        for name, value in request.json.items():
            kept = getattr(bank, name)
            setattr(bank, name, {**kept, **value} if isinstance(kept, dict) else value)
        return json({})

    @routes.post(f"{CONTROL}/return", name="give_back")
    async def give_back(request: Request) -> HTTPResponse:
        wanted = request.json
        bank.give_back(wanted["number"], wanted["seq"], wanted.get("reason", "ACCOUNT_CLOSED"))
        return json({})

    @routes.get(f"{CONTROL}/pushes", name="list_pushes")
    async def list_pushes(request: Request) -> HTTPResponse:
        return json({"items": bank.pushes(request.args["number"][0])})

    @routes.get(f"{CONTROL}/batches", name="list_batches")
    async def list_batches(_: Request) -> HTTPResponse:
        paid = {}
        for number, batch in bank.batches.items():
            last = {each["seq"]: each for each in batch.results}
            arrived = [each for each in last.values() if each["result"] == "SUCCESS"]
            total = sum(each["amount_fen"] for each in arrived)
            paid[number] = {"lines": len(arrived), "total_fen": total}
        return json(paid)

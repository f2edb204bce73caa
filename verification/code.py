"""The verification code a verified person or body holds for good, and its short-lived QR token.

A code reads `W51-7K3M-Q9TD-2XAH-1`: kind, province, twelve random characters of Crockford's base
32 (no I, L, O, U), and a check character by ISO 7064 MOD 37,36 over the fifteen before it. It says
nothing about its holder, may be read aloud, and is an identifier, not a password: what proves
presence is the QR token, a code with a time and a keyed hash.
"""

import base64
import hashlib
import hmac
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum, unique

from stdnum.iso7064 import mod_37_36

from verification import region
from verification.reasons import Reason, Refused

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
RANDOM_LENGTH = 12
MIN_KEY_BYTES = 32
CLOCK_SKEW_S = 5  # how far a phone's server answer may lie ahead of another server's clock

_FORM = re.compile(rf"[WEPDY][0-9]{{2}}[{ALPHABET}]{{{RANDOM_LENGTH + 1}}}")
_LOOKALIKES = str.maketrans("OIL", "011")
_QR = re.compile(r"GY1\.([A-Z0-9]{16})\.([0-9]{1,12})\.([A-Za-z0-9_-]{22})")


@unique
class CodeKind(StrEnum):
    """Whose code it is; the value is its first letter."""

    WORKER = "W"
    ENTERPRISE = "E"
    PROJECT = "P"
    DEVICE = "D"
    PAY = "Y"


@dataclass(frozen=True, slots=True)
class VerificationCode:
    """A code that is well formed; whether it was ever issued only the records know.

    compact: sixteen characters without dashes, the form to store and compare.
    province: two digits, where it was first issued.
    """

    compact: str

    @property
    def kind(self) -> CodeKind:
        """Whose code it is."""
        return CodeKind(self.compact[0])

    @property
    def province(self) -> str:
        """Two digits of the province that issued it."""
        return self.compact[1:3]

    def __str__(self) -> str:
        """The printed form, with dashes."""
        text = self.compact
        return "-".join((text[:3], text[3:7], text[7:11], text[11:15], text[15:]))


def new_code(kind: CodeKind, province: str, random: Callable[[int], bytes]) -> VerificationCode:
    """A fresh code, from 60 random bits; `random(n)` gives n random bytes (`secrets.token_bytes`).

    Draws again while the check character would be one that is read for another (I, L, O, U), or
    while two neighbours could be swapped unseen: MOD 37,36 finds every changed character but misses
    some swaps of neighbouring values. So every code that exists survives one slip of either kind.
    (Between kind and province the check has one such gap, P65 and P56; there is no province 56.)
    Uniqueness is the caller's (a unique column). Raises ValueError unless `province` is the first
    two digits of one.
    """
    if not _is_province(province):
        raise ValueError("no such province")
    while True:
        drawn = "".join(ALPHABET[byte % len(ALPHABET)] for byte in random(RANDOM_LENGTH))
        body = f"{kind.value}{province}{drawn}"
        compact = body + str(mod_37_36.calc_check_digit(body))
        if compact[-1] in ALPHABET and not _hides_a_swap(compact):
            return VerificationCode(compact)


def parse_code(text: str) -> VerificationCode:
    """The code in `text`; raises `Refused` with CODE_FORMAT or CODE_CHECK.

    Forgiven: small letters, missing or extra dashes and spaces, O for 0, I and L for 1.
    Example: `parse_code("w51 7k3m q9td 2xah 1")` prints as W51-7K3M-Q9TD-2XAH-1.
    """
    compact = re.sub(r"[\s\-‐-―−]", "", text).upper().translate(_LOOKALIKES)
    if not _is_well_formed(compact):
        raise Refused(Reason.CODE_FORMAT)
    if not mod_37_36.is_valid(compact):
        raise Refused(Reason.CODE_CHECK)
    return VerificationCode(compact)


def qr_payload(code: VerificationCode, at: datetime, key: bytes) -> str:
    """The text of a QR token for `code` shown at `at`: `GY1.<code>.<seconds>.<hash>`.

    The hash is HMAC-SHA256 cut to 128 bits. Raises ValueError for a naive `at` or a key of fewer
    than 32 bytes. One gate takes a token once; remembering which is the caller's.
    """
    head = f"GY1.{code.compact}.{_seconds(at)}"
    return f"{head}.{_hash(head, key)}"


def check_qr(payload: str, now: datetime, key: bytes, max_age_s: int = 60) -> VerificationCode:
    """The code of a token that we made and that is at most `max_age_s` seconds old.

    Raises `Refused`: QR_FORMAT, QR_FORGED (checked before the time is believed), QR_EXPIRED (the
    last second still counts) or QR_FUTURE (more than 5 s ahead of `now`).
    """
    match = _QR.fullmatch(payload)
    if match is None:
        raise Refused(Reason.QR_FORMAT)
    head = payload.rpartition(".")[0]
    if not hmac.compare_digest(_hash(head, key), match[3]):
        raise Refused(Reason.QR_FORGED)
    age_s = _seconds(now) - int(match[2])
    if age_s > max_age_s:
        raise Refused(Reason.QR_EXPIRED)
    if age_s < -CLOCK_SKEW_S:
        raise Refused(Reason.QR_FUTURE)
    return parse_code(match[1])


def _hides_a_swap(compact: str) -> bool:
    swaps = (
        compact[:i] + compact[i + 1] + compact[i] + compact[i + 2 :]
        for i in range(len(compact) - 1)
    )
    readable = (swap for swap in swaps if swap != compact and _is_well_formed(swap))
    return any(mod_37_36.is_valid(swap) for swap in readable)


def _is_well_formed(compact: str) -> bool:
    return bool(_FORM.fullmatch(compact)) and _is_province(compact[1:3])


def _is_province(digits: str) -> bool:
    return len(digits) == 2 and region.find(f"{digits}0000") is not None


def _seconds(instant: datetime) -> int:
    if instant.tzinfo is None:
        raise ValueError("naive datetime")
    return int(instant.astimezone(UTC).timestamp())


def _hash(head: str, key: bytes) -> str:
    if len(key) < MIN_KEY_BYTES:
        raise ValueError("key is too short")
    digest = hmac.new(key, b"gongyou qr\0" + head.encode(), hashlib.sha256).digest()
    return base64.urlsafe_b64encode(digest[:16]).decode().rstrip("=")

"""Staff passwords: argon2id off the event loop, a block list, one-time activation."""

import asyncio
from concurrent.futures import ThreadPoolExecutor

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from api.accounts.errors import WeakPassword
from api.kit.errors import FieldError

SHORTEST = 12
LONGEST = 128
COMMON = (
    "123456", "password", "qwerty", "iloveyou", "admin", "welcome", "abc123", "111111", "000000",
    "gongyou", "工友", "woaini", "5201314", "1qaz2wsx",
)  # fmt: skip

_hasher = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)
_pool = ThreadPoolExecutor(max_workers=2, thread_name_prefix="argon2")
_DUMMY = _hasher.hash("a password that nobody has")


async def hash_password(password: str) -> str:
    """The argon2id hash of a password, with its parameters and salt."""
    return await asyncio.get_running_loop().run_in_executor(_pool, _hasher.hash, password)


async def matches(stored: str, password: str) -> bool:
    """Whether the password is the stored one. Takes as long when there is none."""
    return await asyncio.get_running_loop().run_in_executor(
        _pool, _matches, stored or _DUMMY, password
    ) and bool(stored)


def _matches(stored: str, password: str) -> bool:
    try:
        return _hasher.verify(stored, password)
    except (VerificationError, InvalidHashError):
        return False


def is_outdated(stored: str) -> bool:
    """Whether the hash was made with other parameters than today's."""
    return _hasher.check_needs_rehash(stored)


def refuse_weak(password: str, username: str) -> None:
    """Refuse a password that is short, repeats one character, or is mostly a common word.

    WeakPassword with the field. No classes of characters are demanded (ASVS 6.2.5).
    """
    bare = password.lower()
    for word in (*COMMON, username.lower()):
        bare = bare.replace(word, "")
    few = len(set(password)) < 5
    if not SHORTEST <= len(password) <= LONGEST or len(bare) < SHORTEST // 2 or few:
        fault = FieldError("password", "accounts.weak_password", WeakPassword.detail)
        raise WeakPassword(errors=(fault,))

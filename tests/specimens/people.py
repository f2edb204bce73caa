"""Synthetic people, each wholly derived from the number on the card.

Nobody here exists. `person(seed)` is the same for ever; `of_number(number)` finds the same person
again, which is how the emulated authority knows everyone without a list. The two digits before the
sex digit say how the authority holds the person: 00–89 on record, 90–94 not on record, 95–99 on
record without a usable photo.
"""

import hashlib
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from tests.specimens import words

FIRST_BIRTH = date(1968, 1, 1)
BIRTH_DAYS = 14_243  # prime to STRIDE, so that every seed below it has a birthday of its own
STRIDE = 3_907
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)  # GB 11643-1999, 5.2
CHECK = "10X98765432"


class Held(StrEnum):
    """How the emulated authority holds a person."""

    ON_RECORD = "on_record"
    ABSENT = "absent"
    WITHOUT_PHOTO = "without_photo"


@dataclass(frozen=True, slots=True)
class Person:
    """One synthetic person and what the resident ID card says of them.

    valid_to: None means 长期. pinyin: for machines without a Chinese font.
    """

    name: str
    pinyin: str
    sex: str
    nation: str
    birth: date
    address: str
    address_pinyin: str
    number: str
    issuer: str
    valid_from: date
    valid_to: date | None
    phone: str
    bank_card: str

    @property
    def held(self) -> Held:
        """How the emulated authority holds this person."""
        return held(self.number)


def person(seed: int, *, held: Held = Held.ON_RECORD, born: date | None = None) -> Person:
    """The synthetic person of `seed`; different seeds below 14243 differ in every number."""
    day = seed * STRIDE % BIRTH_DAYS
    birth = born or FIRST_BIRTH + timedelta(days=day)
    serial = (seed // BIRTH_DAYS + 7 * day) % 90
    if held is not Held.ON_RECORD:
        serial = (90 if held is Held.ABSENT else 95) + seed % 5
    chance = _chance("seed", str(seed))
    region = words.REGIONS[chance(len(words.REGIONS))]
    # Seven of eight are men, as on the sites.
    sex_digit = 2 * chance(5) + (0 if chance(8) == 0 else 1)
    return of_number(complete(f"{region.code}{birth:%Y%m%d}{serial:02d}{sex_digit}"))


def of_number(number: str) -> Person:
    """The person to whom a specimen number belongs. ValueError when it is not one."""
    region = next((r for r in words.REGIONS if r.code == number[:6]), None)
    if region is None or len(number) != 18 or complete(number[:17]) != number:
        raise ValueError("not a specimen's number")
    chance = _chance("person", number)
    sex = "男" if int(number[16]) % 2 else "女"
    nation = _nation(region, chance(20))
    name, pinyin = _name(nation, sex, chance)
    birth = date.fromisoformat(f"{number[6:10]}-{number[10:12]}-{number[12:14]}")
    street, street_pinyin = words.STREETS[chance(len(words.STREETS))]
    house = 1 + chance(300)
    valid_from, valid_to = _validity(birth, chance)
    return Person(
        name=name, pinyin=pinyin, sex=sex, nation=nation, birth=birth, number=number,
        address=f"{region.place}{street}{house}号",
        address_pinyin=f"{region.pinyin} {street_pinyin} {house}",
        issuer=region.police, valid_from=valid_from, valid_to=valid_to,
        phone=words.PHONE_PREFIXES[chance(len(words.PHONE_PREFIXES))] + f"{chance(10**8):08d}",
        bank_card=luhn(words.BANK_BINS[chance(len(words.BANK_BINS))] + f"{chance(10**12):012d}"),
    )  # fmt: skip


def held(number: str) -> Held:
    """How the emulated authority holds the person with this number."""
    serial = int(number[14:16])
    if serial < 90:
        return Held.ON_RECORD
    return Held.ABSENT if serial < 95 else Held.WITHOUT_PHOTO


def expired(someone: Person) -> Person:
    """The same person with the card before, which ran out in 2016."""
    return replace(someone, valid_from=date(2006, 5, 9), valid_to=date(2016, 5, 9))


def face_id(number: str) -> bytes:
    """Eight bytes that stand for the person's face."""
    return hashlib.sha256(f"face {number}".encode()).digest()[:8]


def complete(first17: str) -> str:
    """The 18-character number with its check character (GB 11643-1999, ISO 7064 MOD 11-2)."""
    total = sum(int(digit) * weight for digit, weight in zip(first17, WEIGHTS, strict=True))
    return first17 + CHECK[total % 11]


def luhn(first: str) -> str:
    """`first` with its Luhn check digit (ISO/IEC 7812-1)."""
    total = 0
    for place, digit in enumerate(reversed(first)):
        value = int(digit) * (2 if place % 2 == 0 else 1)
        total += value - 9 if value > 9 else value
    return first + str(-total % 10)


class _Chance:
    """Reproducible choices: the same key draws the same row on every machine and version."""

    def __init__(self, key: str) -> None:
        self._key = key
        self._drawn = 0

    def __call__(self, below: int) -> int:
        self._drawn += 1
        digest = hashlib.sha256(f"{self._key} {self._drawn}".encode()).digest()
        return int.from_bytes(digest[:8], "big") % below


def _chance(kind: str, key: str) -> _Chance:
    return _Chance(f"gongyou specimen {kind} {key}")


def _nation(region: words.Region, draw: int) -> str:
    if region.nation != "汉" and draw < 15:
        return region.nation
    return words.OTHER_NATIONS[draw % len(words.OTHER_NATIONS)] if draw == 19 else "汉"


def _name(nation: str, sex: str, chance: _Chance) -> tuple[str, str]:
    if nation in words.WHOLE_NAMES:
        names = words.WHOLE_NAMES[nation][sex]
        return names[chance(len(names))]
    given = words.GIVEN_MALE if sex == "男" else words.GIVEN_FEMALE
    surname = words.SURNAMES[chance(len(words.SURNAMES))]
    parts = [given[chance(len(given))] for _ in range(1 if chance(4) == 0 else 2)]
    return surname[0] + "".join(p[0] for p in parts), " ".join(p[1] for p in (surname, *parts))


def _validity(birth: date, chance: _Chance) -> tuple[date, date | None]:
    """Ten years from 16, twenty from 26, without end from 46 (居民身份证法 art. 5)."""
    start = max(date(2019 + chance(5), 1 + chance(12), 1 + chance(28)), _years(birth, 16))
    age = start.year - birth.year - ((start.month, start.day) < (birth.month, birth.day))
    if age >= 46:
        return start, None
    return start, _years(start, 20 if age >= 26 else 10)


def _years(day: date, years: int) -> date:
    # 29 February becomes 28, which is what the cards say.
    last = day.day if (day.month, day.day) != (2, 29) else 28
    return date(day.year + years, day.month, last)

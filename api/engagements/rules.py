"""What is true of entries: ages a region lets in, what is missing, when a contract came late."""

from calendar import isleap
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum, unique
from typing import Any

from api.training.service import ENTRY_HOURS, EntryHours, TrainingKind
from verification.id_number import age_on

YOUNGEST = 16
"""Nobody younger works: Labour Law article 15, Law on the Protection of Minors article 61."""

GROWN = 18
"""From 16 to 18 nobody does dangerous or too heavy work, such as a site's: Labour Law, 64."""

OFFICE_TRADE = "900"
"""管理人员, of the dictionary 工种: the one that is no site trade."""

CONTRACT_DAYS = 15
"""Within so many days of signing a contract is entered here; the rule of Guizhou (GY-4)."""

LONGEST_OVERRIDE_DAYS = 30


@unique
class Item(StrEnum):
    """What entry asks for, in the order in which an office arranges it."""

    CODE = "code"
    RESTRICTED = "restricted"
    TOO_YOUNG = "too_young"
    MINOR = "minor"
    AGE_UNKNOWN = "age_unknown"
    AGE = "age"
    HEALTH = "health_certificate"
    CONTRACT = "contract"
    TRAINING = "training"
    RETRAINING = "retraining"
    CERTIFICATE = "certificate"

    @property
    def words(self) -> str:
        """What is missing and what to do, to the office."""
        return WORDS[self]

    @property
    def overridable(self) -> bool:
        """Whether a person in charge may let the worker in all the same for a while."""
        return self not in NEVER


WORDS: Mapping[Item, str] = {
    Item.CODE: "实名核验码没有生效。请本人先办好实名核验，或到住建部门恢复。",
    Item.RESTRICTED: "这名工人在限制名单里，不能进场。有疑问请联系当地住建部门。",
    Item.TOO_YOUNG: "不满 16 周岁，不能进场。请不要安排他干活。",
    Item.MINOR: "不满 18 周岁，不能做工地上的活。请不要安排这个工种。",
    Item.AGE_UNKNOWN: "登记里没有出生日期。请本人重新实名核验。",
    Item.AGE: "年龄超过当地规定，不能进场。请看当地的年龄规定。",
    Item.HEALTH: "年龄到了当地要体检的岁数。请先让他体检，合格后请负责人放行。",
    Item.CONTRACT: "没有签好的劳动合同或用工书面协议。请发合同，让本人在手机上签。",
    Item.TRAINING: "进场安全教育学时不够。请先培训，再登记学时。",
    Item.RETRAINING: "超过一年没有用工记录。请重新培训，再登记学时。",
    Item.CERTIFICATE: "这个工种要有特种作业证，没有登记或已过期。请登记有效的证书。",
}
NEVER = frozenset({Item.CODE, Item.RESTRICTED, Item.TOO_YOUNG, Item.MINOR, Item.AGE_UNKNOWN})
"""What nobody may override."""

TAUGHT = frozenset({Item.TRAINING, Item.RETRAINING})
"""What is missing as long as somebody has not been taught."""


@unique
class Effect(StrEnum):
    """What a region says of an age: a word of caution, a health certificate, or no entry."""

    WARN = "warn"
    HEALTH = "health_certificate"
    BLOCK = "block"


@dataclass(frozen=True, slots=True)
class Band:
    """Workers of a sex (None: all) who are older than `over` years on the day."""

    sex: str | None
    over: int
    effect: Effect

    def holds(self, sex: str, age: int) -> bool:
        """Whether the band speaks of such a worker."""
        return age > self.over and self.sex in (None, sex)


@dataclass(frozen=True, slots=True)
class Rules:
    """What a region asks before entry: hours of entry training, and what it says of ages.

    training_hours: on the project. The two other levels are asked for at the gate where the region
    names them; else before work begins, which is the employer's to see to.
    """

    region: str = ""
    training_hours: Decimal = ENTRY_HOURS
    bands: tuple[Band, ...] = ()
    source: str = ""
    hours: Mapping[TrainingKind, Decimal] = field(default_factory=dict)
    """Hours of other kinds that the region names; those of a level are asked before entry."""


NATIONAL = Rules()
"""What holds where a region says nothing: the law knows no highest age."""

_SEVERITY = (Effect.WARN, Effect.HEALTH, Effect.BLOCK)


def bands_of(rows: Iterable[Mapping[str, Any]]) -> tuple[Band, ...]:
    """The bands as they are stored."""
    return tuple(Band(row["sex"], int(row["over"]), Effect(row["effect"])) for row in rows)


def effect_of(bands: Iterable[Band], sex: str, age: int) -> Effect | None:
    """The hardest thing a region says of somebody of this sex and age."""
    found = [band.effect for band in bands if band.holds(sex, age)]
    return max(found, key=_SEVERITY.index, default=None)


def ages_of(bands: Iterable[Band]) -> set[int]:
    """The ages with which the bands begin."""
    return {band.over + 1 for band in bands}


def birthdays(day: date, ages: Iterable[int]) -> set[date]:
    """The days on which those were born who reach one of the ages on `day`."""
    years = {day.year - age for age in ages}
    born = {date(year, day.month, day.day) for year in years if _exists(year, day)}
    if (day.month, day.day) == (3, 1) and not isleap(day.year):
        # Who was born on 29 February is older from 1 March.
        born |= {date(year, 2, 29) for year in years if isleap(year)}
    return born


def _exists(year: int, day: date) -> bool:
    return isleap(year) or (day.month, day.day) != (2, 29)


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a worker on the day of entry. `birth` None: not recorded."""

    code_active: bool
    restricted: bool
    trade: str
    birth: date | None
    sex: str
    contract: bool
    taught: EntryHours
    needs_retraining: bool
    certificate: bool


@dataclass(frozen=True, slots=True)
class Finding:
    """What stands in the way of entry, and what is only to be told.

    overridden: missing too, but somebody let the worker in without it until `override_until`.
    """

    missing: tuple[Item, ...]
    warnings: tuple[str, ...] = ()
    overridden: tuple[Item, ...] = ()
    override_until: date | None = None

    @property
    def ready(self) -> bool:
        """Whether the worker may enter."""
        return not self.missing

    @property
    def taught(self) -> bool:
        """Whether he has had what entry teaches, whoever let him in without it."""
        return not TAUGHT & {*self.missing, *self.overridden}

    @property
    def overridable(self) -> bool:
        """Whether a person in charge may let him in all the same."""
        return all(item.overridable for item in self.missing)

    def without(self, items: Iterable[str], until: date) -> "Finding":
        """The same while an override of these items holds."""
        let = {item for item in self.missing if item.value in set(items) and item.overridable}
        return replace(
            self,
            missing=tuple(item for item in self.missing if item not in let),
            overridden=tuple(item for item in self.missing if item in let),
            override_until=until,
        )


YOUNG = "不满 18 周岁。请只安排办公室的事，不要安排危险的、重的活。"
ELDER = "年龄到了当地要提醒的岁数。请安排合适的岗位。"


def examine(facts: Facts, day: date, rules: Rules) -> Finding:
    """Everything that is missing on the day, in the order of `Item`."""
    ages, warnings = _age(facts, day, rules)
    has = {
        Item.CODE: facts.code_active,
        Item.RESTRICTED: not facts.restricted,
        Item.CONTRACT: facts.contract,
        Item.TRAINING: is_enough(facts.taught, rules),
        Item.RETRAINING: not facts.needs_retraining,
        Item.CERTIFICATE: facts.certificate,
    }
    missing = {item for item, there in has.items() if not there} | ages
    return Finding(tuple(item for item in Item if item in missing), warnings)


def is_enough(taught: EntryHours, rules: Rules) -> bool:
    """Whether the hours of entry training are those that the region asks for before entry."""
    company = rules.hours.get(TrainingKind.COMPANY, Decimal(0))
    team = rules.hours.get(TrainingKind.TEAM, Decimal(0))
    return (
        taught.project >= rules.training_hours and taught.company >= company and taught.team >= team
    )


def _age(facts: Facts, day: date, rules: Rules) -> tuple[set[Item], tuple[str, ...]]:
    if facts.birth is None:
        return {Item.AGE_UNKNOWN}, ()
    age = age_on(facts.birth, day)
    if age < YOUNGEST:
        return {Item.TOO_YOUNG}, ()
    if age < GROWN:
        return (set(), (YOUNG,)) if facts.trade == OFFICE_TRADE else ({Item.MINOR}, ())
    effect = effect_of(rules.bands, facts.sex, age)
    if effect is Effect.WARN:
        return set(), (ELDER,)
    items = {Effect.HEALTH: {Item.HEALTH}, Effect.BLOCK: {Item.AGE}}
    return items[effect] if effect else set(), ()


def is_late(signed_on: date, entered_on: date) -> bool:
    """Whether a contract came here later than allowed: day 15 after signing is in time, 16 not."""
    return (entered_on - signed_on).days > CONTRACT_DAYS


def years_before(day: date, years: int) -> date:
    """The same day so many years earlier; of 29 February the 28th, where there is none."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)

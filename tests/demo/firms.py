"""The four firms of the city, and how each came to be what it is."""

from dataclasses import dataclass
from typing import Any

from stdnum.cn import uscc

from api.enterprises.schemas import ApplicationIn, MasterIn
from api.kit import clock
from tests.specimens import Person, person
from verification.credit_code import organisation_check


@dataclass(frozen=True, slots=True)
class Firm:
    """A firm that does not exist. `body`: eight characters of an organisation code never given."""

    key: str
    name: str
    body: str
    region: str
    address: str
    legal_person: Person
    contact: Person

    @property
    def credit_code(self) -> str:
        """Eighteen characters with both check characters right (GB 32100)."""
        first = f"91{self.region}{self.body}{organisation_check(self.body)}"
        return first + str(uscc.calc_check_digit(first))

    def application(self) -> ApplicationIn:
        """What the firm reports of itself."""
        fields: dict[str, Any] = {
            "name": self.name,
            "credit_code": self.credit_code,
            "legal_person": self.legal_person.name,
            "region": self.region,
            "address": self.address,
            "contact_name": self.contact.name,
            "contact_phone": self.contact.phone,
        }
        return ApplicationIn.model_validate(fields)

    def master(self, name: str) -> MasterIn:
        """What the business register holds, under `name`."""
        fields: dict[str, Any] = {
            "credit_code": self.credit_code,
            "name": name,
            "legal_person": self.legal_person.name,
            "region": self.region,
            "source": "样本登记机关",
            "as_of": clock.today(),
        }
        return MasterIn.model_validate(fields)


def _firm(key: str, seed: int, name: str, region: str, address: str) -> Firm:
    people = person(seed), person(seed + 1)
    return Firm(key, name, f"DEM0000{key.upper()}", region, address, *people)


FIRM_A = _firm("a", 2901, "样本建筑工程有限公司", "510107", "四川省成都市武侯区样本路1号")
FIRM_B = _firm("b", 2903, "示例建筑劳务有限公司", "510104", "四川省成都市锦江区示例街2号")
FIRM_C = _firm("c", 2905, "样板装饰工程有限公司", "510107", "四川省成都市武侯区样板巷3号")
FIRM_D = _firm("d", 2907, "范例机电安装有限公司", "510107", "四川省成都市武侯区范例道4号")
FIRMS = (FIRM_A, FIRM_B, FIRM_C, FIRM_D)

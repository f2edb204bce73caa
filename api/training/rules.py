"""What is true of trainings: how much entry training is enough, which trade needs which paper."""

from datetime import timedelta
from decimal import Decimal

from api.training.models import TrainingKind

ENTRY_HOURS = Decimal(15)
"""Hours of safety training at project level for new workers.

建教〔1997〕83号: company 15, project 15, team 20. A region may ask for another number.
"""

LEVELS = (TrainingKind.COMPANY, TrainingKind.ENTRY, TrainingKind.TEAM)
"""The three-level education 三级安全教育: of the company, the project, the team."""

AIMS: dict[TrainingKind, Decimal] = {
    TrainingKind.COMPANY: Decimal(15),
    TrainingKind.ENTRY: ENTRY_HOURS,
    TrainingKind.TEAM: Decimal(20),
    TrainingKind.POST_CHANGE: Decimal(20),
    TrainingKind.YEARLY: Decimal(15),
    TrainingKind.SPECIAL: Decimal(20),
}
"""Hours at least, by 建教〔1997〕83号: those of a level once, the others in a year. A region may
ask for others; retraining has no number of its own."""

RETRAINED_FOR = timedelta(days=365)
"""How long a training counts as data about a worker.

建市〔2019〕18号: a year without a new record and he is trained again.
"""

CERTIFICATES: dict[str, frozenset[str]] = {
    "030": frozenset({"02", "03"}),
    "080": frozenset({"04", "05", "06", "07"}),
    "130": frozenset({"01"}),
    "170": frozenset({"04"}),
    "180": frozenset({"08", "09", "10"}),
}
"""Trade (工种) to the special operations (特种作业) of which it needs one certificate.

建质〔2008〕75号: electricians, scaffolders, signallers, drivers and fitters of cranes.
"""


def certificates_for(trade: str) -> frozenset[str]:
    """The special operations one of which the trade needs; empty when it needs none."""
    return CERTIFICATES.get(trade, frozenset())

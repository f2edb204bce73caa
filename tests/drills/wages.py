"""A million random sheets are whole to the fen; `make drill-wages`.

Each worker's month is drawn from the seed: terms, days, overtime, piece work, advances. Every line
must be the sum of its items and never below nothing; what work of every kind earns is reckoned a
second way. Then the sheet is paid: payments succeed, fail, come back, are made again, or are not
heard of, and the bank contradicts itself. After each move paid, failed and pending must be the
total, and at the end each of the three what its lines come to. Pure: what two stores make of such
sheets is in the tests of wages.
"""

import argparse
import json
import random
import sys
import time
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from multiprocessing import get_context

from api.wages.rules import PayState
from tests.api.payroll import counted

SHEETS, PARTS = 1_000_000, 4


@dataclass(slots=True)
class Tally:
    """What came of it: sheets, their total, where their lines ended; how many were not whole."""

    sheets: int = 0
    total_fen: int = 0
    wrong: int = 0
    ends: Counter[PayState] = field(default_factory=Counter)

    def add(self, other: "Tally") -> None:
        """Count what came of other sheets too."""
        self.sheets += other.sheets
        self.total_fen += other.total_fen
        self.wrong += other.wrong
        self.ends += other.ends


def part(seed: int, sheets: int) -> Tally:
    """So many sheets of one seed."""
    dice, tally = random.Random(seed), Tally(sheets)
    for _ in range(sheets):
        try:
            sheet = counted.sheet(dice)
        except AssertionError:
            tally.wrong += 1
        else:
            tally.total_fen += sheet.total_fen
            tally.ends.update(sheet.states)
    return tally


def main() -> int:
    """Run the parts beside each other and say what came of them; 1 when a sheet was not whole."""
    parser = argparse.ArgumentParser(prog="make drill-wages", description=__doc__)
    parser.add_argument("--sheets", type=int, default=SHEETS)
    sheets, begun, tally = parser.parse_args().sheets, time.monotonic(), Tally()
    with ProcessPoolExecutor(PARTS, mp_context=get_context("spawn")) as pool:
        for each in pool.map(part, range(1, PARTS + 1), [sheets // PARTS] * PARTS):
            tally.add(each)
    found = {
        "sheets": tally.sheets,
        "lines": tally.ends.total(),
        "total_fen": tally.total_fen,
        "wrong": tally.wrong,
        **{state.value: tally.ends[state] for state in PayState},
        "seconds": round(time.monotonic() - begun, 1),
    }
    for name, number in found.items():
        print(f"{name:<12}{number:>24,}")
    print(json.dumps(found))
    return 0 if not tally.wrong and all(tally.ends[state] for state in PayState) else 1


if __name__ == "__main__":
    sys.exit(main())

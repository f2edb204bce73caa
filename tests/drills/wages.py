"""A million random lines of wages are whole to the fen; `make drill-wages`.

Each worker's month is drawn from the seed: terms, days, overtime, piece work, advances. Every line
must be the sum of its items and never below nothing, and the sheets of thirty lines each must come
to what their lines come to. The fraction is reckoned a second way for work by the day. Pure: what
two stores make of the same lines is in the tests of wages.
"""

import argparse
import json
import random
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass
from multiprocessing import get_context

from tests.api.wages.test_reckoning import drawn, whole

LINES, PARTS, OF_A_SHEET = 1_000_000, 4, 30


@dataclass(frozen=True, slots=True)
class Tally:
    """What came of it: lines and sheets, their sum, and how many were not whole."""

    lines: int
    sheets: int
    total_fen: int
    wrong: int


def part(seed: int, lines: int) -> Tally:
    """So many lines of one seed."""
    dice, total, sheets, wrong = random.Random(seed), 0, 0, 0
    for first in range(0, lines, OF_A_SHEET):
        header = 0
        for _ in range(min(OF_A_SHEET, lines - first)):
            try:
                header += whole(*drawn(dice))
            except AssertionError:
                wrong += 1
        total, sheets = total + header, sheets + 1
    return Tally(lines, sheets, total, wrong)


def main() -> int:
    """Run the parts beside each other and say what came of them; 1 when a line was not whole."""
    parser = argparse.ArgumentParser(prog="make drill-wages", description=__doc__)
    parser.add_argument("--lines", type=int, default=LINES)
    lines, begun = parser.parse_args().lines, time.monotonic()
    with ProcessPoolExecutor(PARTS, mp_context=get_context("spawn")) as pool:
        parts = list(pool.map(part, range(1, PARTS + 1), [lines // PARTS] * PARTS))
    tally = Tally(
        *(sum(column) for column in zip(*(asdict(p).values() for p in parts), strict=True))
    )
    say = sys.stdout.write
    say(f"{tally.lines:,} lines on {tally.sheets:,} sheets, {tally.wrong} not whole\n")
    say(json.dumps({**asdict(tally), "seconds": round(time.monotonic() - begun, 1)}) + "\n")
    return 1 if tally.wrong else 0


if __name__ == "__main__":
    sys.exit(main())

"""`python -m tests.journeys.later FILE COMMAND`: a command of `api.cli`, by a clock ahead of ours.

FILE holds by how many seconds, and may be replaced while the command runs. Everything else is the
product's own: this is how a month goes by within minutes.
"""

import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

from api import cli
from api.kit import clock


def main() -> int:
    """Set the clock, then run the command; its exit status."""
    file = Path(sys.argv.pop(1))
    clock.set_clock(lambda: datetime.now(UTC) + timedelta(seconds=float(file.read_text())))
    return cli.main()


if __name__ == "__main__":
    sys.exit(main())

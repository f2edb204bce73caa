"""How long `make run` takes: on an empty database, a second time, and to stop while it works.

`make drill-start`. Installing packages is not counted. Exit status 1 when a limit is exceeded.
"""

import json
import signal
import sys
import tempfile
import threading
import time
from pathlib import Path

import httpx

from tests.journeys.people import Visitor, photo
from tests.journeys.serving import Server
from tests.specimens import card_back, card_front, person

LIMITS_S = {"first_start_s": 60.0, "second_start_s": 10.0, "stop_s": 5.0, "stop_told_twice_s": 5.0}
WORK_S = 2.0
"""How long the request in flight is held up by a vendor."""


def main() -> int:
    """Measure, print, and say whether every limit holds."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        measured = measure(Server(folder, f"sqlite://{folder}/gongyou.db"))
    late = [name for name, limit in LIMITS_S.items() if measured[name] > limit]
    for name, seconds in measured.items():
        print(f"{name:20}{seconds:8.2f}  at most {LIMITS_S[name]:.0f}{'  LATE' * (name in late)}")
    print(json.dumps(measured))
    return 1 if late else 0


def measure(server: Server) -> dict[str, float]:
    """Seconds of each exercise."""
    with server:
        first = server.took_s
        stop = stopping(server, twice=False)
        server.start()
        second = server.took_s
        twice = stopping(server, twice=True)
    values = (first, second, stop, twice)
    return dict(zip(LIMITS_S, (round(each, 2) for each in values), strict=True))


def stopping(server: Server, *, twice: bool) -> float:
    """Seconds from SIGTERM to the end, with a request in flight, which must be answered."""
    someone = person(3201)
    with Visitor(server.base) as visitor:
        visitor.log_in(method="sms", phone=someone.phone, code="246810")
        visitor.agree("id_card")
        server.fault("/rest/2.0/ocr/v1/idcard", "delay", seconds=WORK_S)
        files = {"front": photo(card_front(someone)), "back": photo(card_back(someone))}
        answers: list[httpx.Response] = []
        asking = threading.Thread(
            target=lambda: answers.append(visitor.call("POST", "/me/id-card", files=files))
        )
        asking.start()
        time.sleep(WORK_S / 4)
        began = time.monotonic()
        if twice:
            server.send(signal.SIGTERM)
            time.sleep(0.2)
        server.stop()
        ended = time.monotonic()
        asking.join()
    if [answer.status_code for answer in answers] != [200]:
        raise SystemExit("what was in flight was lost")
    return ended - began


if __name__ == "__main__":
    sys.exit(main())

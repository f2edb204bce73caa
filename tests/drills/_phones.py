"""Phones that punch: each sends one punch until it is acknowledged, then the next."""

import http.client
import json
import random
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from tests.drills._crowd import Member

AGAIN_S = 0.02
STORED = (200, 201)


@dataclass(slots=True)
class Sent:
    """One punch: as it was sent, who sent it, and its acknowledgement once there is one."""

    member: Member
    body: dict[str, Any]
    answer: dict[str, Any] | None = None


def punch_of(member: Member) -> Sent:
    """A new punch of a worker, in content unlike any other."""
    position = {
        "lon": round(member.lon + random.uniform(-1e-3, 1e-3), 6),
        "lat": round(member.lat + random.uniform(-1e-3, 1e-3), 6),
        "datum": "wgs84",
        "accuracy_m": random.randint(5, 80),
        "taken_at": datetime.now(UTC).isoformat(),
    }
    client_id = str(uuid4())
    return Sent(
        member,
        {
            "client_id": client_id,
            "project_id": member.project_id,
            "direction": random.choice(("in", "out")),
            "method": "fence",
            "device_id": f"phone-{client_id[:8]}",
            "note": f"note {client_id[-8:]}",
            "position": position,
        },
    )


class Line:
    """A connection to the server, made anew whenever it broke."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._connection: http.client.HTTPConnection | None = None

    def post(self, sent: Sent) -> tuple[int, dict[str, Any]]:
        """Status and body of the answer. OSError or HTTPException when none came."""
        if self._connection is None:
            self._connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=30)
        headers = {
            "Authorization": f"Bearer {sent.member.token}",
            "Content-Type": "application/json",
        }
        try:
            self._connection.request("POST", "/api/v1/punches", json.dumps(sent.body), headers)
            answer = self._connection.getresponse()
            return answer.status, json.loads(answer.read())
        except (OSError, http.client.HTTPException, ValueError):
            self.close()
            raise

    def close(self) -> None:
        """Let go of the connection."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None


class Phone(threading.Thread):
    """Punches for its members in turn, until told to stop and its last punch is acknowledged."""

    def __init__(self, port: int, members: Sequence[Member]) -> None:
        super().__init__(daemon=True)
        self.sent: list[Sent] = []
        self.odd: list[str] = []
        self._line = Line(port)
        self._members = members
        self._enough = threading.Event()

    def stop(self) -> None:
        """Begin no further punch."""
        self._enough.set()

    def run(self) -> None:
        while not self._enough.is_set():
            one = punch_of(self._members[len(self.sent) % len(self._members)])
            self.sent.append(one)
            while one.answer is None and not self.odd:
                self._try(one)
        self._line.close()

    def _try(self, one: Sent) -> None:
        try:
            status, body = self._line.post(one)
        except (OSError, http.client.HTTPException, ValueError):
            time.sleep(AGAIN_S)
            return
        if status in STORED:
            one.answer = body
        elif status == 503:
            time.sleep(AGAIN_S)
        else:
            self.odd.append(f"{status} {body.get('code')}")

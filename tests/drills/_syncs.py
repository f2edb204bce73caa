"""Reads what strace saw: was each acknowledgement preceded by the sync of the log to disk?"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

CALLS = "fdatasync,fsync,write,writev,pwrite64,pwritev,sendto,sendmsg"
LOG = re.compile(r"-wal$|/pg_wal/")
_CALL = re.compile(r"^(?P<pid>\d+)\s+(?P<name>\w+)\(\d+<(?P<path>[^>]*)>(?P<rest>.*)$")
_RESUMED = re.compile(r"^(?P<pid>\d+)\s+<\.\.\. (?P<name>\w+) resumed>.*= (?P<result>-?\d+)")
_RESULT = re.compile(r"\)\s+= (?P<result>-?\d+)")
_CREATED = '"HTTP/1.1 201'


@dataclass(slots=True)
class Account:
    """How many acknowledgements were seen, and how many came after a sync of all that was logged.

    A log is the write-ahead log of SQLite or of PostgreSQL.
    """

    acknowledged: int = 0
    safe: int = 0
    _is_synced: bool = False
    _is_dirty: bool = False
    _syncing: dict[str, str] = field(default_factory=dict)

    def read(self, lines: Iterable[str]) -> "Account":
        """The same account with these lines of `strace -f -y` read, in their order."""
        for line in lines:
            resumed, call = _RESUMED.match(line), _CALL.match(line)
            if resumed and resumed["name"] in ("fdatasync", "fsync"):
                self._synced(self._syncing.pop(resumed["pid"], ""), resumed["result"])
            elif call:
                self._call(call)
        return self

    def _call(self, call: re.Match[str]) -> None:
        result = _RESULT.search(call["rest"])
        if call["name"] in ("fdatasync", "fsync"):
            if result:
                self._synced(call["path"], result["result"])
            else:
                self._syncing[call["pid"]] = call["path"]
        elif LOG.search(call["path"]):
            self._is_dirty = True
        elif _CREATED in call["rest"]:
            self.acknowledged += 1
            self.safe += self._is_synced and not self._is_dirty
            self._is_synced = False

    def _synced(self, path: str, result: str) -> None:
        if LOG.search(path) and result == "0":
            self._is_synced, self._is_dirty = True, False

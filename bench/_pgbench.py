"""PostgreSQL by itself: pgbench inserting the row that a punch is, and a history of such rows."""

import re
import subprocess
from pathlib import Path

from tests import programs
from tests.servers import Postgres

EXTENSION = "pg_stat_statements"
TWIN = "punch_twin"
# A punch inside the fence as the server writes it; what is left out stays empty.
VALUES = {
    "id": "gen_random_uuid()", "created_at": "now()", "client_id": "gen_random_uuid()",
    "content": "repeat('a', 64)", "account_id": "gen_random_uuid()",
    "project_id": "gen_random_uuid()", "engagement_id": "gen_random_uuid()",
    "enterprise_id": "gen_random_uuid()", "workday_id": "gen_random_uuid()",
    "day": "current_date", "direction": "'in'", "method": "'fence'", "at": "now()",
    "received_at": "now()", "late_upload": "false", "verdict": "'inside'",
    "detail": "'您在工地范围内。'", "distance_m": "-168.3", "fence_id": "gen_random_uuid()",
    "fence_version": "1", "lon": "104.02", "lat": "30.5", "given_lon": "104.02",
    "given_lat": "30.5", "datum": "'wgs84'", "accuracy_m": "18", "taken_at": "now()",
    "note": "''", "signals": "''",
}  # fmt: skip
COLUMNS = ", ".join(f'"{name}"' for name in (*VALUES, "worker_id", "device_id"))
NEW_ROW = f"""\\set worker random(1, {{workers}})
INSERT INTO {TWIN} ({COLUMNS}) VALUES ({", ".join(VALUES.values())},
('00000000-0000-7000-8000-' || lpad(to_hex(CAST(:worker AS int)), 12, '0'))::uuid, 'phone-1')
ON CONFLICT DO NOTHING RETURNING "id";
"""  # noqa: S608 - our own words
OLD = {
    **VALUES,
    # In the order of time, as the server's ids are.
    "id": "(lpad(to_hex(n), 12, '0') || '70008000000000000000')::uuid",
    "day": "moment::date", "created_at": "moment", "at": "moment", "received_at": "moment",
    "taken_at": "moment",
}  # fmt: skip


class CountingPostgres(Postgres):
    """A durable PostgreSQL that counts statements."""

    def __init__(self) -> None:
        super().__init__(durable=True)

    def _command(self) -> list[str | Path]:
        return [*super()._command(), "-c", f"shared_preload_libraries={EXTENSION}"]


def sql(postgres: Postgres, database: str, statement: str) -> str:
    """What psql prints for a statement."""
    command = [*_client(postgres, "psql"), "-qAtX", "-v", "ON_ERROR_STOP=1", "-c", statement]
    done = subprocess.run([*command, database], check=True, capture_output=True, text=True)
    return done.stdout.strip()


def prepare(postgres: Postgres, database: str) -> None:
    """Statements are counted, and pgbench has a table of its own, like that of the punches."""
    sql(postgres, database, f"CREATE EXTENSION {EXTENSION}")
    sql(postgres, database, f"CREATE TABLE {TWIN} (LIKE punch INCLUDING ALL)")


def inserts_per_s(
    postgres: Postgres, database: str, connections: int, seconds: int, workers: int
) -> float:
    """Rows a second by prepared statements, each committed by itself."""
    script = postgres.directory / "insert.sql"
    script.write_text(NEW_ROW.format(workers=workers))
    shape = ["-n", "-M", "prepared", "-c", str(connections), "-j", "2", "-T", str(seconds)]
    command = [*_client(postgres, "pgbench"), *shape, "-f", script, database]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    rate = re.search(r"tps = ([0-9.]+)", done.stdout)
    if rate is None:
        raise RuntimeError(done.stdout)
    return float(rate[1])


def add_history(postgres: Postgres, database: str, rows: int) -> None:
    """So many punches of all workers, spread over the last half year."""
    statement = f"""
        INSERT INTO punch ({COLUMNS})
        SELECT {", ".join(OLD.values())}, people[n % cardinality(people) + 1], 'phone-' || n % 5000
        FROM (SELECT array_agg(id) AS people FROM worker) AS everybody,
        LATERAL (
            SELECT n, now() - interval '180 days' * (1 - n::float / {rows}) AS moment
            FROM generate_series(1, {rows}) AS n
        ) AS old"""  # noqa: S608
    sql(postgres, database, statement)
    sql(postgres, database, "ANALYZE punch")
    sql(postgres, database, "CHECKPOINT")


def statements(postgres: Postgres, database: str) -> int:
    """How many statements of ours this database has seen.

    Not those by which the driver resets a connection before it goes back to the pool.
    """
    counted = f"""
        SELECT coalesce(sum(calls), 0) FROM {EXTENSION}
        WHERE dbid = (SELECT oid FROM pg_database WHERE datname = current_database())
        AND query ~* '^(select|insert|update|delete|begin|commit|savepoint)'
        AND query !~ 'pg_advisory_unlock_all|{EXTENSION}|{TWIN}'"""  # noqa: S608
    return int(sql(postgres, database, counted))


def _client(postgres: Postgres, program: str) -> list[str | Path]:
    found = programs.find(program) or Path(program)
    return [found, "-h", "127.0.0.1", "-p", str(postgres.port), "-U", "postgres"]

"""Years of paid and signed wages for everybody who is on a site of a PostgreSQL database."""

from bench._pgbench import sql
from tests.servers import Postgres

ID = "(lpad(to_hex({}), 12, '0') || '7000' || '8' || substr(md5({}::text), 1, 15))::uuid"
"""In the order of time, as the server's ids are."""
MONTHS = """SELECT (date_trunc('month', current_date) - n * interval '1 month')::date AS first
    FROM generate_series(1, {months}) AS n"""
SHEETS = """INSERT INTO wage_sheet (id, created_at, number, project_id, enterprise_id,
        contractor_id, region, kind, month, from_on, to_on, pay_on, state, version, drawing,
        persons, total_fen, paid_fen, failed_fen, pending_fen, made_by, submitted_at, released_at)
    SELECT {id}, first, 'GZD' || lpad(n::text, 15, '0'), id, enterprise_id, enterprise_id, region,
        'monthly', to_char(first, 'YYYY-MM'), first, (first + interval '1 month')::date - 1,
        (first + interval '1 month')::date + 19, 'paid', 1, false, 0, 0, 0, 0, 0, id,
        first + interval '32 days', first + interval '40 days'
    FROM (SELECT p.*, first, row_number() OVER (ORDER BY first, p.id) AS n
        FROM project AS p, ({months}) AS months) AS all_of_them"""
LINES = """INSERT INTO wage_line (id, created_at, sheet_id, worker_id, engagement_id, enterprise_id,
        project_id, contractor_id, region, trade, month, pay_kind, rate_fen, unit_hours,
        overtime_percent, days, units, hours, overtime_hours, gross_fen, deducted_fen, net_fen,
        version, digest, hints, differs, state, signed_version, unsigned_reason, pay_state,
        pay_code, paid_fen, paid_on, payer)
    SELECT {id}, from_on + interval '31 days', sheet, worker_id, engagement, enterprise_id,
        project_id, contractor_id, region, trade, month, 'day', 32000, 8, 150, worked, 22, 176, 0,
        704000, 0, 704000, 1, md5(n::text) || md5(n::text), '[]', false, 'confirmed', 1, '',
        'succeeded', '', 704000, pay_on, 'account'
    FROM (SELECT e.*, e.id AS engagement, s.id AS sheet, s.month, s.from_on, s.pay_on, worked,
            row_number() OVER (ORDER BY s.from_on, e.id) AS n
        FROM engagement AS e JOIN wage_sheet AS s ON s.project_id = e.project_id, LATERAL (
            SELECT jsonb_agg(jsonb_build_array((s.from_on + d)::text, '1', '0')) AS worked
            FROM generate_series(0, 21) AS d) AS days) AS all_of_them"""
SIGNATURES = """INSERT INTO line_signature (id, created_at, line_id, worker_id, project_id,
        line_version, digest, way, account_id, at)
    SELECT l.id, l.created_at, l.id, l.worker_id, l.project_id, 1, l.digest, 'confirm',
        w.account_id, l.created_at
    FROM wage_line AS l JOIN worker AS w ON w.id = l.worker_id ORDER BY l.id"""


def add(postgres: Postgres, database: str, months: int) -> int:
    """So many months up to the last one; how many lines."""
    listed = MONTHS.format(months=months)
    sql(postgres, database, SHEETS.format(id=ID.format("n", "n"), months=listed))
    sql(postgres, database, LINES.format(id=ID.format("n", "n")))
    sql(postgres, database, SIGNATURES)
    sql(postgres, database, "VACUUM ANALYZE")
    sql(postgres, database, "CHECKPOINT")
    return int(sql(postgres, database, "SELECT count(*) FROM wage_line"))

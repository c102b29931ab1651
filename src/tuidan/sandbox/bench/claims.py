"""How many codes a second 32 clients can claim from one listing, and whether any code was handed out twice.

The clients run the product's own claim statement, one call a claim, each commit on disk as the server is set.
"""

import os
import re
import subprocess
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from multiprocessing import get_context
from multiprocessing.synchronize import Barrier
from statistics import quantiles
from typing import Any
from uuid import UUID

import psycopg
from psycopg.conninfo import conninfo_to_dict

from tuidan.store.ids import new_id
from tuidan.store.stock.claim import CLAIM_UNIQUE
from tuidan.store.stock.code_id import code_ids

PROCESSES_MAX = 4
CLAIMS_PER_SECOND_MAX = 12_000
START_SECONDS_MAX = 60
BEGIN: Barrier | None = None
COPY_CODES = """
COPY stock_code (listing_id, code_id, seller_id, key_id, ciphertext, tail, state, created_at) FROM STDIN
"""
COPY_FREE = "COPY stock_free (listing_id, code_id) FROM STDIN"
PG_VARIABLES = {
    "host": "PGHOST",
    "port": "PGPORT",
    "user": "PGUSER",
    "password": "PGPASSWORD",
    "dbname": "PGDATABASE",
    "options": "PGOPTIONS",
}
TABLES = ("stock_claim", "stock_free", "stock_code")


@dataclass(frozen=True, slots=True)
class Answer:
    """What one client got: the codes it was handed, seconds it waited for each, when it began and ended."""

    codes: list[UUID]
    waits: list[float]
    since: float
    until: float


def measure(
    dsn: str, clients: int = 32, seconds: float = 10.0, pgbench: str | None = None, codes: int | None = None
) -> dict[str, Any]:
    """Fill a listing, let `clients` claim one code for each of their orders for `seconds`, and count.

    With `pgbench` (its path) the clients are pgbench's, as those of r4 are, so the two rates compare; without, they
    are Python threads in processes, and the product's client side is measured too. Gives tps, claims, doubles (codes
    handed out more than once, or rows that do not add up: must be 0), left (codes still free), ran_out (then the
    rate is too low: give more `codes`), clients, seconds, and from Python ms_median and ms_p99. The listing is
    removed afterwards. `dsn` is any role that may write the stock tables.
    """
    listing_id = new_id(datetime.now(UTC))
    stocked = codes or int(seconds * CLAIMS_PER_SECOND_MAX)
    with psycopg.connect(dsn, autocommit=True) as line:
        try:
            _fill(line, listing_id, stocked)
            if pgbench:
                found = _by_pgbench(pgbench, dsn, listing_id, clients, seconds)
            else:
                found = _by_python(dsn, listing_id, clients, seconds)
            found["clients"] = clients
            return _checked(line, listing_id, stocked, found)
        finally:
            for table in TABLES:
                line.execute(f"DELETE FROM {table} WHERE listing_id = %s", [listing_id])  # noqa: S608


def _by_pgbench(pgbench: str, dsn: str, listing_id: UUID, clients: int, seconds: float) -> dict[str, Any]:
    values = f"'{listing_id}', gen_random_uuid(), '{{1}}', now()"
    with tempfile.NamedTemporaryFile("w", suffix=".sql") as script:
        script.write(CLAIM_UNIQUE.split("(", 1)[0] + f"({values});\n")
        script.flush()
        command = [
            pgbench,
            "-n",
            "-M",
            "prepared",
            "-c",
            clients,
            "-j",
            2,
            "-T",
            max(1, round(seconds)),
            "-f",
            script.name,
        ]
        wanted = {name: str(value) for name, value in conninfo_to_dict(dsn).items()}
        where = {PG_VARIABLES[name]: value for name, value in wanted.items()}
        run = subprocess.run(
            [str(part) for part in command],
            env=os.environ | where,
            capture_output=True,
            text=True,
            check=True,
        )
    tps = re.search(r"tps = ([\d.]+)", run.stdout)
    claims = re.search(r"actually processed: (\d+)", run.stdout)
    assert tps is not None
    assert claims is not None
    return {"tps": round(float(tps[1]), 1), "claims": int(claims[1]), "seconds": round(seconds), "doubles": 0}


def _by_python(dsn: str, listing_id: UUID, clients: int, seconds: float) -> dict[str, Any]:
    answers = _claim_together(dsn, listing_id, clients, seconds)
    elapsed = max(answer.until for answer in answers) - min(answer.since for answer in answers)
    handed = [code for answer in answers for code in answer.codes]
    waits = sorted(wait for answer in answers for wait in answer.waits)
    cuts = quantiles(waits, n=100) if len(waits) > 1 else [0.0] * 99
    return {
        "tps": round(len(handed) / elapsed, 1),
        "claims": len(handed),
        "seconds": round(elapsed, 3),
        "doubles": len(handed) - len(set(handed)),
        "ms_median": round(cuts[49] * 1000, 2),
        "ms_p99": round(cuts[98] * 1000, 2),
    }


def _checked(
    line: psycopg.Connection, listing_id: UUID, stocked: int, found: dict[str, Any]
) -> dict[str, Any]:
    """Add what the tables say: a code claimed twice, and codes that are neither free nor claimed."""
    row = line.execute(
        "SELECT count(*) - count(DISTINCT code_id), count(DISTINCT code_id) FROM stock_claim WHERE listing_id = %s",
        [listing_id],
    ).fetchone()
    free = line.execute("SELECT count(*) FROM stock_free WHERE listing_id = %s", [listing_id]).fetchone()
    assert row is not None
    assert free is not None
    left = int(free[0])
    found["doubles"] += int(row[0]) + abs(stocked - left - int(row[1]))
    return found | {"left": left, "ran_out": left == 0}


def _fill(line: psycopg.Connection, listing_id: UUID, codes: int) -> None:
    """Codes as an import writes them; what is sealed inside does not matter here, its length does."""
    now = datetime.now(UTC)
    ids = code_ids(now, codes, first=1)
    with line.transaction(), line.cursor() as cursor:
        with cursor.copy(COPY_CODES) as copy:
            for code_id in ids:
                copy.write_row(
                    (listing_id, code_id, listing_id, "bench", os.urandom(80), "0000", "free", now)
                )
        with cursor.copy(COPY_FREE) as copy:
            for code_id in ids:
                copy.write_row((listing_id, code_id))
    line.execute("ANALYZE stock_free")
    line.execute("ANALYZE stock_code")


def _claim_together(dsn: str, listing_id: UUID, clients: int, seconds: float) -> list[Answer]:
    """Spread the clients over processes; all are connected before the first one claims."""
    processes = min(PROCESSES_MAX, clients)
    shares = [clients // processes + (index < clients % processes) for index in range(processes)]
    context = get_context("spawn")
    begin = context.Barrier(clients)
    with ProcessPoolExecutor(processes, context, initializer=_share_barrier, initargs=(begin,)) as pool:
        runs = [pool.submit(_claim_in_threads, dsn, listing_id, share, seconds) for share in shares]
        return [answer for run in runs for answer in run.result()]


def _share_barrier(begin: Barrier) -> None:
    """Runs first in each process: a barrier cannot be sent with a task."""
    global BEGIN
    BEGIN = begin


def _claim_in_threads(dsn: str, listing_id: UUID, clients: int, seconds: float) -> list[Answer]:
    with ThreadPoolExecutor(clients) as threads:
        runs = [threads.submit(_client, dsn, listing_id, seconds) for _ in range(clients)]
        return [run.result() for run in runs]


def _client(dsn: str, listing_id: UUID, seconds: float) -> Answer:
    codes: list[UUID] = []
    waits: list[float] = []
    with psycopg.connect(dsn, autocommit=True) as line:
        cursor = line.cursor()
        assert BEGIN is not None
        BEGIN.wait(START_SECONDS_MAX)
        since = time.time()
        while (asked := time.time()) < since + seconds:
            now = datetime.now(UTC)
            row = cursor.execute(CLAIM_UNIQUE, [listing_id, new_id(now), [1], now], prepare=True).fetchone()
            if row is None:
                break
            waits.append(time.time() - asked)
            codes.append(row[1])
        return Answer(codes, waits, since, time.time())

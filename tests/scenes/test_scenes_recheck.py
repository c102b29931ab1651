"""During the hold the worker asks the real issuer whether a top-up is still there; one taken back is not missed."""

import json
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from shopfloor import TOP_UP, Bought, kinds, later, paid, state
from tuidan.commands import delivery
from tuidan.commands.outside import Outside
from tuidan.connectors.contract.sandbox_process import SandboxProcess
from tuidan.connectors.issuers import cardbook
from tuidan.connectors.issuers.cardbook.sandbox import start_command
from tuidan.domain import commands as c
from tuidan.domain.reference import TOP_UP as TOP_UP_LETTER
from tuidan.domain.reference import write_reference
from tuidan.worker.effects import do_effect, due_effects

ACCOUNT, FACE_FEN = "13800138000", 5_000


@pytest.fixture
def issuer(tmp_path: Path) -> Iterator[SandboxProcess]:
    with SandboxProcess(start_command(tmp_path / "issuer"), tmp_path / "issuer.log") as process:
        yield process


@pytest.fixture
def outside(issuer: SandboxProcess) -> Iterator[Outside]:
    settings = json.loads(Path(issuer.ready["credentials"]).read_text(encoding="utf-8"))
    connected = Outside(issuers={"cardbook": cardbook.connect({**settings, "total_seconds": "3.0"})})
    yield connected
    connected.close()


def credit(issuer: SandboxProcess, bought: Bought, status: str) -> None:
    told = {
        "reference": write_reference(bought.id, TOP_UP_LETTER, state(bought).units[0].attempt),
        "account": ACCOUNT,
        "ordered_fen": FACE_FEN,
        "arrived_fen": FACE_FEN,
        "reversed_at": 1_800_000_000 if status == "reversed" else None,
    }
    asked = urllib.request.Request(f"{issuer.url}/_control/credit", json.dumps(told).encode())
    urllib.request.urlopen(asked, timeout=5).close()


def arrived() -> Bought:
    bought = paid(1, ACCOUNT, **TOP_UP)
    delivery.mark_supply_sent(bought.id, 1, later(0))
    attempt = state(bought).units[0].attempt
    delivery.record_supply(bought.id, c.RecordSupply(1, attempt, "succeeded"), later(5), ())
    delivery.record_credit(bought.id, c.RecordCredit(1, "credited", FACE_FEN, "same"), later(6), ())
    return bought


def recheck(outside: Outside, percent: int, hold: int) -> int:
    seconds = 6 + hold * percent // 100
    due = [each for each in due_effects(lambda: later(seconds)) if each.kind == "recheck_credit"]
    return sum(do_effect(each, outside, lambda: later(seconds)) for each in due)


def test_a_top_up_that_is_still_there_is_asked_about_twice_and_stays(
    fresh_database: str, issuer: SandboxProcess, outside: Outside
) -> None:
    bought = arrived()
    credit(issuer, bought, "credited")
    before, hold = state(bought).version, state(bought).hold_seconds
    assert [recheck(outside, 30, hold), recheck(outside, 95, hold), recheck(outside, 99, hold)] == [1, 1, 0]
    assert state(bought).version == before


def test_a_top_up_that_the_issuer_took_back_is_found_before_the_seller_is_paid(
    fresh_database: str, issuer: SandboxProcess, outside: Outside
) -> None:
    bought = arrived()
    credit(issuer, bought, "reversed")
    assert recheck(outside, 30, state(bought).hold_seconds) == 1
    order = state(bought)
    assert (order.units[0].status, order.cases[0].reason, order.released_at) == ("reversed", "reversed", 0)
    assert "refund_requested" in kinds(bought)

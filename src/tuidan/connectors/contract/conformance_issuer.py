"""The checks every issuer must pass against its own sandbox. A new issuer folder is covered at once.

An `IssuerBench` puts one issuer and its sandbox on the table; each function in `CHECKS` takes it and raises
AssertionError. Codes and references are fresh for each check, so that checks do not disturb each other.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tuidan.connectors.contract.issuer import Issuer

__all__ = ["CHECKS", "IssuerBench"]


@dataclass(frozen=True, slots=True)
class IssuerBench:
    """`issuer` waits at most about a second; `unreachable` is the same one with nobody at its address.

    `set_code(code, status, activated_at, activated_by)`, `credit(reference, account, ordered_fen,
    arrived_fen, reversed)` and `trouble(kind, **where)` tell the sandbox; `fresh()` gives a new text.
    """

    issuer: Issuer
    unreachable: Issuer
    set_code: Callable[[str, str, datetime | None, str | None], None]
    credit: Callable[[str, str, int, int, bool], None]
    trouble: Callable[..., Any]
    fresh: Callable[[], str]
    some_time: datetime


def it_declares_what_it_is(bench: IssuerBench) -> None:
    assert isinstance(bench.issuer, Issuer)
    assert bench.issuer.call_deadline_seconds > 0
    assert bench.issuer.batch_codes_max > 0
    assert bench.issuer.name


def an_unused_code_is_unused(bench: IssuerBench) -> None:
    code = bench.fresh()
    bench.set_code(code, "unused", None, None)
    status = bench.issuer.check_code(code)
    assert (status.status, status.activated_at, status.activated_by) == ("unused", None, None)
    assert status.checked_at is not None
    assert code not in status.raw


def an_activated_code_says_when_and_by_whom(bench: IssuerBench) -> None:
    code = bench.fresh()
    bench.set_code(code, "activated", bench.some_time, "player-7")
    status = bench.issuer.check_code(code)
    assert (status.status, status.activated_at, status.activated_by) == (
        "activated",
        bench.some_time,
        "player-7",
    )


def an_activation_may_have_no_time_and_no_account(bench: IssuerBench) -> None:
    code = bench.fresh()
    bench.set_code(code, "activated", None, None)
    status = bench.issuer.check_code(code)
    assert (status.status, status.activated_at, status.activated_by) == ("activated", None, None)


def invalid_and_locked_are_told_apart(bench: IssuerBench) -> None:
    for state in ("invalid", "locked"):
        code = bench.fresh()
        bench.set_code(code, state, None, None)
        assert bench.issuer.check_code(code).status == state


def an_issuer_that_does_not_know_says_unknown(bench: IssuerBench) -> None:
    code = bench.fresh()
    bench.set_code(code, "unused", None, None)
    bench.trouble("unknown", code=code)
    status = bench.issuer.check_code(code)
    assert status.status == "unknown"
    assert status.error_code


def trouble_outside_is_unknown_and_raises_nothing(bench: IssuerBench) -> None:
    for kind in ("down", "slow", "drop", "forged", "old_answer", "garbage"):
        code, reference = bench.fresh(), bench.fresh()
        bench.set_code(code, "unused", None, None)
        bench.credit(reference, "a", 5000, 5000, False)
        bench.trouble(kind, code=code)
        bench.trouble(kind, reference=reference)
        began = time.monotonic()
        assert bench.issuer.check_code(code).status == "unknown", kind
        assert bench.issuer.check_top_up(reference, "a").status == "unknown", kind
        assert time.monotonic() - began < 2 * bench.issuer.call_deadline_seconds


def nobody_there_is_unknown(bench: IssuerBench) -> None:
    assert bench.unreachable.check_code("any").status == "unknown"
    assert bench.unreachable.check_top_up("any", "a").status == "unknown"


def many_codes_are_answered_in_their_order(bench: IssuerBench) -> None:
    states = ["unused", "locked", "invalid", "activated", "unused"]
    codes = [bench.fresh() for _ in states]
    for code, state in zip(codes, states, strict=True):
        bench.set_code(code, state, None, None)
    answers = bench.issuer.check_codes([*codes, codes[1]])
    assert [answer.status for answer in answers] == [*states, "locked"]


def a_batch_that_is_too_large_is_refused_by_us(bench: IssuerBench) -> None:
    _value_error(lambda: bench.issuer.check_codes(["x"] * (bench.issuer.batch_codes_max + 1)))
    _value_error(lambda: bench.issuer.check_code(""))


def a_whole_credit_is_credited(bench: IssuerBench) -> None:
    reference = bench.fresh()
    bench.credit(reference, "13800000000", 5000, 5000, False)
    status = bench.issuer.check_top_up(reference, "13800000000")
    assert (status.status, status.arrived_fen, status.account) == ("credited", 5000, "13800000000")
    assert status.credited_at is not None


def a_short_credit_is_partial(bench: IssuerBench) -> None:
    reference = bench.fresh()
    bench.credit(reference, "13800000000", 5000, 1000, False)
    status = bench.issuer.check_top_up(reference, "13800000000")
    assert (status.status, status.arrived_fen, status.ordered_fen) == ("partial", 1000, 5000)


def a_credit_to_someone_else_names_them(bench: IssuerBench) -> None:
    reference = bench.fresh()
    bench.credit(reference, "19900000000", 5000, 5000, False)
    assert bench.issuer.check_top_up(reference, "13800000000").account == "19900000000"


def a_reversed_credit_is_reversed_and_nothing_is_there(bench: IssuerBench) -> None:
    reference = bench.fresh()
    bench.credit(reference, "13800000000", 5000, 5000, True)
    status = bench.issuer.check_top_up(reference, "13800000000")
    assert (status.status, status.arrived_fen) == ("reversed", 0)
    assert status.reversed_at is not None


def nothing_credited_is_not_credited(bench: IssuerBench) -> None:
    status = bench.issuer.check_top_up(bench.fresh(), "13800000000")
    assert (status.status, status.arrived_fen) == ("not_credited", 0)


def _value_error(call: Callable[[], object]) -> None:
    try:
        call()
    except ValueError:
        return
    raise AssertionError("this was let through")


CHECKS: tuple[Callable[[IssuerBench], None], ...] = (
    it_declares_what_it_is,
    an_unused_code_is_unused,
    an_activated_code_says_when_and_by_whom,
    an_activation_may_have_no_time_and_no_account,
    invalid_and_locked_are_told_apart,
    an_issuer_that_does_not_know_says_unknown,
    trouble_outside_is_unknown_and_raises_nothing,
    nobody_there_is_unknown,
    many_codes_are_answered_in_their_order,
    a_batch_that_is_too_large_is_refused_by_us,
    a_whole_credit_is_credited,
    a_short_credit_is_partial,
    a_credit_to_someone_else_names_them,
    a_reversed_credit_is_reversed_and_nothing_is_there,
    nothing_credited_is_not_credited,
)

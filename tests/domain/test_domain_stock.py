"""The transition table of a code, and what lets a sealed code return."""

from datetime import UTC, datetime, timedelta

import pytest

from tuidan.domain.stock import (
    TRANSITIONS,
    CodeMove,
    CodeState,
    IssuerCheck,
    StockNo,
    StockRefused,
    check_for_return,
    next_state,
)

CLAIMED_AT = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
NOW = CLAIMED_AT + timedelta(minutes=4)


def test_nothing_leads_from_shown_or_void_back_to_sale() -> None:
    reached = {CodeState.REVEALED, CodeState.VOID}
    while (
        more := {CodeState(after) for (state, _), after in TRANSITIONS.items() if state in reached} - reached
    ):
        reached |= more
    assert reached == {CodeState.REVEALED, CodeState.VOID}


def test_a_code_that_is_claimed_or_shown_or_void_cannot_be_claimed() -> None:
    claimable = {state for state, move in TRANSITIONS if move == CodeMove.CLAIM}
    assert claimable == {CodeState.FREE}


@pytest.mark.parametrize(
    ("state", "move", "code"),
    [
        (CodeState.REVEALED, CodeMove.RETURN, StockNo.CODE_REVEALED),
        (CodeState.REVEALED, CodeMove.FREE, StockNo.CODE_REVEALED),
        (CodeState.VOID, CodeMove.REVEAL, StockNo.CODE_VOID),
        (CodeState.VOID, CodeMove.RETURN, StockNo.CODE_VOID),
        (CodeState.CLAIMED, CodeMove.CLAIM, StockNo.CODE_NOT_FREE),
        (CodeState.FREE, CodeMove.REVEAL, StockNo.CLAIM_UNKNOWN),
    ],
)
def test_a_step_outside_the_table_is_refused_with_its_reason(
    state: CodeState, move: CodeMove, code: StockNo
) -> None:
    with pytest.raises(StockRefused) as refused:
        next_state(state, move)
    assert refused.value.code is code


@pytest.mark.parametrize("status", ["activated", "invalid", "locked", "unknown", "", "UNUSED"])
def test_only_the_word_unused_lets_a_code_return(status: str) -> None:
    with pytest.raises(StockRefused) as refused:
        check_for_return(IssuerCheck(status, NOW), CLAIMED_AT, NOW)
    assert refused.value.code is StockNo.ISSUER_NOT_UNUSED


@pytest.mark.parametrize(
    "checked_at", [CLAIMED_AT - timedelta(microseconds=1), NOW + timedelta(microseconds=1)]
)
def test_a_check_from_before_the_claim_or_from_the_future_does_not_count(checked_at: datetime) -> None:
    with pytest.raises(StockRefused) as refused:
        check_for_return(IssuerCheck("unused", checked_at), CLAIMED_AT, NOW)
    assert refused.value.code is StockNo.ISSUER_CHECK_STALE


@pytest.mark.parametrize("checked_at", [CLAIMED_AT, NOW])
def test_a_check_at_either_edge_counts(checked_at: datetime) -> None:
    assert check_for_return(IssuerCheck("unused", checked_at), CLAIMED_AT, NOW) is None

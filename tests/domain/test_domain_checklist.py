"""The checklist asks for nothing that the platform's own record, or the issuer, has shown already (R11, 电商法62)."""

from pure_orders import POLICY, PureOrder, paid_order, sealed_order
from tuidan.domain import commands as c
from tuidan.domain.decide.reveal import COPIES_MAX, REVEAL_ERRORS_MAX
from tuidan.domain.dispute.checklist import checklist


def asked(order: PureOrder) -> PureOrder:
    order.do(c.RequestRefund(1, "item_invalid"), 20)
    return order


def states(order: PureOrder) -> dict[str, str]:
    state = order.order()
    return {line.what: line.state for line in checklist(state, state.cases[-1], POLICY.evidence_roles)}


def test_a_reveal_that_failed_is_a_fault_on_the_platforms_own_record() -> None:
    order = sealed_order(1)
    assert states(asked(sealed_order(1)))["defect"] == "missing"
    order.do(c.RecordRevealFailure(1, "broken_seal"), 5)
    assert states(asked(order))["defect"] == "proved"


def test_a_reveal_that_worked_in_the_end_proves_no_fault() -> None:
    order = sealed_order(1)
    order.do(c.RecordRevealFailure(1, "unknown_key"), 5)
    order.do(c.RevealCode(1, "5e" * 32), 6)
    found = states(asked(order))
    assert (found["defect"], found["reveal"]) == ("missing", "proved")


def test_a_face_value_that_is_short_by_the_issuers_word_needs_no_picture() -> None:
    order = sealed_order(1)
    answer = c.SealedAnswer(1, "unused", face_fen=1)
    order.do(c.RecordSealedAnswers((answer,)), 5)
    found = states(asked(order))
    assert (found["defect"], found["seal"]) == ("proved", "proved")


def test_what_the_issuer_said_at_delivery_counts_only_while_nobody_had_seen_the_code() -> None:
    sealed, shown = sealed_order(1), sealed_order(1)
    shown.do(c.RevealCode(1, "5e" * 32), 4)
    for order in (sealed, shown):
        order.do(c.RecordSealedAnswers((c.SealedAnswer(1, "activated"),)), 5)
    assert [order.order().units[0].at_delivery for order in (sealed, shown)] == ["activated", ""]


def test_a_masked_look_is_kept_once_and_failures_and_copies_only_so_often() -> None:
    order = sealed_order(1)
    for second in range(3):
        order.do(c.NoteMaskedView({1: "••••0001"}), second)
    for second in range(REVEAL_ERRORS_MAX + 3):
        order.do(c.RecordRevealFailure(1, "broken_seal"), 10 + second)
    order.do(c.RevealCode(1, "5e" * 32), 60)
    for second in range(COPIES_MAX + 3):
        order.do(c.NoteCopy(1, "secret"), 70 + second)
    unit = order.order().units[0]
    assert (unit.reveal_errors, unit.copies) == (REVEAL_ERRORS_MAX, COPIES_MAX)
    assert unit.masked_at and order.order().version < 8 + 1 + REVEAL_ERRORS_MAX + 1 + COPIES_MAX


def test_nothing_that_was_not_delivered_can_fail_to_be_shown() -> None:
    order = paid_order()
    assert order.refusal(c.RecordRevealFailure(1, "claim_unknown"), 5) == "code_not_ready"
    assert order.order().units[0].reveal_errors == 0


def test_the_raw_answer_about_several_codes_is_proved_by_the_event_that_it_lies_beside() -> None:
    order = sealed_order(3)
    answers = tuple(c.SealedAnswer(n, "unused") for n in (1, 2, 3))
    told = order.do(c.RecordSealedAnswers(answers, "ab" * 32), 5)
    assert [event.answer_sha256 for event in told] == ["ab" * 32, "", ""]  # type: ignore[attr-defined]

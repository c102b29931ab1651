"""Every payment folder that knows disputes passes the shared suite, and a broken connector trips the fitting check."""

import dataclasses
import importlib
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from tuidan.connectors.contract.conformance_channel_dispute import CHECKS, DisputeBench
from tuidan.connectors.contract.registry import folder_names
from tuidan.connectors.payments.alipay import AlipayChannel, config_from
from tuidan.connectors.payments.alipay.conformance import settings_from

NAMES = folder_names("payments")


@pytest.fixture(scope="module", params=NAMES)
def bench(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[DisputeBench]:
    suite = importlib.import_module(f"tuidan.connectors.payments.{request.param}.conformance")
    with suite.bench(tmp_path_factory.mktemp(request.param)) as made:
        assert isinstance(made, DisputeBench)
        yield made


@pytest.mark.parametrize("check", CHECKS)
def test_a_channel_with_disputes_holds(bench: DisputeBench, check: str) -> None:
    CHECKS[check](bench)


class TakesEveryEndForAWin(AlipayChannel):
    """Forgets to ask what was taken."""

    def query_dispute(self, number):  # type: ignore[no-untyped-def]
        told = super().query_dispute(number)
        return (
            dataclasses.replace(told, outcome="won", charged_back_fen=0) if told.outcome == "lost" else told
        )


class AnswersTwiceAlike(AlipayChannel):
    """Sends a supplement as if it were the first answer."""

    def answer_dispute(self, number, text):  # type: ignore[no-untyped-def]
        fields = {"complain_event_id": number, "feedback_code": "04", "feedback_content": text}
        if not 0 < len(text) <= self.answer_characters_max:
            raise ValueError("length")
        answer = self._call("alipay.merchant.tradecomplain.feedback.submit", fields)
        return "taken" if answer.fields["code"] == "10000" else "refused"


class BelievesWithoutAsking(AlipayChannel):
    """Says settled for every payment that was captured."""

    def query(self, reference):  # type: ignore[no-untyped-def]
        return dataclasses.replace(super().query(reference), settled=True, settled_at=datetime.now(UTC))


MUTANTS = {
    TakesEveryEndForAWin: {
        "a_dispute_the_buyer_wins_is_lost_with_what_was_taken",
        "a_dispute_after_a_refund_takes_only_what_is_left",
    },
    AnswersTwiceAlike: {"our_answer_reaches_the_channel_and_may_be_added_to"},
    BelievesWithoutAsking: {"settlement_is_said_only_when_it_is_known"},
}


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda kind: kind.__name__)
def test_a_broken_connector_trips_the_checks_that_name_its_fault(
    bench: DisputeBench, mutant: type[AlipayChannel]
) -> None:
    honest = bench.channel
    bench.channel = mutant(config_from(settings_from(bench.ready)))  # type: ignore[attr-defined]
    tripped = set()
    try:
        for name, check in CHECKS.items():
            try:
                check(bench)
            except AssertionError:
                tripped.add(name)
    finally:
        bench.channel.close_connections()
        bench.channel = honest
    assert tripped == MUTANTS[mutant]

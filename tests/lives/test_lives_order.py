"""Random lives of orders. `TUIDAN_LONG=1` makes thousands of them; a failure prints the steps and the seed."""

import os
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test
from life_machine import Life
from life_worlds import Answer, PureWorld, RealWorld

from tuidan.domain import commands as c

LONG = bool(os.environ.get("TUIDAN_LONG"))
STEPS = 50


class PureLife(Life):
    """Decide and evolve only."""

    world_of = PureWorld


class RealLife(Life):
    """The product's commands on PostgreSQL."""

    world_of = RealWorld


def lives(count: int, steps: int = STEPS) -> settings:
    return settings(
        max_examples=count,
        stateful_step_count=steps,
        deadline=None,
        print_blob=True,
        suppress_health_check=list(HealthCheck),
        phases=(Phase.explicit, Phase.reuse, Phase.generate, Phase.shrink) if LONG else tuple(Phase)[:3],
    )


def test_lives_in_the_domain_agree_with_the_model() -> None:
    must_hold(PureLife, lives(5_000 if LONG else 250))


def test_lives_by_real_commands_agree_with_the_model() -> None:
    must_hold(RealLife, lives(2_000 if LONG else 60))


class DoublePayingWorld(PureWorld):
    """Broken: a payment that the channel tells twice is taken in twice."""

    def do(self, command: c.Command, seconds: int) -> Answer:
        if isinstance(command, c.RecordPayment):
            self.told = getattr(self, "told", 0) + 1
            command = replace(command, trade_no=f"{command.trade_no}-{self.told}")
        return super().do(command, seconds)


class GenerousWorld(PureWorld):
    """Broken: a reviewer's part becomes the whole."""

    def do(self, command: c.Command, seconds: int) -> Answer:
        if isinstance(command, c.DecideCase):
            command = replace(command, amount_fen=0)
        return super().do(command, seconds)


class BlindWorld(PureWorld):
    """Broken: a reviewer may decide on what is no longer so."""

    def do(self, command: c.Command, seconds: int) -> Answer:
        if isinstance(command, c.DecideCase):
            command = replace(command, seen_version=self.state().version)
        return super().do(command, seconds)


class TwiceRecalledWorld(PureWorld):
    """Broken: a part that is recalled becomes the whole refund."""

    def do(self, command: c.Command, seconds: int) -> Answer:
        if isinstance(command, c.RecallRefund):
            command = replace(command, amount_fen=0)
        return super().do(command, seconds)


class HalfRecoveredWorld(PureWorld):
    """Broken: of what the seller gives back, a fen gets lost on the way."""

    def recover(self, refund: int, seconds: int) -> None:
        self.order.do(c.RecordRecovery(refund, self.state().refunds[refund - 1].laid_fen - 1, 0), seconds)


@pytest.mark.parametrize(
    "world", [DoublePayingWorld, GenerousWorld, BlindWorld, TwiceRecalledWorld, HalfRecoveredWorld]
)
def test_a_broken_order_does_not_live_long(world: type[PureWorld]) -> None:
    life = type("BrokenLife", (Life,), {"world_of": world})
    with pytest.raises((AssertionError, ExceptionGroup)):
        must_hold(
            life, settings(lives(4_000), phases=(Phase.generate,), database=None, report_multiple_bugs=False)
        )


def must_hold(life: type[Life], how: settings) -> None:
    run_state_machine_as_test(life, settings=how)
